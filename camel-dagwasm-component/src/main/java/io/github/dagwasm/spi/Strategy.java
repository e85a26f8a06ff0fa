package io.github.dagwasm.spi;

import java.util.Locale;

/** When a processor that may run does run. It never changes what the processor sees. */
public enum Strategy {
    /** As soon as a thread is free: by level, then in the order of the file. */
    WORK_QUEUE,
    /** Level by level: none of the next starts before all of this one have settled. */
    LEVEL,
    /** As soon as a thread is free: in the order in which they became ready. */
    REACTIVE;

    /**
     * The name as it is written in pipeline files and reports.
     *
     * @return the name in snake case
     */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }
}
