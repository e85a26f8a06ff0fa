package io.github.dagwasm.executor;

import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What a run came to: a report always, and either a text or a failure. Immutable. */
public final class RunResult {

    private final RunReport report;
    private final Text text;
    private final RunFailedException failure;
    private final Map<String, Text> texts;
    private final List<HandedOn> handedOn;

    private RunResult(
            RunReport report,
            Text text,
            RunFailedException failure,
            Map<String, Text> texts,
            List<HandedOn> handedOn) {
        this.report = report;
        this.text = text;
        this.failure = failure;
        this.handedOn = List.copyOf(handedOn);
        this.texts =
                texts.isEmpty()
                        ? Map.of()
                        : Collections.unmodifiableMap(new LinkedHashMap<>(texts));
    }

    static RunResult failed(RunFailedException failure, Map<String, Text> texts) {
        return new RunResult(failure.report(), null, failure, texts, List.of());
    }

    static RunResult succeeded(
            RunReport report, Text text, Map<String, Text> texts, List<HandedOn> handedOn) {
        return new RunResult(report, text, null, texts, handedOn);
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

    /**
     * What the processors that succeeded handed on beside their texts.
     *
     * @return one after the other in the order of the file, so that of two of one name the last
     *     counts; none of a run that failed
     */
    public List<HandedOn> handedOn() {
        return handedOn;
    }

    /** Tells what the report tells, no text. */
    @Override
    public String toString() {
        return report.toString();
    }
}
