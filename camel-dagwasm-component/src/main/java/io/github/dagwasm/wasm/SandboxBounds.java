package io.github.dagwasm.wasm;

import io.github.dagwasm.text.Seconds;
import java.time.Duration;
import java.util.Objects;

/**
 * What all calls of a backend's guests may have together at one time.
 *
 * @param instances how many instances there may be, each for one call
 * @param memoryBytes what their memories and tables may take of the heap, in bytes
 * @param patience how long a call waits for both before it fails; zero for not at all
 */
public record SandboxBounds(int instances, long memoryBytes, Duration patience) {

    // Before the constant below, whose construction looks at it.
    private static final Duration LONGEST = Duration.ofHours(1);

    /** 1000 instances, half of the heap that the JVM may have, 1 second. */
    public static final SandboxBounds DEFAULTS =
            new SandboxBounds(1000, Runtime.getRuntime().maxMemory() / 2, Duration.ofSeconds(1));

    /** Refuses bounds that let no call in, and a patience of more than an hour. */
    public SandboxBounds {
        Objects.requireNonNull(patience, "patience");
        if (instances < 1) {
            throw new IllegalArgumentException(
                    OptionNames.MAX_INSTANCES + ": found " + instances + "; expected at least 1");
        }
        if (memoryBytes < 1) {
            throw new IllegalArgumentException(
                    OptionNames.MAX_SANDBOX_MEMORY
                            + ": found "
                            + memoryBytes
                            + " bytes; expected at least 1");
        }
        if (patience.isNegative() || patience.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(
                    OptionNames.SANDBOX_WAIT
                            + ": found "
                            + Seconds.of(patience)
                            + "; expected 0 s to 3600 s");
        }
    }
}
