package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;

/** The user's own processors, bound in Camel's registry. */
class RegistryProcessorsIT extends EndpointFixture {

    private static final String SHOUT = "processors: [ { id: p, backend: local, impl: shout } ]";

    private void bind(String name, TextProcessor processor) {
        camel.context.getRegistry().bind(name, TextProcessor.class, processor);
    }

    private static ProcessorResult shout(ProcessorCall call) {
        return ProcessorResult.of(call.text().string() + "!");
    }

    @Test
    void aBeanIsAProcessorByItsName() {
        bind("shout", RegistryProcessorsIT::shout);
        route(camel.pipeline("p", SHOUT));
        camel.context.start();

        Exchange result = camel.send("direct:in", "abc");

        assertThat(result.getMessage().getBody()).isEqualTo("abc!");
    }

    @Test
    void aBeanMayBeBoundAfterTheContextWasStarted() {
        route(camel.pipeline("q", CamelFixture.UPPER));
        camel.context.start();
        bind("shout", RegistryProcessorsIT::shout);

        camel.routes(routes -> routes.from("direct:late").to("dagwasm:local:shout"));
        Exchange result = camel.send("direct:late", "abc");

        assertThat(result.getMessage().getBody()).isEqualTo("abc!");
    }

    @Test
    void aBeanMayAnalyze() {
        bind("length", new Length());
        route("dagwasm:local:length");
        camel.context.start();

        Exchange result = camel.send("direct:in", "abc");

        assertThat(result.getMessage().getBody()).isEqualTo("abc");
        assertThat(result.getMessage().getHeader(DagWasmConstants.METADATA))
                .isEqualTo(Map.of("length", Map.of("length", "3")));
    }

    @Test
    void aBeanIsNotClosedByThePipeline() {
        Length length = new Length();
        bind("length", length);
        route("dagwasm:local:length");
        camel.context.start();

        camel.context.stop();

        assertThat(length.closed).hasValue(0);
    }

    @Test
    void aBeanMustNotBeNamedLikeABuiltInProcessor() {
        bind("reverse_text", new Length());
        route(camel.pipeline("q", CamelFixture.UPPER));

        Throwable thrown = catchThrowable(camel.context::start);

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the bean 'reverse_text' (io.github.dagwasm.camel.RegistryProcessorsIT$Length)"
                                + " has the name of a local processor; bind it to another one");
    }

    @Test
    void anUnknownNameSuggestsABean() {
        bind("shout", RegistryProcessorsIT::shout);
        route("dagwasm:local:shuot");

        Throwable thrown = catchThrowable(camel.context::start);

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessageStartingWith("dagwasm:local:shuot: ")
                .hasMessageEndingWith("(did you mean 'shout'?)");
    }

    @Test
    void whatAFactoryMadeIsClosedAndItsFailureThenIsNobodysElse() throws Exception {
        Failing failing = new Failing();
        camel.context.getRegistry().bind("any", TextProcessorFactory.class, failing);
        camel.context.start();
        Producer producer =
                camel.context.getEndpoint("dagwasm:local:failing_close").createProducer();
        producer.start();
        Exchange exchange = new DefaultExchange(camel.context);
        exchange.getMessage().setBody("abc");

        CompletableFuture<Void> run = CompletableFuture.runAsync(() -> process(producer, exchange));
        failing.running.await();
        producer.stop();
        failing.release.countDown();
        run.get(10, TimeUnit.MINUTES);

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
        assertThat(failing.closed).hasValue(1);
    }

    private static void process(Producer producer, Exchange exchange) {
        try {
            producer.process(exchange);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Learns how long a text is. */
    private static final class Length implements TextProcessor {

        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public ProcessorResult process(ProcessorCall call) {
            int length = call.text().string().length();
            return ProcessorResult.of(call.text(), Map.of("length", Integer.toString(length)));
        }

        @Override
        public Intent intent() {
            return Intent.ANALYZE;
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    /** Makes a processor that cannot be closed. */
    private static final class Failing implements TextProcessorFactory {

        private final CountDownLatch running = new CountDownLatch(1);
        private final CountDownLatch release = new CountDownLatch(1);
        private final AtomicInteger closed = new AtomicInteger();

        @Override
        public String name() {
            return "failing_close";
        }

        @Override
        public TextProcessor create(KeyValues options) {
            return new TextProcessor() {
                @Override
                public ProcessorResult process(ProcessorCall call) throws InterruptedException {
                    running.countDown();
                    release.await();
                    return ProcessorResult.of(call.text());
                }

                @Override
                public void close() {
                    closed.incrementAndGet();
                    throw new IllegalStateException("cannot be closed");
                }
            };
        }
    }
}
