package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.compiler.internal.Compiler;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.function.IntPredicate;

/**
 * Reads from the JVM's stack trace which functions of a guest were open: each compiled function is
 * a method, and each call of an interpreted one passes the {@link CountedMachine}. The methods that
 * stand for imports and for interpreted functions are not told. Stateless.
 */
final class GuestTrace {

    /** How many functions are told, the innermost ones. */
    static final int MOST = 16;

    private static final int MOST_CAUSES = 16;
    private static final String FUNCTION = "func_";
    private static final String INTERPRETER = CountedMachine.class.getName();

    /** The method of the {@link CountedMachine} that calls the interpreter. */
    private static final String INTERPRETED = "interpreted";

    private static final int UNKNOWN = -1;

    private GuestTrace() {}

    /**
     * The functions that a failure has left.
     *
     * @param failure what was thrown
     * @param unwound the interpreted ones among them
     * @param compiled whether the function of an index was compiled
     * @param names how functions are called, by their indices
     * @return the innermost first, with a last line about how many more there were; empty where
     *     none of them has a name
     */
    static List<String> of(
            Throwable failure,
            UnwoundCalls unwound,
            IntPredicate compiled,
            Function<Set<Integer>, Map<Integer, String>> names) {
        Throwable at = failure;
        List<Integer> open = List.of();
        for (int i = 0; at != null && open.isEmpty() && i < MOST_CAUSES; i++) {
            open = functions(at.getStackTrace(), failure, unwound, compiled);
            at = at.getCause();
        }
        List<Integer> shown = open.subList(0, Math.min(MOST, open.size()));
        Map<Integer, String> known = shown.isEmpty() ? Map.of() : names.apply(new HashSet<>(shown));
        if (known.isEmpty()) {
            return List.of();
        }
        List<String> told = new ArrayList<>();
        for (int function : shown) {
            told.add(
                    function == UNKNOWN
                            ? "an interpreted function"
                            : known.getOrDefault(function, "function " + function));
        }
        if (open.size() > MOST) {
            told.add("and " + (open.size() - MOST) + " more");
        }
        return told;
    }

    private static List<Integer> functions(
            StackTraceElement[] trace,
            Throwable failure,
            UnwoundCalls unwound,
            IntPredicate compiled) {
        List<Integer> open = new ArrayList<>();
        int interpreted = 0;
        for (StackTraceElement frame : trace) {
            if (frame.getClassName().equals(INTERPRETER)
                    && frame.getMethodName().equals(INTERPRETED)) {
                boolean known = interpreted < Math.min(MOST, unwound.count(failure));
                open.add(known ? unwound.function(interpreted) : UNKNOWN);
                interpreted++;
            } else {
                method(frame).filter(compiled::test).ifPresent(open::add);
            }
        }
        return open;
    }

    private static Optional<Integer> method(StackTraceElement frame) {
        return frame.getClassName().startsWith(Compiler.DEFAULT_CLASS_NAME)
                        && frame.getMethodName().startsWith(FUNCTION)
                ? Optional.of(Integer.valueOf(frame.getMethodName().substring(FUNCTION.length())))
                : Optional.empty();
    }
}
