package io.github.dagwasm.spi;

import java.util.Locale;

/** How the texts of several dependencies become one input. */
public enum Merge {
    /** The text made at the greatest level; of equals, by the processor declared last. */
    DEEPEST,
    /** The text of the first dependency that succeeded, in the order of {@code depends_on}. */
    FIRST,
    /** The text of the last dependency that succeeded. */
    LAST,
    /** All texts that there are, joined by the separator. */
    CONCAT,
    /** An object of all texts by dependency id; null for a dependency without one. */
    JSON;

    /**
     * The name as it is written in pipeline files and reports.
     *
     * @return the name in snake case
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
