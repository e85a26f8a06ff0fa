package io.github.dagwasm.spi;

import java.util.List;
import java.util.Optional;

/** A run of which everything is given. */
record GivenRun(
        String pipeline,
        Strategy strategy,
        FailureStrategy failureStrategy,
        int maxConcurrency,
        RunOutcome outcome,
        long durationNanos,
        Optional<String> outputFrom,
        List<String> criticalPath,
        List<ProcessorReport> processors)
        implements RunRecord {

    GivenRun {
        criticalPath = List.copyOf(criticalPath);
        processors = List.copyOf(processors);
    }

    @Override
    public int executed() {
        return (int) processors.stream().filter(ProcessorReport::executed).count();
    }
}
