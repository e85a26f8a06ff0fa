package io.github.dagwasm.examples.jms;

import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/** Makes an answer of a failure, so that who asked need not wait until the time is up. */
public final class FailureAnswer implements Processor {

    @Override
    public void process(Exchange exchange) {
        Failure failure = Failure.of(exchange);
        Message answer = exchange.getMessage();
        answer.setBody(failure.reason());
        answer.setHeader(Failure.REASON, failure.reason());
        answer.setHeader(Failure.KIND, failure.kind());
    }
}
