package io.github.dagwasm.executor;

import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** What a run came to: a report always, and either a text or a failure. Immutable. */
public final class RunResult {

    private final RunReport report;
    private final Text text;
    private final RunFailedException failure;
    private final Map<String, Text> texts;

    RunResult(RunReport report, Text text, RunFailedException failure, Map<String, Text> texts) {
        this.report = report;
        this.text = text;
        this.failure = failure;
        this.texts =
                texts.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    /**
     * What happened.
     *
     * @return the report
     */
    public RunReport report() {
        return report;
    }

    /**
     * The output of a run that succeeded, wholly or in part.
     *
     * @return the text
     * @throws RunFailedException if the run failed
     */
    public Text text() {
        if (failure != null) {
            throw failure;
        }
        return text;
    }

    /**
     * Why the run failed.
     *
     * @return the failure, empty where there is a text
     */
    public Optional<RunFailedException> failure() {
        return Optional.ofNullable(failure);
    }

    /**
     * The texts of the processors that succeeded, also in a run that failed; all of them if the run
     * was asked to keep texts, else none.
     *
     * @return texts by processor id, in the order of the file
     */
    public Map<String, Text> texts() {
        return texts;
    }

    /** Tells what the report tells, no text. */
    @Override
    public String toString() {
        return report.toString();
    }
}
