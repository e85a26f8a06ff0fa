package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.RealMdc;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.spi.AsyncProcessorAwaitManager;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.SynchronizationAdapter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.slf4j.MDC;

/**
 * The MDC of the thread that brings a message, on each thread that works for it, and afterwards on
 * none.
 */
class MdcIT extends EndpointFixture {

    @RegisterExtension final RealMdc mdc = new RealMdc();

    /** By place, the MDC and whether the thread was another than the caller's. */
    private final Map<String, String> seen = new ConcurrentHashMap<>();

    private final Map<String, Map<String, String>> maps = new ConcurrentHashMap<>();
    private final Thread caller = Thread.currentThread();
    private PoolThreads threads;

    @BeforeEach
    void bind() {
        threads = new PoolThreads(camel.context);
        local("look", () -> {});
    }

    @AfterEach
    void nothingIsLeft() {
        assertThat(threads.pools()).isGreaterThanOrEqualTo(2);
        MDC.clear();
        assertThat(threads.residues()).isEmpty();
    }

    private interface Work {
        void run() throws Exception;
    }

    private void local(String name, Work work) {
        TextProcessor processor =
                call -> {
                    look(name);
                    work.run();
                    return ProcessorResult.of(call.text().string() + "." + name);
                };
        camel.context.getRegistry().bind(name, TextProcessor.class, processor);
    }

    private void look(String place) {
        Map<String, String> map = MDC.getCopyOfContextMap();
        maps.put(place, map == null ? Map.of() : map);
        seen.put(
                place,
                (Thread.currentThread() == caller ? "caller " : "other ")
                        + (map == null ? null : map.get("tenant")));
    }

    private Processor looking(String place) {
        return exchange -> look(place);
    }

    /** Until then the caller may take the next processor itself. */
    private void waitUntilTheCallerWaits() {
        AsyncProcessorAwaitManager waiting =
                PluginHelper.getAsyncProcessorAwaitManager(camel.context);
        await().until(() -> waiting.size() == 1);
    }

    private void start(String pipeline) {
        String uri = camel.pipeline("orders", pipeline);
        camel.routes(r -> r.from("direct:in").routeId("in").to(uri).process(looking("after")));
        camel.context.start();
    }

    private Exchange sent(String tenant) {
        MDC.put("tenant", tenant);
        try {
            Exchange exchange = camel.send("direct:in", "text");
            assertThat(exchange.getException()).isNull();
            assertThat(MDC.get("tenant")).isEqualTo(tenant);
            return exchange;
        } finally {
            MDC.clear();
        }
    }

    @Test
    void javaProcessorsOnThePoolHaveIt() {
        start("processors: [ { id: a, backend: local, impl: look, timeout_seconds: 3600 } ]");

        sent("acme");

        assertThat(seen).isEqualTo(Map.of("look", "other acme", "after", "other acme"));
    }

    @Test
    void theLogLinesOfGuestsOnThePoolHaveIt() {
        TestModule.write(folder.resolve("log.wasm"), TestModules.log("hello", 5));
        local("wait", () -> await().until(() -> mdc.whenPut("dagwasm.pipeline").size() == 1));
        start(
                """
                processors:
                  - { id: wait, backend: local, impl: wait }
                  - { id: guest, backend: wasm, module: log.wasm }
                output: wait
                """);

        sent("acme");

        assertThat(mdc.whenPut("dagwasm.pipeline"))
                .singleElement()
                .satisfies(
                        line ->
                                assertThat(line)
                                        .containsEntry("tenant", "acme")
                                        .containsEntry("dagwasm.pipeline", "orders")
                                        .doesNotContainEntry("thread", caller.getName()));
    }

    @Test
    void aGuestSetsNothingInIt() {
        TestModule.write(
                folder.resolve("log.wasm"), TestModules.log("tenant=evil\ndagwasm.pipeline=x", 30));
        start(
                """
                processors:
                  - { id: guest, backend: wasm, module: log.wasm }
                  - { id: a, backend: local, impl: look, depends_on: [guest] }
                """);

        sent("acme");

        assertThat(mdc.whenPut("dagwasm.pipeline"))
                .isNotEmpty()
                .allSatisfy(
                        line ->
                                assertThat(line)
                                        .containsEntry("tenant", "acme")
                                        .containsEntry("dagwasm.pipeline", "orders")
                                        .doesNotContainValue("evil"));
        assertThat(maps.get("look")).isEqualTo(Map.of("tenant", "acme"));
    }

    @Test
    void endpointsHaveItAndSoHasTheThreadThatGoesOnWithTheMessage() {
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(looking("service"))
                                .process(e -> waitUntilTheCallerWaits()));
        start(
                """
                processors:
                  - { id: ask, backend: camel, endpoint: "direct:service" }
                  - { id: a, backend: local, impl: look, depends_on: [ask] }
                """);

        sent("acme");

        assertThat(seen)
                .isEqualTo(
                        Map.of(
                                "service", "other acme",
                                "look", "other acme",
                                "after", "other acme"));
    }

    /** A thread of others has its own MDC again when the run needs it no more. */
    @Test
    void aThreadOfOthersThatAnswersHasItWhileItWorksForTheRun() throws Exception {
        AtomicReference<Thread> answering = new AtomicReference<>();
        camel.context.addComponent(
                "awkward",
                new AwkwardComponent(
                        (exchange, callback) -> {
                            answering.set(
                                    new Thread(
                                            () -> {
                                                waitUntilTheCallerWaits();
                                                MDC.put("tenant", "its own");
                                                exchange.getExchangeExtension()
                                                        .addOnCompletion(ended("unit of work"));
                                                callback.done(false);
                                                look("answering");
                                            }));
                            answering.get().start();
                            return false;
                        }));
        start(
                """
                processors:
                  - { id: ask, backend: camel, endpoint: "awkward:service" }
                  - { id: a, backend: local, impl: look, depends_on: [ask] }
                """);

        sent("acme");
        answering.get().join();

        assertThat(seen)
                .isEqualTo(
                        Map.of(
                                "unit of work", "other acme",
                                "look", "other acme",
                                "after", "other acme",
                                "answering", "other its own"));
    }

    private Synchronization ended(String place) {
        return new SynchronizationAdapter() {
            @Override
            public void onDone(Exchange exchange) {
                look(place);
            }
        };
    }

    @Test
    void furtherTriesHaveIt() {
        AtomicInteger tries = new AtomicInteger();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(
                                        e -> {
                                            look("try " + tries.incrementAndGet());
                                            waitUntilTheCallerWaits();
                                            if (tries.get() < 3) {
                                                throw new IOException("not yet");
                                            }
                                        }));
        start(
                """
                processors:
                  - id: ask
                    backend: camel
                    endpoint: "direct:service"
                    retry: { attempts: 2, delay: 0.001 }
                """);

        sent("acme");

        assertThat(seen)
                .isEqualTo(
                        Map.of(
                                "try 1", "other acme",
                                "try 2", "other acme",
                                "try 3", "other acme",
                                "after", "other acme"));
    }

    /** All three pools: for processors, for endpoints and for deadlines and waits. */
    @Test
    void noThreadKeepsIt() {
        AtomicInteger tries = new AtomicInteger();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(
                                        e -> {
                                            if (tries.incrementAndGet() == 1) {
                                                throw new IOException("not yet");
                                            }
                                        }));
        start(
                """
                processors:
                  - { id: a, backend: local, impl: look, timeout_seconds: 3600 }
                  - id: ask
                    backend: camel
                    endpoint: "direct:service"
                    depends_on: [a]
                    retry: { attempts: 1, delay: 0.001 }
                """);

        sent("acme");

        assertThat(threads.pools()).isEqualTo(3);
        assertThat(threads.residues()).isEmpty();
    }

    /** Those of this MDC inherit what the thread had that was the reason for making them. */
    @Test
    void aMessageWithoutOneGetsNoneOfThoseBefore() {
        CyclicBarrier both = new CyclicBarrier(2);
        local("one", both::await);
        local("two", both::await);
        start(
                """
                executor_options: { max_concurrency: 2 }
                processors:
                  - { id: one, backend: local, impl: one, timeout_seconds: 3600 }
                  - { id: two, backend: local, impl: two, timeout_seconds: 3600 }
                output: one
                """);
        sent("acme");
        seen.clear();

        camel.send("direct:in", "text");

        assertThat(seen.values()).hasSize(3).allMatch(each -> each.endsWith(" null"));
        assertThat(seen.values()).contains("other null");
    }

    @Test
    @SuppressWarnings("deprecation") // Its successor, camel-mdc, is one among several ways.
    void camelsOwnEntriesGoAlong() {
        camel.context.setUseMDCLogging(true);
        camel.routes(r -> r.from("direct:service").routeId("service").process(looking("service")));
        start(
                """
                processors:
                  - { id: a, backend: local, impl: look, timeout_seconds: 3600 }
                  - { id: ask, backend: camel, endpoint: "direct:service", depends_on: [a] }
                """);

        Exchange exchange = sent("acme");

        String id = exchange.getExchangeId();
        assertThat(maps.get("look"))
                .containsEntry("camel.exchangeId", id)
                .containsEntry("camel.routeId", "in")
                .containsEntry("tenant", "acme");
        assertThat(maps.get("service"))
                .containsEntry("camel.correlationId", id)
                .containsEntry("camel.routeId", "service")
                .containsEntry("tenant", "acme");
        assertThat(maps.get("after"))
                .containsEntry("camel.exchangeId", id)
                .containsEntry("camel.routeId", "in")
                .containsEntry("tenant", "acme");
    }
}
