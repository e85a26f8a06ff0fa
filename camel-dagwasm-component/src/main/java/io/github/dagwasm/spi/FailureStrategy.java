package io.github.dagwasm.spi;

import java.util.Locale;

/** What the failure of one processor means for the others and for the run. */
public enum FailureStrategy {
    /** The first failure cancels what runs, and the run fails with it. */
    FAIL_FAST,
    /**
     * What depends on a failure is skipped, the rest runs, then the run fails with all failures.
     */
    CONTINUE_ON_ERROR,
    /** What still has a dependency that succeeded runs, and the run succeeds, marked partial. */
    BEST_EFFORT;

    /**
     * The name as it is written in pipeline files and reports.
     *
     * @return the name in snake case
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
