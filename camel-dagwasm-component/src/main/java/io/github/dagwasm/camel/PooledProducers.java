package io.github.dagwasm.camel;

import org.apache.camel.AsyncCallback;
import org.apache.camel.Endpoint;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ProducerCache;
import org.apache.camel.support.DefaultAsyncProducer;
import org.apache.camel.support.cache.DefaultProducerCache;
import org.apache.camel.support.service.ServiceHelper;

/**
 * The producers of an endpoint whose producers have one exchange at a time, as those of FTP do:
 * each call has one for itself, and leaves it to the next. Safe for use by any number of threads.
 */
final class PooledProducers extends DefaultAsyncProducer {

    private final boolean lazy;
    private final ProducerCache producers;

    /**
     * Nothing is made yet.
     *
     * @param lazy whether the first producer is made for the first call, and not at the start
     */
    PooledProducers(Endpoint endpoint, boolean lazy) {
        super(endpoint);
        this.lazy = lazy;
        producers = new DefaultProducerCache(this, endpoint.getCamelContext(), 0);
        // Who sends tells of it. The size is the default one, and bounds how many are kept.
        producers.setEventNotifierEnabled(false);
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        ServiceHelper.startService(producers);
        if (!lazy) {
            producers.releaseProducer(getEndpoint(), producers.acquireProducer(getEndpoint()));
        }
    }

    @Override
    protected void doStop() throws Exception {
        ServiceHelper.stopAndShutdownService(producers);
        super.doStop();
    }

    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        return producers.doInAsyncProducer(
                getEndpoint(),
                exchange,
                callback,
                (producer, sent, done) -> producer.process(sent, done));
    }
}
