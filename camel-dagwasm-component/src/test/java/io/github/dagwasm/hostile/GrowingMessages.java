package io.github.dagwasm.hostile;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.runtime.Pipeline;
import java.nio.file.Path;

/**
 * Main class of a JVM of its own, whose heap is to hold whatever many guests grow by at one time.
 * Says how many calls were answered and how many were told that the sandbox is full; any other
 * ending is an exception.
 */
public final class GrowingMessages {

    /** How many messages each thread sends. */
    static final int MESSAGES = 3;

    private GrowingMessages() {}

    /**
     * Runs messages.
     *
     * @param args a folder for modules, the {@link GrowingGuest}, the number of threads
     */
    public static void main(String[] args) throws Exception {
        GrowingGuest guest = GrowingGuest.valueOf(args[1]);
        int threads = Integer.parseInt(args[2]);
        Crowd crowd = new Crowd();
        try (Sandbox sandbox = new Sandbox(Path.of(args[0]), new Overshoots())) {
            try (Pipeline pipeline = sandbox.load(guest.module(), patient())) {
                crowd.run(
                        threads,
                        () -> {
                            send(pipeline, crowd);
                            return null;
                        });
            }
            sandbox.worksAsBefore();
        }
        crowd.tell();
    }

    /** The machine may be slow; nothing here is to end for want of time. */
    private static Attack.Setting patient() {
        return new Attack.Setting(600, "", "", "", "");
    }

    private static void send(Pipeline pipeline, Crowd crowd) {
        for (int i = 0; i < MESSAGES; i++) {
            String message = "message " + i;
            RunResult result = Sandbox.run(pipeline, message);
            if (result.failure().isPresent()) {
                crowd.failed(result.failure().get());
                continue;
            }
            if (!result.text().string().equals(message)) {
                throw new AssertionError(result.text().string());
            }
            crowd.answered();
        }
    }
}
