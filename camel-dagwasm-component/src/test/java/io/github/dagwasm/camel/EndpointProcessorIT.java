package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.text.Text;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ForkJoinPool;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.CamelEvent;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.EventNotifierSupport;
import org.junit.jupiter.api.Test;

/** What an endpoint gets and what becomes of its answer, with Camel's own components. */
class EndpointProcessorIT extends AskingFixture {

    @Test
    void theAnswerIsTheText() {
        camel.routes(r -> r.from("direct:service").setBody(r.simple("<${body}>")));

        Exchange exchange = asked("", "grüße");

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("<GRÜSSE>");
        assertThat(asked(exchange).metadata()).isEmpty();
        assertThat(asked(exchange).tries()).isEqualTo(1);
        assertThat(asked(exchange).backend()).isEqualTo("camel");
    }

    @Test
    void withIntentAnalyzeTheAnswerIsMetadataAndTheTextStays() {
        camel.routes(r -> r.from("direct:service").setBody(r.simple("<${body}>")));

        Exchange exchange = asked("intent: analyze", "abc");

        assertThat(exchange.getMessage().getBody()).isEqualTo("ABC");
        assertThat(asked(exchange).metadata()).isEqualTo(Map.of("result", "<ABC>"));
    }

    @Test
    void aPatternWithoutAnAnswerLeavesTheText() {
        AtomicReference<ExchangePattern> pattern = new AtomicReference<>();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(e -> pattern.set(e.getPattern()))
                                .setBody(r.constant("ignored")));

        Exchange exchange = asked("pattern: InOnly", "abc");

        assertThat(exchange.getMessage().getBody()).isEqualTo("ABC");
        assertThat(pattern).hasValue(ExchangePattern.InOnly);
    }

    @Test
    void theEndpointGetsTheListedHeadersAndNothingElse() {
        AtomicReference<Map<String, Object>> headers = new AtomicReference<>();
        AtomicReference<Map<String, Object>> properties = new AtomicReference<>();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(e -> headers.set(Map.copyOf(e.getMessage().getHeaders())))
                                .process(e -> properties.set(Map.copyOf(e.getAllProperties()))));
        route(asking("direct:service", "headers: [tenant, Priority, absent]"));
        camel.context.start();

        Exchange exchange =
                camel.exchange(
                        "direct:in",
                        e -> {
                            e.getMessage().setBody("abc");
                            e.getMessage().setHeader("Tenant", "acme");
                            e.getMessage().setHeader("priority", 5);
                            e.getMessage().setHeader("secret", "none of yours");
                            e.setProperty("secret", "none of yours");
                            e.setProperty(ExchangePropertyKey.CHARSET_NAME, "ISO-8859-2");
                        });

        assertThat(exchange.getException()).isNull();
        assertThat(headers.get()).isEqualTo(Map.of("tenant", "acme", "Priority", "5"));
        assertThat(properties.get())
                .containsEntry(Exchange.CHARSET_NAME, "UTF-8")
                .containsEntry(Exchange.CORRELATION_ID, exchange.getExchangeId())
                .doesNotContainKey("secret");
        assertThat(exchange.getProperty(ExchangePropertyKey.CHARSET_NAME)).isEqualTo("ISO-8859-2");
        assertThat(exchange.getMessage().getHeaders()).containsEntry("secret", "none of yours");
    }

    /** Camel keeps the open spans there. */
    @Test
    void theEndpointGetsTheTraceOfTheMessage() {
        AtomicReference<Map<String, Object>> properties = new AtomicReference<>();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(e -> properties.set(Map.copyOf(e.getAllProperties()))));
        route(asking("direct:service", "headers: []"));
        camel.context.start();
        Object span = new Object();
        Object adapted = new Object();

        camel.exchange(
                "direct:in",
                e -> {
                    e.getMessage().setBody("abc");
                    e.setProperty("tracing.activeSpan", span);
                    e.setProperty("OpenTracing.activeSpan", adapted);
                });

        assertThat(properties.get())
                .containsEntry("tracing.activeSpan", span)
                .containsEntry("OpenTracing.activeSpan", adapted);
    }

    @Test
    void theListedHeadersOfTheAnswerReplaceThoseOfTheMessage() {
        camel.routes(
                r ->
                        r.from("direct:service")
                                .setHeader("tenant")
                                .constant("other")
                                .setHeader("count")
                                .constant(7)
                                .setHeader("unlisted")
                                .constant("x")
                                .process(e -> e.getMessage().setHeader("list", List.of(1))));
        route(asking("direct:service", "result_headers: [Tenant, count, list]"));
        camel.context.start();

        Exchange exchange =
                camel.exchange(
                        "direct:in",
                        e -> {
                            e.getMessage().setBody("abc");
                            e.getMessage().setHeader("tenant", "acme");
                            e.getMessage().setHeader("list", "mine");
                        });

        assertThat(exchange.getMessage().getHeaders())
                .containsEntry("tenant", "other")
                .containsEntry("count", "7")
                .containsEntry("list", "mine")
                .doesNotContainKey("unlisted");
    }

    @Test
    void aHeaderOfTheAnswerThatIsTooLongFailsTheProcessor() {
        camel.routes(r -> r.from("direct:service").setHeader("long").constant("x".repeat(8193)));

        Exchange exchange = asked("result_headers: [long]", "abc");

        assertThat(failure(exchange))
                .isEqualTo(
                        "pipeline 'asking': processor 'ask' (direct:service): the header 'long': the"
                                + " limit of 8192 header characters is exceeded: 8193 asked for"
                                + " (option none, it is fixed; shorten the header before, or leave"
                                + " it out of options.result_headers)");
    }

    @Test
    void aFailureThatTheRouteHasHandledIsNone() {
        camel.routes(
                r ->
                        r.from("direct:service")
                                .onException(IOException.class)
                                .handled(true)
                                .setBody(r.constant("instead"))
                                .end()
                                .process(e -> throwIt(new IOException("gone"))));

        assertThat(asked("", "abc").getMessage().getBody()).isEqualTo("instead");
    }

    @Test
    void aRouteThatStopsHasAnswered() {
        camel.routes(
                r ->
                        r.from("direct:service")
                                .setBody(r.constant("so far"))
                                .stop()
                                .setBody(r.constant("never")));
        camel.routes(r -> r.from("direct:after").setBody(r.simple("${body}!")));
        camel.routes(r -> r.from("direct:in").to(asking("direct:service", "")).to("direct:after"));
        camel.context.start();

        assertThat(camel.send("direct:in", "abc").getMessage().getBody()).isEqualTo("so far!");
    }

    @Test
    void aRouteThatRollsBackHasFailed() {
        camel.routes(r -> r.from("direct:service").markRollbackOnly());

        Exchange exchange = asked("", "abc");

        assertThat(failure(exchange))
                .isEqualTo(
                        "pipeline 'asking': processor 'ask' (direct:service): the route behind it"
                                + " has marked its exchange for rollback");
        assertThat(exchange.isRollbackOnly()).isFalse();
    }

    @Test
    void retriesAreCountedAndTheLastTrysAnswerCounts() {
        AtomicInteger calls = new AtomicInteger();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(
                                        e -> {
                                            if (calls.incrementAndGet() < 3) {
                                                throw new IOException("gone");
                                            }
                                        }));

        Exchange exchange =
                sent(
                        camel.pipeline(
                                "asking",
                                "executor_options: { retry_attempts: 4 }\n"
                                        + ASKING.formatted("direct:service", "")),
                        "abc");

        assertThat(exchange.getException()).isNull();
        assertThat(asked(exchange).tries()).isEqualTo(3);
        assertThat(report(exchange).processors().get(0).tries()).isEqualTo(1);
    }

    @Test
    void anAnswerThatSedaBringsOnAnotherThreadIsTheText() {
        camel.routes(r -> r.from("seda:service").setBody(r.simple("<${body}>")));

        Exchange exchange = sent(asking("seda:service", ""), "abc");

        assertThat(exchange.getMessage().getBody()).isEqualTo("<ABC>");
    }

    @Test
    void aFileWrittenIsOfUtf8() throws IOException {
        Exchange exchange = sent(asking("file:" + folder + "?fileName=out.txt", ""), "grüße, 世界");

        assertThat(exchange.getMessage().getBody()).isEqualTo("GRÜSSE, 世界");
        assertThat(Files.readString(folder.resolve("out.txt"))).isEqualTo("GRÜSSE, 世界");
    }

    @Test
    void whatWaitsForTheEndOfTheExchangeIsToldAfterTheAnswerIsRead() {
        AtomicReference<String> read = new AtomicReference<>();
        AtomicInteger closed = new AtomicInteger();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .streamCache("false")
                                .process(
                                        e -> {
                                            InputStream body = once(closed);
                                            e.getMessage().setBody(body);
                                            e.getExchangeExtension()
                                                    .addOnCompletion(
                                                            new OnEnd(
                                                                    () ->
                                                                            read.set(
                                                                                    closed.get()
                                                                                            + " closed")));
                                        }));

        Exchange exchange = asked("", "abc");

        assertThat(exchange.getMessage().getBody()).isEqualTo("once");
        assertThat(read).hasValue("1 closed");
        assertThat(camel.context.getInflightRepository().size()).isZero();
    }

    private static InputStream once(AtomicInteger closed) {
        return new ByteArrayInputStream("once".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.set(1);
            }
        };
    }

    private record OnEnd(Runnable action) implements Synchronization {
        @Override
        public void onComplete(Exchange exchange) {
            action.run();
        }

        @Override
        public void onFailure(Exchange exchange) {
            action.run();
        }
    }

    @Test
    void aPipelineBehindAPipelineIsAnEndpointLikeOthers() {
        String inner =
                camel.pipeline(
                        "inner",
                        "processors: [ { id: reverse, backend: local, impl: reverse_text } ]");

        Exchange exchange = sent(asking(inner, ""), "abc");

        assertThat(exchange.getMessage().getBody()).isEqualTo("CBA");
    }

    @Test
    void eventsTellOfTheSend() {
        List<String> events = new CopyOnWriteArrayList<>();
        camel.context
                .getManagementStrategy()
                .addEventNotifier(
                        new EventNotifierSupport() {
                            @Override
                            public void notify(CamelEvent event) {
                                if (event instanceof CamelEvent.ExchangeSendingEvent e) {
                                    events.add("sending " + e.getEndpoint());
                                } else if (event instanceof CamelEvent.ExchangeSentEvent e) {
                                    events.add("sent " + e.getEndpoint());
                                }
                            }
                        });
        camel.routes(r -> r.from("direct:service").setBody(r.constant("x")));

        var unused = asked("", "abc");

        assertThat(events).containsSubsequence("sending direct://service", "sent direct://service");
    }

    @Test
    void aCallWhoseRunHasGoneOnWithoutItIsNotSent() throws Exception {
        AtomicInteger sent = new AtomicInteger();
        camel.routes(r -> r.from("direct:service").process(e -> sent.incrementAndGet()));
        camel.context.start();
        var endpoint = camel.context.getEndpoint("direct:service");
        EndpointProcessor processor =
                new EndpointProcessor(
                        new EndpointSettings(
                                "ask",
                                "direct:service",
                                Optional.empty(),
                                10,
                                "limits.output_bytes",
                                Intent.TRANSFORM,
                                false,
                                List.of(),
                                List.of(),
                                List.of()),
                        new EndpointUri("direct:service"),
                        endpoint,
                        endpoint.createAsyncProducer(),
                        new EndpointThreads(
                                ForkJoinPool.commonPool(),
                                new BoundedPool(Runnable::run, 1, 1),
                                1,
                                1));

        assertThat(processor.process(new OverCall())).isCancelled();
        assertThat(sent).hasValue(0);
    }

    private record OverCall() implements ProcessorCall {
        @Override
        public Text text() {
            return Text.EMPTY;
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of();
        }

        @Override
        public long remainingNanos() {
            return NO_DEADLINE;
        }

        @Override
        public boolean cancelled() {
            return true;
        }
    }
}
