package io.github.dagwasm.wasm;

import io.github.dagwasm.text.Seconds;
import java.time.Duration;
import java.util.Objects;
import java.util.function.UnaryOperator;

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
        require(instances, memoryBytes, patience, UnaryOperator.identity());
    }

    /**
     * Bounds that come from options with names of their own.
     *
     * @param instances how many instances there may be
     * @param memoryBytes what they may take of the heap, in bytes
     * @param patience how long a call waits
     * @param names maps the name of a component of this record to the option that has its value
     * @return the bounds
     * @throws IllegalArgumentException if a value is not in its range; the message begins with the
     *     option
     */
    public static SandboxBounds named(
            int instances, long memoryBytes, Duration patience, UnaryOperator<String> names) {
        require(instances, memoryBytes, patience, names);
        return new SandboxBounds(instances, memoryBytes, patience);
    }

    private static void require(
            int instances, long memoryBytes, Duration patience, UnaryOperator<String> names) {
        Objects.requireNonNull(patience, "patience");
        if (instances < 1) {
            throw refused(names.apply("instances"), Integer.toString(instances), "at least 1");
        }
        if (memoryBytes < 1) {
            throw refused(names.apply("memoryBytes"), memoryBytes + " bytes", "at least 1");
        }
        if (patience.isNegative() || patience.compareTo(LONGEST) > 0) {
            throw refused(names.apply("patience"), Seconds.of(patience), "0 s to 3600 s");
        }
    }

    private static IllegalArgumentException refused(String name, String found, String expected) {
        return new IllegalArgumentException(name + ": found " + found + "; expected " + expected);
    }
}
