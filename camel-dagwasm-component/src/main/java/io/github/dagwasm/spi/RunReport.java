package io.github.dagwasm.spi;

import java.util.List;
import java.util.Optional;

/**
 * What a run tells of itself once it is over: outcomes, times, sizes and metadata, never a payload.
 *
 * @param pipeline the pipeline's name
 * @param strategy when its processors ran
 * @param failureStrategy what a failure meant
 * @param maxConcurrency how many processors could run at once
 * @param outcome how the run ended
 * @param durationNanos from start to end, in nanoseconds
 * @param outputFrom the processor whose text became the output, where there is one
 * @param criticalPath the chain of dependent processors with the greatest summed duration, first to
 *     last
 * @param processors one entry for each processor, in the order of the file
 */
public record RunReport(
        String pipeline,
        Strategy strategy,
        FailureStrategy failureStrategy,
        int maxConcurrency,
        RunOutcome outcome,
        long durationNanos,
        Optional<String> outputFrom,
        List<String> criticalPath,
        List<ProcessorReport> processors) {

    /** Copies the lists. */
    public RunReport {
        criticalPath = List.copyOf(criticalPath);
        processors = List.copyOf(processors);
    }

    /**
     * How many processors ran to an end of their own.
     *
     * @return the number of those that succeeded or failed
     */
    public int executed() {
        int executed = 0;
        for (ProcessorReport processor : processors) {
            executed += processor.executed() ? 1 : 0;
        }
        return executed;
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
                .value(pipeline)
                .name("strategy")
                .value(strategy.key())
                .name("failure_strategy")
                .value(failureStrategy.key())
                .name("max_concurrency")
                .value(maxConcurrency)
                .name("outcome")
                .value(outcome.key())
                .name("duration_ns")
                .value(durationNanos)
                .name("output_from");
        outputFrom.ifPresentOrElse(json::value, json::nullValue);
        json.name("critical_path").beginArray();
        criticalPath.forEach(json::value);
        json.endArray().name("processors").beginArray();
        processors.forEach(p -> p.writeTo(json));
        json.endArray().endObject();
        return json.toString();
    }

    /** Tells pipeline, outcome and the number of processors. */
    @Override
    public String toString() {
        return pipeline
                + ": "
                + outcome.key()
                + ", "
                + executed()
                + " of "
                + processors.size()
                + " processors executed";
    }
}
