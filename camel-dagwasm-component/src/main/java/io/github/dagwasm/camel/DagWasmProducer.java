package io.github.dagwasm.camel;

import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TextLease;
import java.util.Set;
import org.apache.camel.AsyncCallback;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.apache.camel.spi.RouteIdAware;
import org.apache.camel.support.DefaultAsyncProducer;

/**
 * Runs the endpoint's pipeline for each exchange. The message is left as it is until the run has
 * succeeded, but for headers that only a run may set.
 */
final class DagWasmProducer extends DefaultAsyncProducer implements RouteIdAware {

    private final DagWasmEndpoint endpoint;
    private final ResultType resultType;
    private final RunOptions options;
    private volatile Started started;
    private String routeId;

    /** What there is between start and stop. */
    private record Started(LivePipeline live, BodyReader bodies) {}

    DagWasmProducer(DagWasmEndpoint endpoint) {
        super(endpoint);
        this.endpoint = endpoint;
        resultType = endpoint.result();
        options = endpoint.isKeepTexts() ? RunOptions.DEFAULTS.keepingTexts() : RunOptions.DEFAULTS;
    }

    @Override
    public String getRouteId() {
        return routeId;
    }

    @Override
    public void setRouteId(String routeId) {
        this.routeId = routeId;
    }

    @Override
    protected void doStart() throws Exception {
        super.doStart();
        LivePipeline live = endpoint.sharedPipeline().acquire();
        started = new Started(live, BodyReader.of(live.pipeline()));
    }

    /** Camel has waited for the exchanges of its routes by now, unless its time was up. */
    @Override
    protected void doStop() throws Exception {
        if (started != null) {
            started = null;
            endpoint.sharedPipeline().release(isForced());
        }
        super.doStop();
    }

    /**
     * What the shutdown strategy says is of the last thing that was shut down: for a producer
     * without a route, one that a dynamic endpoint has made for instance, that may be any route.
     */
    private boolean isForced() {
        CamelContext context = endpoint.getCamelContext();
        return context.getShutdownStrategy().isTimeoutOccurred()
                && (routeId != null || context.isStopping());
    }

    /**
     * Runs the pipeline. A transacted exchange stays on this thread; another one may be told of by
     * the thread that settles its run.
     */
    @Override
    public boolean process(Exchange exchange, AsyncCallback callback) {
        ExchangeRun run;
        boolean settledHere;
        TextLease room = endpoint.textLease();
        endpoint.counts().begins();
        try {
            if (exchange.hasProperties()) {
                exchange.removeProperty(DagWasmConstants.REPORT);
            }
            Message message = exchange.getMessage();
            ResultHeaders.removeIncoming(message);
            Started now = started();
            Text text = now.bodies().read(exchange, message, room);
            RunOptions told = options.carrying(exchange).carrying(room);
            if (exchange.isTransacted()) {
                told = told.stayingOnCallersThread();
            }
            Set<String> shown = now.live().pipeline().attributes();
            if (!shown.isEmpty()) {
                told = told.with(AttributeHeaders.of(message, shown));
            }
            run = new ExchangeRun(exchange, callback, now.live(), resultType, endpoint, room);
            settledHere = run.start(text, told);
        } catch (Throwable e) {
            // Nothing has been told of the exchange: a run that was started does not throw.
            ReplacedBody.failed(exchange, room);
            endpoint.counts().failed(e);
            exchange.setException(e);
            settledHere = true;
        }
        if (settledHere) {
            callback.done(true);
        }
        return settledHere;
    }

    private Started started() {
        Started now = started;
        if (now == null) {
            throw new IllegalStateException(endpoint + " is not started");
        }
        return now;
    }
}
