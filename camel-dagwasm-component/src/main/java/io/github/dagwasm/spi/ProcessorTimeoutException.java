package io.github.dagwasm.spi;

import java.math.BigDecimal;
import java.time.Duration;

/** A try of a processor, or a whole run, that took longer than it may. */
public final class ProcessorTimeoutException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final Duration timeout;
    private final String option;
    private final boolean retryable;

    /**
     * Creates a failure.
     *
     * @param timeout the time that was up
     * @param option the option that sets it
     * @param retryable whether another try may succeed: never of a guest
     */
    public ProcessorTimeoutException(Duration timeout, String option, boolean retryable) {
        super("stopped after " + seconds(timeout) + " s (" + option + ")", null);
        this.timeout = timeout;
        this.option = option;
        this.retryable = retryable;
    }

    @Override
    public String kind() {
        return "timeout";
    }

    @Override
    public boolean retryable() {
        return retryable;
    }

    /**
     * The time that was up.
     *
     * @return the timeout
     */
    public Duration timeout() {
        return timeout;
    }

    /**
     * What sets the timeout.
     *
     * @return the option's name
     */
    public String option() {
        return option;
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toNanos(), 9).stripTrailingZeros().toPlainString();
    }
}
