package io.github.dagwasm.spi;

import java.util.Locale;

/** How a run ended. */
public enum RunOutcome {
    /** Every processor succeeded. */
    SUCCEEDED,
    /** There is a text, though not every processor succeeded. */
    PARTIAL,
    /** There is no text. */
    FAILED;

    /**
     * The name as it is written in pipeline files and reports.
     *
     * @return the name in snake case
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
