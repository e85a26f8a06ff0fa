package io.github.dagwasm.spi;

import java.util.Locale;

/** How a processor settled. */
public enum ProcessorOutcome {
    /** It returned a result. */
    SUCCEEDED,
    /** It failed, all its tries used. */
    FAILED,
    /** It was not run, because of failures before it. */
    SKIPPED,
    /** It was stopped, or not started, because the run was over. */
    CANCELLED;

    /**
     * The name as it is written in pipeline files and reports.
     *
     * @return the name in snake case
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
