package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;

/** An endpoint that failed, or that could not be asked. */
public final class EndpointFailureException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final String uri;
    private final boolean retryable;

    /**
     * Creates a failure.
     *
     * @param uri the endpoint's URI, without secrets
     * @param message what went wrong, without secrets; what others say in it is bounded and escaped
     * @param cause what led to it, or null
     * @param retryable whether another try may succeed
     */
    public EndpointFailureException(
            String uri, String message, Throwable cause, boolean retryable) {
        super(message, cause);
        this.uri = uri;
        this.retryable = retryable;
    }

    @Override
    public String kind() {
        return "endpoint_failure";
    }

    @Override
    public boolean retryable() {
        return retryable;
    }

    /**
     * The endpoint's URI.
     *
     * @return the URI, without secrets
     */
    public String uri() {
        return uri;
    }
}
