package io.github.dagwasm.camel;

import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TextLease;
import java.util.Set;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/**
 * What an endpoint's pipeline makes of an exchange, for who wants the text alone, an expression for
 * instance: the exchange stays as it is. The pipeline is the endpoint's, shared with its producers.
 * Safe for use by any number of threads.
 */
public final class PipelineFunction {

    private final DagWasmEndpoint endpoint;

    private PipelineFunction(DagWasmEndpoint endpoint) {
        this.endpoint = endpoint;
    }

    /**
     * The function of an endpoint. Nothing is loaded yet.
     *
     * @param context the context that has the endpoint, or makes it
     * @param uri the endpoint's URI
     * @return the function
     * @throws org.apache.camel.ResolveEndpointFailedException if there can be no such endpoint
     */
    public static PipelineFunction of(CamelContext context, String uri) {
        return new PipelineFunction(context.getEndpoint(uri, DagWasmEndpoint.class));
    }

    /**
     * Whether a fault is to be the first message's failure, not the start's.
     *
     * @return what the endpoint's option {@code lazyStartProducer} says
     */
    public boolean isLazy() {
        return endpoint.isLazyStartProducer();
    }

    /**
     * Has the pipeline stay loaded, and loads it if need be, until {@link #letGo()} or until the
     * endpoint stops.
     *
     * @throws io.github.dagwasm.failure.DagWasmException if it does not load
     */
    public void keepLoaded() {
        endpoint.keepLoaded();
    }

    /**
     * Whether the pipeline stays loaded while nobody uses it.
     *
     * @return true between {@link #keepLoaded()} and {@link #letGo()}
     */
    public boolean isKeptLoaded() {
        return endpoint.isKeptLoaded();
    }

    /** Lets the pipeline be dropped when its last user is done with it. */
    public void letGo() {
        endpoint.letGo();
    }

    /**
     * Runs the pipeline over the exchange's body and waits for the text. Of the exchange nothing is
     * changed, but that a body which can be read only once is replaced by what was read of it.
     *
     * @param exchange the exchange; a transacted one stays on this thread
     * @return the text
     * @throws RunFailedException if the run fails; it has the report
     * @throws UnreadableBodyException if the body cannot be read, or is no text
     * @throws MalformedTextException if its bytes are not of the charset they should be of
     * @throws LimitExceededException if it is too large
     */
    public Text apply(Exchange exchange) {
        SharedPipeline shared = endpoint.sharedPipeline();
        Pipeline pipeline = shared.acquire().pipeline();
        try {
            return result(exchange, pipeline).text();
        } finally {
            shared.release(false);
        }
    }

    private RunResult result(Exchange exchange, Pipeline pipeline) {
        RunCounts counts = endpoint.counts();
        RunResult result;
        TextLease room = endpoint.textLease();
        boolean failed = true;
        counts.begins();
        try {
            Message message = exchange.getMessage();
            Text text = BodyReader.of(pipeline).read(exchange, message, room);
            result = pipeline.run(text, options(exchange, message, pipeline).carrying(room));
            failed = result.failure().isPresent();
        } catch (RuntimeException | Error e) {
            counts.failed(e);
            throw e;
        } finally {
            if (failed) {
                ReplacedBody.failed(exchange, room);
            } else {
                ReplacedBody.succeeded(exchange, room);
            }
        }
        counts.ended(result);
        return result;
    }

    private RunOptions options(Exchange exchange, Message message, Pipeline pipeline) {
        RunOptions options =
                endpoint.isKeepTexts() ? RunOptions.DEFAULTS.keepingTexts() : RunOptions.DEFAULTS;
        options = options.carrying(exchange);
        if (exchange.isTransacted()) {
            options = options.stayingOnCallersThread();
        }
        Set<String> shown = pipeline.attributes();
        return shown.isEmpty() ? options : options.with(AttributeHeaders.of(message, shown));
    }
}
