package io.github.dagwasm.cli.serve;

import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;

/** Counts exchanges, and passes on what is to be said of them. Safe for use by any threads. */
final class Tally {

    private final LongAdder done = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Consumer<String> lines;

    Tally(Consumer<String> lines) {
        this.lines = lines;
    }

    void done() {
        done.increment();
    }

    void failed() {
        failed.increment();
    }

    void tell(FailedExchange failure) {
        lines.accept(failure.toString());
    }

    /** How many there were so far. */
    Counts counts() {
        return new Counts(done.sum(), failed.sum());
    }

    /**
     * Numbers of exchanges.
     *
     * @param done those that got through
     * @param failed the others, whether or not an error handler took care of them
     */
    record Counts(long done, long failed) {

        long total() {
            return done + failed;
        }

        @Override
        public String toString() {
            return done + " done, " + failed + " failed";
        }
    }
}
