package io.github.dagwasm.camel;

import java.util.Map;
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

    AwkwardComponent(Behaviour behaviour) {
        this.behaviour = behaviour;
    }

    @Override
    protected Endpoint createEndpoint(
            String uri, String remaining, Map<String, Object> parameters) {
        parameters.clear();
        return new DefaultEndpoint(uri, this) {
            @Override
            public Producer createProducer() {
                return new DefaultAsyncProducer(this) {
                    @Override
                    public boolean process(Exchange exchange, AsyncCallback callback) {
                        try {
                            return behaviour.process(exchange, callback);
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
