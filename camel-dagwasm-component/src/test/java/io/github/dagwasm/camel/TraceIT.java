package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.opentelemetry.sdk.trace.data.SpanData;
import java.util.Map;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** A message is one trace, by camel-opentelemetry2, on whatever threads and servers it is. */
class TraceIT extends EndpointFixture {

    private Traces traces;
    private PoolThreads threads;

    @BeforeEach
    void trace() {
        traces = new Traces(camel.context);
        threads = new PoolThreads(camel.context);
        TextProcessor java =
                call -> {
                    traces.mark("java");
                    return ProcessorResult.of(call.text());
                };
        camel.context.getRegistry().bind("java", TextProcessor.class, java);
        TestModule.write(folder.resolve("guest.wasm"), TestModules.append("-guest"));
    }

    @AfterEach
    void endTraces() {
        traces.close();
    }

    /** Sends a message through a pipeline; all its spans have ended then. */
    private Object traced(String pipeline) {
        String uri = camel.pipeline("orders", pipeline);
        camel.routes(r -> r.from("direct:in").to(uri).to("direct:after"));
        camel.routes(r -> r.from("direct:after").transform().simple("${body}!"));
        camel.context.start();
        Exchange exchange = camel.send("direct:in", "text");
        assertThat(exchange.getException()).isNull();
        assertThat(threads.residues()).isEmpty();
        camel.context.stop();
        return exchange.getMessage().getBody();
    }

    private void assertOneTrace(String tree) {
        assertThat(traces.tree()).isEqualTo(tree);
        assertThat(traces.spans().stream().map(SpanData::getTraceId).distinct()).hasSize(1);
    }

    @Test
    void routePipelineEndpointsAndServerAreOneTrace() {
        camel.routes(r -> r.from("direct:enrich").to(traces.server().uri("/enrich")));

        Object text =
                traced(
                        """
                        processors:
                          - { id: guest, backend: wasm, module: guest.wasm }
                          - { id: java, backend: local, impl: java, timeout_seconds: 3600 }
                          - { id: ask, backend: camel, endpoint: "direct:enrich", depends_on: [guest] }
                          - { id: price, backend: camel, endpoint: "%s", depends_on: [ask] }
                        output: price
                        """
                                .formatted(traces.server().uri("/price")));

        assertThat(text).isEqualTo("text-guest/enrich/price!");
        assertOneTrace(
                """
                to direct://in
                  from direct://in
                    to dagwasm://pipeline:orders.dagwasm.yaml
                      java
                      to direct://enrich
                        from direct://enrich
                          to http://server/enrich
                            server /enrich
                      to http://server/price
                        server /price
                    to direct://after
                      from direct://after
                """);
    }

    @Test
    void callsSideBySideAreSiblings() {
        CyclicBarrier all = new CyclicBarrier(3);
        TextProcessor meeting =
                call -> {
                    all.await();
                    traces.mark("java on its own thread");
                    return ProcessorResult.of(call.text());
                };
        camel.context.getRegistry().bind("meeting", TextProcessor.class, meeting);
        camel.routes(
                r ->
                        r.from("direct:meeting")
                                .process(e -> all.await())
                                .to(traces.server().uri("/a")));
        camel.routes(
                r ->
                        r.from("seda:meeting?waitForTaskToComplete=Always")
                                .process(e -> all.await())
                                .to(traces.server().uri("/b")));

        Object text =
                traced(
                        """
                        executor_options: { max_concurrency: 3 }
                        processors:
                          - { id: java, backend: local, impl: meeting }
                          - { id: a, backend: camel, endpoint: "direct:meeting" }
                          - { id: b, backend: camel, endpoint: "seda:meeting?waitForTaskToComplete=Always" }
                          - { id: both, backend: camel, endpoint: "%s", depends_on: [a, b, java], merge: concat }
                        """
                                .formatted(traces.server().uri("/both")));

        assertThat(text).asString().endsWith("/both!");
        assertOneTrace(
                """
                to direct://in
                  from direct://in
                    to dagwasm://pipeline:orders.dagwasm.yaml
                      java on its own thread
                      to direct://meeting
                        from direct://meeting
                          to http://server/a
                            server /a
                      to http://server/both
                        server /both
                      to seda://meeting?waitForTaskToComplete=Always
                        from seda://meeting?waitForTaskToComplete=Always
                          to http://server/b
                            server /b
                    to direct://after
                      from direct://after
                """);
    }

    @Test
    void everyTryIsPartOfTheTrace() {
        traces.server().refuse(2);

        Object text =
                traced(
                        """
                        processors:
                          - id: ask
                            backend: camel
                            endpoint: "%s"
                            retry: { attempts: 2, delay: 0.001 }
                            options: { retry_on: [HttpOperationFailedException] }
                          - { id: java, backend: local, impl: java, depends_on: [ask] }
                        """
                                .formatted(traces.server().uri("/busy")));

        assertThat(text).isEqualTo("text/busy!");
        assertOneTrace(
                """
                to direct://in
                  from direct://in
                    to dagwasm://pipeline:orders.dagwasm.yaml
                      java
                      to http://server/busy
                        server /busy
                      to http://server/busy
                        server /busy
                      to http://server/busy
                        server /busy
                    to direct://after
                      from direct://after
                """);
    }

    /** The trace, and nothing else: no header but that of the trace, no other property. */
    @Test
    void neitherHeadersNorOtherPropertiesTravel() {
        AtomicReference<Map<String, Object>> headers = new AtomicReference<>();
        AtomicReference<Map<String, Object>> properties = new AtomicReference<>();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(e -> headers.set(Map.copyOf(e.getMessage().getHeaders())))
                                .process(e -> properties.set(Map.copyOf(e.getAllProperties()))));
        String uri =
                camel.pipeline(
                        "orders",
                        """
                        processors:
                          - { id: ask, backend: camel, endpoint: "direct:service", options: { headers: [tenant] } }
                        """);
        camel.routes(
                r ->
                        r.from("direct:in")
                                .setHeader("tenant", r.constant("acme"))
                                .setHeader("secret", r.constant("s3cret"))
                                .setHeader("baggage", r.constant("s3cret=1"))
                                .setProperty("secret", r.constant("s3cret"))
                                .to(uri));
        camel.context.start();

        Exchange exchange = camel.send("direct:in", "text of the message");

        assertThat(exchange.getException()).isNull();
        assertThat(headers.get()).containsOnlyKeys("tenant", "traceparent");
        assertThat(properties.get())
                .containsOnlyKeys(
                        "tracing.activeSpan",
                        Exchange.CHARSET_NAME,
                        Exchange.CORRELATION_ID,
                        Exchange.TO_ENDPOINT,
                        DagWasmConstants.PROCESSOR);
        assertThat(traces.spans().toString())
                .contains("direct://service")
                .doesNotContain("text of the message", "s3cret");
    }
}
