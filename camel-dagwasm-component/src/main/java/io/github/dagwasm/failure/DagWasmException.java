package io.github.dagwasm.failure;

/**
 * The root of everything that this library throws on purpose. A subclass stands for who is to
 * blame: the pipeline file, the module, the guest, a limit, the text, a processor's time, or the
 * run as a whole.
 */
public abstract class DagWasmException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /**
     * Creates a failure.
     *
     * @param message where, what is wrong, expected against actual, what to do; where it is null,
     *     as the message of an exception may be, the cause speaks for itself
     * @param cause what led to it, or null
     */
    protected DagWasmException(String message, Throwable cause) {
        super(described(message, cause), cause);
    }

    private static String described(String message, Throwable cause) {
        if (message != null) {
            return message;
        }
        return cause == null ? "failed without a message" : cause.toString();
    }

    /**
     * The failure's kind in one stable word, for reports and metrics.
     *
     * @return a word in snake case
     */
    public abstract String kind();

    /**
     * Whether another try of the same call may succeed.
     *
     * @return false unless the subclass says otherwise
     */
    public boolean retryable() {
        return false;
    }
}
