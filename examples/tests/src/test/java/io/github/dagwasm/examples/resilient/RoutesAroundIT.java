package io.github.dagwasm.examples.resilient;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.camel.DagWasmConstants;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunReport;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.RejectedExecutionException;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.processor.idempotent.MemoryIdempotentRepository;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What routes have around the component, Camel's own, with a pipeline that forks: its runs settle
 * on another thread than the one that began them.
 */
class RoutesAroundIT {

    private static final String FORKED =
            """
            processors:
              - { id: lower, backend: local, impl: change_text_case_lower }
              - { id: guest, backend: wasm, module: %s, depends_on: [lower] }
              - { id: flaky, backend: local, impl: flaky, depends_on: [lower] }
              - { id: both, backend: local, impl: prefix_suffix_adder, depends_on: [guest, flaky], merge: concat, merge_separator: "|", options: { prefix: "<", suffix: ">" } }
            """;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final Flaky flaky = new Flaky();
    private final List<Exchange> dead = new CopyOnWriteArrayList<>();
    @TempDir private Path folder;
    private String pipeline;
    private ProducerTemplate template;

    @BeforeEach
    void writePipeline() throws Exception {
        Path module =
                Path.of(System.getProperty("basedir", ""))
                        .resolve("../../wasm_modules/hello_world.wasm")
                        .toRealPath();
        Path file = folder.resolve("forked.yaml");
        Files.writeString(file, FORKED.formatted(module));
        pipeline = "dagwasm:pipeline:" + file;
        context.disableJMX();
        context.getRegistry().bind("flaky", flaky);
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    private void start(LambdaRouteBuilder routes) throws Exception {
        RouteBuilder.addRoutes(context, routes);
        context.start();
    }

    private static String text(Exchange exchange) {
        return exchange.getMessage().getBody(String.class);
    }

    @Test
    void redeliveryRunsTheWholePipelineAgainOnTheSameStream() throws Exception {
        start(
                routes -> {
                    routes.onException(DagWasmException.class)
                            .onWhen(routes.simple("${exception.retryable}"))
                            .maximumRedeliveries(3)
                            .redeliveryDelay(1)
                            .asyncDelayedRedelivery()
                            .logRetryAttempted(false);
                    routes.from("direct:in").streamCache("false").to(pipeline);
                });
        flaky.fail(2, true);

        Exchange sent =
                template.send(
                        "direct:in",
                        exchange ->
                                exchange.getMessage()
                                        .setBody(
                                                new ByteArrayInputStream(
                                                        "Order".getBytes(StandardCharsets.UTF_8))));

        assertThat(text(sent)).isEqualTo("<order-wasm|order>");
        assertThat(flaky.inputs()).containsExactly("order", "order", "order");
        assertThat(sent.getMessage().getHeader(Exchange.REDELIVERY_COUNTER)).isEqualTo(2);
    }

    @Test
    void aFailureThatCannotPassIsNotDeliveredAgain() throws Exception {
        start(
                routes -> {
                    routes.onException(DagWasmException.class)
                            .onWhen(routes.simple("${exception.retryable}"))
                            .maximumRedeliveries(3)
                            .redeliveryDelay(1);
                    routes.from("direct:in").to(pipeline);
                });
        flaky.fail(1, false);

        Exchange sent = template.send("direct:in", exchange -> exchange.getMessage().setBody("A"));

        assertThat(sent.getException()).isInstanceOf(RunFailedException.class);
        assertThat(flaky.inputs()).containsExactly("a");
    }

    @Test
    void theDeadLetterChannelGetsTheMessageAsItCameAndTheReport() throws Exception {
        start(
                routes -> {
                    routes.errorHandler(
                            routes.deadLetterChannel("direct:dead")
                                    .maximumRedeliveries(2)
                                    .redeliveryDelay(1)
                                    .asyncDelayedRedelivery()
                                    .logExhausted(false)
                                    .logRetryAttempted(false));
                    routes.from("direct:in").streamCache("false").to(pipeline);
                    routes.from("direct:dead").process(dead::add);
                });
        flaky.fail(3, true);

        Exchange sent =
                template.send(
                        "direct:in",
                        exchange -> {
                            exchange.getMessage().setHeader("order", "7");
                            exchange.getMessage()
                                    .setBody(new ByteArrayInputStream(new byte[] {'O', 'K'}));
                        });

        assertThat(sent.getException()).isNull();
        assertThat(dead).hasSize(1);
        Exchange letter = dead.get(0);
        assertThat(letter.getMessage().getBody(String.class)).isEqualTo("OK");
        assertThat(letter.getMessage().getHeader("order")).isEqualTo("7");
        assertThat(letter.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class))
                .hasMessage("pipeline 'forked': processor 'flaky': not now");
        RunReport report = letter.getProperty(DagWasmConstants.REPORT, RunReport.class);
        assertThat(report.toJson()).contains("\"id\":\"flaky\"");
        assertThat(flaky.inputs()).containsExactly("ok", "ok", "ok");
    }

    @Test
    void theCircuitBreakerSparesAProcessorThatFailsAndTriesItAgainLater() throws Exception {
        start(
                routes ->
                        routes.from("direct:in")
                                .circuitBreaker()
                                .resilience4jConfiguration()
                                .slidingWindowSize(4)
                                .minimumNumberOfCalls(4)
                                .permittedNumberOfCallsInHalfOpenState(1)
                                .automaticTransitionFromOpenToHalfOpenEnabled(true)
                                .waitDurationInOpenState("1")
                                .end()
                                .to(pipeline)
                                .onFallback()
                                .setBody(routes.simple("spared: ${body}"))
                                .end());
        flaky.fail(4, true);

        List<String> whileItFails = send(4);
        List<String> whileOpen = send(3);
        int calls = flaky.inputs().size();
        await().until(() -> send(1).equals(List.of("<m0-wasm|m0>")));

        assertThat(whileItFails)
                .containsExactly("spared: M0", "spared: M1", "spared: M2", "spared: M3");
        assertThat(whileOpen).containsExactly("spared: M0", "spared: M1", "spared: M2");
        assertThat(calls).isEqualTo(4);
        assertThat(send(2)).containsExactly("<m0-wasm|m0>", "<m1-wasm|m1>");
    }

    private List<String> send(int messages) {
        return IntStream.range(0, messages)
                .mapToObj(i -> template.requestBody("direct:in", "M" + i, String.class))
                .toList();
    }

    @Test
    void theThrottlerLetsNoMoreRunsInAtOnceThanItSays() throws Exception {
        start(
                routes ->
                        routes.from("direct:in")
                                .throttle(2)
                                .concurrentRequestsMode()
                                .rejectExecution(true)
                                .to(pipeline)
                                .end());
        CountDownLatch gate = flaky.holdUp();

        List<CompletableFuture<Exchange>> held =
                IntStream.range(0, 2)
                        .mapToObj(i -> template.asyncSend("direct:in", exchange(i)))
                        .toList();
        await().until(() -> flaky.inputs().size() == 2);
        Exchange third = template.send("direct:in", exchange(2));
        gate.countDown();

        assertThat(third.getException()).isInstanceOf(RejectedExecutionException.class);
        assertThat(held)
                .extracting(future -> text(future.join()))
                .containsExactlyInAnyOrder("<m0-wasm|m0>", "<m1-wasm|m1>");
        assertThat(text(template.send("direct:in", exchange(3)))).isEqualTo("<m3-wasm|m3>");
    }

    private Exchange exchange(int number) {
        Exchange exchange = context.getEndpoint("direct:in").createExchange();
        exchange.getMessage().setBody("M" + number);
        return exchange;
    }

    @Test
    void theIdempotentConsumerForgetsAMessageThatFailed() throws Exception {
        start(
                routes ->
                        routes.from("direct:in")
                                .idempotentConsumer(
                                        routes.body(),
                                        MemoryIdempotentRepository.memoryIdempotentRepository(10))
                                .to(pipeline));
        flaky.fail(1, true);

        Exchange failed = template.send("direct:in", exchange(0));
        Exchange again = template.send("direct:in", exchange(0));
        Exchange duplicate = template.send("direct:in", exchange(0));

        assertThat(failed.getException()).isInstanceOf(RunFailedException.class);
        assertThat(text(again)).isEqualTo("<m0-wasm|m0>");
        assertThat(duplicate.getProperty(ExchangePropertyKey.DUPLICATE_MESSAGE)).isEqualTo(true);
        assertThat(text(duplicate)).isEqualTo("M0");
        assertThat(flaky.inputs()).containsExactly("m0", "m0");
    }
}
