package io.github.dagwasm.camel;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.EndpointFailureException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.text.GuestText;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ExchangeTimedOutException;

/**
 * What the failures of one endpoint are told as: without secrets, with what others say made
 * harmless, and with the word on whether another try may help. Immutable.
 */
final class EndpointFailures {

    private static final int SHOWN = 1000;

    /** How long a chain of causes is looked at. */
    private static final int MOST_CAUSES = 50;

    private final EndpointUri uri;
    private final List<String> retryOn;

    EndpointFailures(EndpointUri uri) {
        this(uri, List.of());
    }

    EndpointFailures(EndpointUri uri, List<String> retryOn) {
        this.uri = uri;
        this.retryOn = List.copyOf(retryOn);
    }

    /** A failure of the endpoint itself, in its own words. */
    EndpointFailureException of(Throwable thrown) {
        return of("", thrown);
    }

    /** Likewise, with words of ours before. */
    EndpointFailureException of(String what, Throwable thrown) {
        return new EndpointFailureException(
                uri.shown(),
                what + told(thrown),
                uri.isKeptBy(thrown) ? thrown : null,
                mayPass(thrown));
    }

    /** A failure without an exception. */
    EndpointFailureException of(String problem, boolean retryable) {
        return new EndpointFailureException(uri.shown(), problem, null, retryable);
    }

    /** An exception in words. What this library says is bounded and harmless already. */
    String told(Throwable thrown) {
        if (thrown instanceof CamelExecutionException && thrown.getCause() != null) {
            // What Camel puts around an Error says nothing.
            return told(thrown.getCause());
        }
        String message = thrown.getMessage();
        if (thrown instanceof DagWasmException) {
            return uri.masked(message);
        }
        String name = thrown.getClass().getName();
        return message == null ? name : name + ": " + GuestText.escape(uri.masked(message), SHOWN);
    }

    private boolean mayPass(Throwable thrown) {
        Throwable next = thrown;
        boolean ofRun = false;
        for (int i = 0; next != null && i < MOST_CAUSES; i++) {
            if (isNamed(next.getClass()) || (!ofRun && isPassing(next))) {
                return true;
            }
            // It speaks for all that it failed of, and has but one of them as its cause.
            ofRun |= next instanceof RunFailedException;
            next = next.getCause();
        }
        return false;
    }

    private static boolean isPassing(Throwable thrown) {
        return (thrown instanceof IOException && !(thrown instanceof CharacterCodingException))
                || thrown instanceof TimeoutException
                || thrown instanceof ExchangeTimedOutException
                || (thrown instanceof DagWasmException ours && ours.retryable());
    }

    /** By name, so that a file has no class loaded. */
    private boolean isNamed(Class<?> thrown) {
        for (Class<?> type = thrown; type != null; type = type.getSuperclass()) {
            if (retryOn.contains(type.getName()) || retryOn.contains(type.getSimpleName())) {
                return true;
            }
        }
        return false;
    }
}
