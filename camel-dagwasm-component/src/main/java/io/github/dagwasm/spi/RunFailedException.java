package io.github.dagwasm.spi;

import java.util.List;

/**
 * A run that ended without a text. It carries the report and every cause; the first cause is also
 * {@link #getCause()}.
 */
public final class RunFailedException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final transient RunReport report;
    private final transient List<DagWasmException> causes;

    /**
     * Creates a failure.
     *
     * @param message the pipeline and, for each cause, the processor and what happened to it
     * @param report the report of the whole run
     * @param causes the failures, in the order of the file; may be empty where every processor was
     *     skipped or no text is left
     */
    public RunFailedException(String message, RunReport report, List<DagWasmException> causes) {
        super(message, causes.isEmpty() ? null : causes.get(0));
        this.report = report;
        this.causes = List.copyOf(causes);
        causes.stream().skip(1).forEach(this::addSuppressed);
    }

    @Override
    public String kind() {
        return "run_failed";
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
}
