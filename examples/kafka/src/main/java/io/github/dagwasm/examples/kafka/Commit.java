package io.github.dagwasm.examples.kafka;

import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.component.kafka.KafkaConstants;
import org.apache.camel.component.kafka.consumer.KafkaManualCommit;

/**
 * Commits a record and all before it in its partition: whoever takes the partition next begins
 * after it. Stands last in a route, where what the record led to is acknowledged. Returns when the
 * broker has it, and fails the exchange where it has not, as after a rebalance.
 */
public final class Commit implements Processor {

    @Override
    public void process(Exchange exchange) {
        exchange.getMessage()
                .getHeader(KafkaConstants.MANUAL_COMMIT, KafkaManualCommit.class)
                .commit();
    }
}
