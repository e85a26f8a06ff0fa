package io.github.dagwasm.camel;

import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.support.DefaultEndpoint;

/** A component whose producers keep, or break, the contract in ways that a test chooses. */
final class AwkwardComponent extends DefaultComponent {

    /** What a producer does with an exchange. */
    interface Behaviour {

        /** As {@link org.apache.camel.AsyncProcessor#process}. */
        boolean process(Exchange exchange, AsyncCallback callback) throws Exception;
    }

    private final Behaviour behaviour;
    private final AtomicInteger producers = new AtomicInteger();
    private boolean oneCallAtATime;

    AwkwardComponent(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    /** The same with producers that fail where they are called while they are called. */
    AwkwardComponent withProducersOfOneCall() {
        oneCallAtATime = true;
        return this;
    }

    /** How many producers were made. */
    int producers() {
        return producers.get();
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public boolean isSingletonProducer() {
                return !oneCallAtATime;
            }

            @Override
            public Producer createProducer() {
                producers.incrementAndGet();
                return new DefaultAsyncProducer(this) {
                    private final AtomicBoolean called = new AtomicBoolean();

                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        try {
                            if (oneCallAtATime && called.getAndSet(true)) {
                                throw new IllegalStateException("called while it is called");
                            }
                            return behaviour.process(
                                    exchange,
                                    here -> {
                                        called.set(false);
                                        callback.done(here);
                                    });
                        } catch (Exception e) {
                            throw new IllegalStateException(e);
                        }
                    }
                };
            }

            @Override
            public Consumer createConsumer(Processor processor) {
                throw new UnsupportedOperationException();
            }
        };
    }
}
