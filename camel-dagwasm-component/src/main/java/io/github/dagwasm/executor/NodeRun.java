package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.FailureReport;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.ProcessorResult;
import java.util.Map;
import java.util.Optional;

/**
 * What a run knows of one of its processors. Guarded by the lock of the run; fixed once settled,
 * but for the text.
 */
final class NodeRun {

    /** How far it is. */
    enum Phase {
        /** Some dependency has not settled. */
        PENDING,
        /** It may start when the schedule says so. */
        READY,
        /** A try is under way. */
        RUNNING,
        /** A try has failed, and the next one is due after a while. */
        WAITING,
        /** It has an outcome. */
        SETTLED
    }

    Phase phase = Phase.PENDING;
    int unsettledDependencies;
    int succeededDependencies;
    int unsettledDependents;
    Call call;
    ProcessorOutcome outcome;
    DagWasmException failure;
    FlowingText text;
    Map<String, String> metadata = Map.of();
    Map<String, String> attributes = Map.of();
    long startedAt;
    long settledAt;
    int tries;
    long bytesIn = ProcessorReport.NOT_MEASURED;
    long bytesOut = ProcessorReport.NOT_MEASURED;
    long fuel = ProcessorReport.NOT_MEASURED;
    private Optional<FailureReport> told = Optional.empty();

    boolean executed() {
        return outcome == ProcessorOutcome.SUCCEEDED || outcome == ProcessorOutcome.FAILED;
    }

    boolean succeeded() {
        return outcome == ProcessorOutcome.SUCCEEDED;
    }

    long durationNanos() {
        return tries == 0 ? ProcessorReport.NOT_MEASURED : settledAt - startedAt;
    }

    /** Keeps what a processor returned. */
    void accept(int number, PlannedProcessor planned, ProcessorResult result) {
        if (planned.transforms()) {
            text = text.transformed(result.text(), number, planned.required());
        }
        bytesOut = text.text().byteLength();
        metadata = result.metadata();
        attributes = result.attributes();
    }

    /** What only a run needs goes: from here on it is kept for the report. */
    void forget() {
        call = null;
        text = null;
        attributes = Map.of();
        if (failure != null) {
            told = Optional.of(FailureReport.of(failure));
            failure = null;
        }
    }

    ProcessorReport report(String id, String backend, long runStart) {
        return new ProcessorReport(
                id,
                backend,
                outcome,
                tries == 0 ? ProcessorReport.NOT_MEASURED : startedAt - runStart,
                durationNanos(),
                tries,
                bytesIn,
                bytesOut,
                fuel,
                metadata,
                told);
    }
}
