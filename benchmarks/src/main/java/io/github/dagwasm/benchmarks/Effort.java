package io.github.dagwasm.benchmarks;

import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** How long to measure. */
enum Effort {
    /** To see that all runs, and the order of magnitude. */
    QUICK(1, 10, 6, 100),
    /** For figures to quote. */
    FULL(3, 6, 12, 100);

    private final int rounds;
    private final int warmups;
    private final int measurements;
    private final long iterationMillis;

    Effort(int rounds, int warmups, int measurements, long iterationMillis) {
        this.rounds = rounds;
        this.warmups = warmups;
        this.measurements = measurements;
        this.iterationMillis = iterationMillis;
    }

    int rounds() {
        return rounds;
    }

    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
        TimeValue iteration = TimeValue.milliseconds(iterationMillis);
        return options.warmupIterations(warmups)
                .warmupTime(iteration)
                .measurementIterations(measurements)
                .measurementTime(iteration);
    }
}
