package io.github.dagwasm.spi;

import java.util.List;
import java.util.Optional;

/**
 * What is known of a run once it is over, for a {@link RunReport} to tell. It never changes and
 * holds no payload. Lists are made each time: a report keeps them.
 */
public interface RunRecord {

    /**
     * The pipeline's name.
     *
     * @return the name
     */
    String pipeline();

    /**
     * When its processors ran.
     *
     * @return the strategy
     */
    Strategy strategy();

    /**
     * What a failure meant.
     *
     * @return the failure strategy
     */
    FailureStrategy failureStrategy();

    /**
     * How many processors could run at once.
     *
     * @return the number, at least 1
     */
    int maxConcurrency();

    /**
     * How the run ended.
     *
     * @return the outcome
     */
    RunOutcome outcome();

    /**
     * How long it took.
     *
     * @return nanoseconds from start to end
     */
    long durationNanos();

    /**
     * How many processors ran to an end of their own.
     *
     * @return the number of those that succeeded or failed
     */
    int executed();

    /**
     * The processor whose text became the output.
     *
     * @return its id, empty where there is no output
     */
    Optional<String> outputFrom();

    /**
     * The chain of dependent processors with the greatest summed duration.
     *
     * @return ids, first to last
     */
    List<String> criticalPath();

    /**
     * What there is to tell of each processor.
     *
     * @return one entry for each, in the order of the file
     */
    List<ProcessorReport> processors();
}
