package io.github.dagwasm.spi;

import io.github.dagwasm.text.JsonWriter;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * What a run tells of itself once it is over: outcomes, times, sizes and metadata, never a payload.
 * Immutable; most of it is put together when somebody first asks, so that a run that nobody asks
 * about costs little.
 */
public final class RunReport {

    private final RunRecord run;

    // Made on demand. Threads that race make equal lists, which are safe to pass on without a lock.
    private List<String> criticalPath;
    private List<ProcessorReport> processors;

    /**
     * A report of what is known of a run.
     *
     * @param run the run, which is over
     */
    public RunReport(RunRecord run) {
        this.run = Objects.requireNonNull(run, "run");
    }

    /**
     * The pipeline's name.
     *
     * @return the name
     */
    public String pipeline() {
        return run.pipeline();
    }

    /**
     * When its processors ran.
     *
     * @return the strategy
     */
    public Strategy strategy() {
        return run.strategy();
    }

    /**
     * What a failure meant.
     *
     * @return the failure strategy
     */
    public FailureStrategy failureStrategy() {
        return run.failureStrategy();
    }

    /**
     * How many processors could run at once.
     *
     * @return the number, at least 1
     */
    public int maxConcurrency() {
        return run.maxConcurrency();
    }

    /**
     * How the run ended.
     *
     * @return the outcome
     */
    public RunOutcome outcome() {
        return run.outcome();
    }

    /**
     * How long the run took.
     *
     * @return nanoseconds from start to end
     */
    public long durationNanos() {
        return run.durationNanos();
    }

    /**
     * The processor whose text became the output.
     *
     * @return its id, empty where there is no output
     */
    public Optional<String> outputFrom() {
        return run.outputFrom();
    }

    /**
     * The chain of dependent processors with the greatest summed duration.
     *
     * @return ids, first to last
     */
    public List<String> criticalPath() {
        List<String> known = criticalPath;
        if (known == null) {
            known = List.copyOf(run.criticalPath());
            criticalPath = known;
        }
        return known;
    }

    /**
     * What each processor came to.
     *
     * @return one entry for each processor, in the order of the file
     */
    public List<ProcessorReport> processors() {
        List<ProcessorReport> known = processors;
        if (known == null) {
            known = List.copyOf(run.processors());
            processors = known;
        }
        return known;
    }

    /**
     * How many processors ran to an end of their own.
     *
     * @return the number of those that succeeded or failed
     */
    public int executed() {
        return run.executed();
    }

    /**
     * The report as JSON (RFC 8259).
     *
     * @return one object on one line
     */
    public String toJson() {
        JsonWriter json = new JsonWriter();
        json.beginObject()
                .name("pipeline")
                .value(pipeline())
                .name("strategy")
                .value(strategy().key())
                .name("failure_strategy")
                .value(failureStrategy().key())
                .name("max_concurrency")
                .value(maxConcurrency())
                .name("outcome")
                .value(outcome().key())
                .name("duration_ns")
                .value(durationNanos())
                .name("output_from");
        outputFrom().ifPresentOrElse(json::value, json::nullValue);
        json.name("critical_path").beginArray();
        criticalPath().forEach(json::value);
        json.endArray().name("processors").beginArray();
        processors().forEach(p -> p.writeTo(json));
        json.endArray().endObject();
        return json.toString();
    }

    /** Tells pipeline, outcome and the number of processors. */
    @Override
    public String toString() {
        return pipeline()
                + ": "
                + outcome().key()
                + ", "
                + executed()
                + " of "
                + processors().size()
                + " processors executed";
    }
}
