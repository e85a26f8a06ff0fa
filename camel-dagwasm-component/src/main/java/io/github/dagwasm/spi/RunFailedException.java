package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A run that ended without a text. It carries the report and every cause; the first cause is also
 * {@link #getCause()}.
 */
public final class RunFailedException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final transient RunReport report;
    private final transient List<DagWasmException> causes;
    private final transient Map<String, Text> texts;

    /**
     * Creates a failure.
     *
     * @param message the pipeline and, for each cause, the processor and what happened to it
     * @param report the report of the whole run
     * @param causes the failures, in the order of the file; may be empty where every processor was
     *     skipped or no text is left
     * @param texts the texts of the processors that succeeded, where the run was asked to keep them
     */
    public RunFailedException(
            String message,
            RunReport report,
            List<DagWasmException> causes,
            Map<String, Text> texts) {
        super(message, causes.isEmpty() ? null : causes.get(0));
        this.report = report;
        this.causes = List.copyOf(causes);
        this.texts = Collections.unmodifiableMap(new LinkedHashMap<>(texts));
        causes.stream().skip(1).forEach(this::addSuppressed);
    }

    @Override
    public String kind() {
        return "run_failed";
    }

    /**
     * Whether another run may succeed: where everything that made this one fail may pass. Of a copy
     * that was serialized, and so has lost its causes, that is not known.
     */
    @Override
    public boolean retryable() {
        return causes != null
                && !causes.isEmpty()
                && causes.stream().allMatch(DagWasmException::retryable);
    }

    /**
     * The report of the run.
     *
     * @return the report, with the outcome of every processor
     */
    public RunReport report() {
        return report;
    }

    /**
     * Every failure that made the run fail.
     *
     * @return the failures, in the order of the file
     */
    public List<DagWasmException> causes() {
        return causes;
    }

    /**
     * What there is of results, for who knows what to make of them: they are part of nothing else
     * that this exception tells.
     *
     * @return the texts of the processors that succeeded, by processor id in the order of the file;
     *     none unless the run was asked to keep texts
     */
    public Map<String, Text> texts() {
        return texts;
    }
}
