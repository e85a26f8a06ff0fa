package io.github.dagwasm.camel;

import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.support.service.ServiceHelper;

/**
 * An endpoint as a processor: the text is its message's body, and the answer's body is what comes
 * of it. Each call has an exchange of its own. It is made on a thread that calls endpoints, but in
 * a transaction: what happens there happens on the run's own thread.
 */
final class EndpointProcessor implements AsyncTextProcessor {

    private final EndpointSettings settings;
    private final EndpointUri uri;
    private final AsyncProducer producer;
    private final EndpointThreads threads;
    private final EndpointFailures failures;
    private final EndpointMessage message;
    private final EndpointAnswer answer;
    private final Set<String> attributes;

    EndpointProcessor(
            EndpointSettings settings,
            EndpointUri uri,
            Endpoint endpoint,
            AsyncProducer producer,
            EndpointThreads threads) {
        this.settings = settings;
        this.uri = uri;
        this.producer = producer;
        this.threads = threads;
        failures = new EndpointFailures(uri, settings.retryOn());
        message = new EndpointMessage(settings, endpoint);
        answer = new EndpointAnswer(settings, failures);
        Set<String> names = new LinkedHashSet<>(settings.headers());
        names.addAll(settings.resultHeaders());
        attributes = Set.copyOf(names);
    }

    @Override
    public CompletableFuture<ProcessorResult> process(ProcessorCall call) {
        Optional<Exchange> caller = call.carried(Exchange.class);
        EndpointCall sending = new EndpointCall(call, caller, this);
        if (call.cancelled()) {
            // Then the caller's exchange may have been somebody else's already when it was read.
            sending.cancel(false);
            return sending;
        }
        if (sending.isTransacted()) {
            sending.runHere();
            return sending;
        }
        call.waits(threads.waits());
        try {
            threads.execute(sending);
        } catch (RejectedExecutionException e) {
            return CompletableFuture.failedFuture(failures.of(e.getMessage(), true));
        }
        return sending;
    }

    AsyncProducer producer() {
        return producer;
    }

    EndpointThreads threads() {
        return threads;
    }

    EndpointMessage message() {
        return message;
    }

    EndpointAnswer answer() {
        return answer;
    }

    EndpointFailures failures() {
        return failures;
    }

    @Override
    public Intent intent() {
        return settings.intent();
    }

    @Override
    public Optional<String> resource() {
        return Optional.of(uri.shown());
    }

    @Override
    public Map<String, Long> limits() {
        return Map.of(CamelKeys.OUTPUT_BYTES, settings.outputBytes());
    }

    /** What it is shown, and what it hands on: that takes the place of what the message has. */
    @Override
    public Set<String> attributes() {
        return attributes;
    }

    @Override
    public void close() {
        ServiceHelper.stopAndShutdownService(producer);
    }

    @Override
    public String toString() {
        return "EndpointProcessor[" + uri + "]";
    }
}
