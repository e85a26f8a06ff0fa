package io.github.dagwasm.examples.jms;

import org.apache.camel.Exchange;
import org.apache.camel.Predicate;

/**
 * Tells the failures that another delivery does not mend. A failure that can pass (the sandbox is
 * full, an endpoint did not answer, the broker was away) is left to the broker: it delivers the
 * message again, later, to whichever worker is free. Any other failure is final, and so is one that
 * has not passed in as many deliveries as it is given. Thread-safe once it is configured.
 */
public final class FinalFailure implements Predicate {

    private int attempts = 1;

    /**
     * Sets after how many deliveries a failure that could pass is final.
     *
     * @param attempts 1 at least, and less than the broker's own bound
     */
    public void setAttempts(int attempts) {
        if (attempts < 1 || attempts >= Broker.MOST_DELIVERIES) {
            throw new IllegalArgumentException(
                    "attempts: expected 1 to "
                            + (Broker.MOST_DELIVERIES - 1)
                            + ", actual "
                            + attempts);
        }
        this.attempts = attempts;
    }

    @Override
    public boolean matches(Exchange exchange) {
        int deliveries = exchange.getMessage().getHeader("JMSXDeliveryCount", 1, int.class);
        return !Failure.of(exchange).canPass() || deliveries >= attempts;
    }
}
