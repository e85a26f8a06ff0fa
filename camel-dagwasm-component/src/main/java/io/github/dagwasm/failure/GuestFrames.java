package io.github.dagwasm.failure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Where in a guest a failure happened. The guest's functions stand on top of the failure's own
 * stack trace, so that a log with the trace shows them too. Stateless.
 */
public final class GuestFrames {

    /** What stands for a class in such a frame. */
    private static final String GUEST = "guest";

    /** What stands for a file. */
    private static final String MODULE = "wasm";

    private static final int MOST_CAUSES = 16;

    private GuestFrames() {}

    /**
     * The guest's functions that were open when something failed.
     *
     * @param failure the failure; its causes are asked too
     * @return their names, the innermost first, bounded and escaped; empty where none is known
     */
    public static List<String> of(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MOST_CAUSES; i++) {
            List<String> names =
                    Arrays.stream(at.getStackTrace())
                            .takeWhile(GuestFrames::isGuests)
                            .map(StackTraceElement::getMethodName)
                            .toList();
            if (!names.isEmpty()) {
                return names;
            }
            at = at.getCause();
        }
        return List.of();
    }

    private static boolean isGuests(StackTraceElement frame) {
        return frame.getClassName().equals(GUEST) && MODULE.equals(frame.getFileName());
    }

    /**
     * Puts the guest's functions on top of a failure's stack trace.
     *
     * @param <T> the class of the failure
     * @param failure the failure, changed unless it has such frames already
     * @param names the functions, the innermost first, bounded and escaped
     * @return the failure
     */
    public static <T extends Throwable> T putOn(T failure, List<String> names) {
        StackTraceElement[] trace = failure.getStackTrace();
        if (!names.isEmpty() && Arrays.stream(trace).noneMatch(GuestFrames::isGuests)) {
            Stream<StackTraceElement> frames =
                    names.stream().map(name -> new StackTraceElement(GUEST, name, MODULE, -1));
            failure.setStackTrace(
                    Stream.concat(frames, Arrays.stream(trace)).toArray(StackTraceElement[]::new));
        }
        return failure;
    }
}
