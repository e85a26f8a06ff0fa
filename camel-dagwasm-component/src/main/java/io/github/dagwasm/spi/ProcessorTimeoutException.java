package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;
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
        this(
                "stopped after " + seconds(timeout) + " s (" + option + ")",
                timeout,
                option,
                retryable);
    }

    private ProcessorTimeoutException(
            String message, Duration timeout, String option, boolean retryable) {
        super(message, null);
        this.timeout = timeout;
        this.option = option;
        this.retryable = retryable;
    }

    /**
     * A failure of a processor that found no thread to run on in the time it had to run.
     *
     * @param timeout the time that was up
     * @param option the option that sets it
     * @return the failure; not retryable, since more tries would only wait for the same threads
     */
    public static ProcessorTimeoutException notStarted(Duration timeout, String option) {
        String message =
                "not started within "
                        + seconds(timeout)
                        + " s ("
                        + option
                        + "): every thread of the pool is busy";
        return new ProcessorTimeoutException(message, timeout, option, false);
    }

    /**
     * A failure of a call that has not begun in the time that it had, since it waited.
     *
     * @param timeout the time that was up
     * @param option the option that sets it
     * @param why what it has waited for in vain
     * @return the failure; retryable, since nothing was done yet
     */
    public static ProcessorTimeoutException notStarted(
            Duration timeout, String option, String why) {
        String message = "not started within " + seconds(timeout) + " s (" + option + "): " + why;
        return new ProcessorTimeoutException(message, timeout, option, true);
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
