package io.github.dagwasm.camel;

import io.github.dagwasm.executor.RunHandle;
import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TextLease;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.Message;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One exchange on its way through a pipeline. */
final class ExchangeRun implements Consumer<RunResult> {

    private static final Logger LOG = LoggerFactory.getLogger(ExchangeRun.class);

    private final Exchange exchange;
    private final AsyncCallback callback;
    private final LivePipeline live;
    private final ResultType resultType;
    private final DagWasmEndpoint endpoint;
    private final TextLease room;
    private final Thread starter = Thread.currentThread();

    /** Written and read by the starting thread alone. */
    private boolean starting;

    private RunHandle run;
    private int place;

    ExchangeRun(
            Exchange exchange,
            AsyncCallback callback,
            LivePipeline live,
            ResultType resultType,
            DagWasmEndpoint endpoint,
            TextLease room) {
        this.room = room;
        this.exchange = exchange;
        this.callback = callback;
        this.live = live;
        this.resultType = resultType;
        this.endpoint = endpoint;
    }

    /**
     * Starts the run; true if it was over on this thread, which then tells the callback. Else the
     * thread that settles it does, and this one must not touch the exchange any more.
     */
    boolean start(Text text, RunOptions options) {
        run = live.pipeline().prepare(text, options, this);
        starting = true;
        place = live.begins(run);
        try {
            return run.start();
        } catch (RuntimeException | Error e) {
            // There is no scheduler for its deadline any more, for instance: nobody was told.
            live.ended(run, place);
            throw e;
        } finally {
            starting = false;
        }
    }

    @Override
    public void accept(RunResult result) {
        Throwable unset = null;
        try {
            set(result);
        } catch (Throwable e) {
            exchange.setException(e);
            unset = e;
        }
        // The text of the answer is the exchange's from here on.
        if (unset == null && result.failure().isEmpty()) {
            ReplacedBody.succeeded(exchange, room);
        } else {
            ReplacedBody.failed(exchange, room);
        }
        count(result, unset);
        live.ended(run, place);
        if (!(Thread.currentThread() == starter && starting)) {
            callback.done(false);
        }
    }

    /** Whatever becomes of the count, the exchange is still to be told of. */
    private void count(RunResult result, Throwable unset) {
        try {
            if (unset == null) {
                endpoint.counts().ended(result);
            } else {
                endpoint.counts().failed(unset);
            }
        } catch (RuntimeException e) {
            LOG.warn("an exchange could not be counted", e);
        }
    }

    private void set(RunResult result) {
        exchange.setProperty(DagWasmConstants.REPORT, result.report());
        Optional<RunFailedException> failure = result.failure();
        if (failure.isPresent()) {
            exchange.setException(failure.get());
            return;
        }
        Message message = exchange.getMessage();
        resultType.set(exchange, message, result.text());
        if (!result.handedOn().isEmpty()) {
            AttributeHeaders.set(message, result.handedOn());
        }
        ResultHeaders.set(message, result.report(), endpoint.isMetadataHeaders());
    }
}
