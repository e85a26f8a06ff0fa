package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.apache.camel.spi.ManagementStrategy;
import org.apache.camel.spi.ThreadPoolProfile;
import org.apache.camel.support.DefaultThreadPoolFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What start and stop of endpoints, routes and contexts mean. */
class LifeCycleIT {

    private static final String BAD =
            "processors:\n  - { id: a, backend: local, impl: reverse_txt }";

    private static final String ENDLESS =
            """
            processors:
              - { id: note, backend: local, impl: note }
              - { id: endless, backend: wasm, module: endless.wasm, depends_on: [note], timeout_seconds: 600 }
            """;

    private static final String WAITING =
            """
            processors:
              - { id: fragile, backend: local, impl: fragile }
              - { id: wait, backend: local, impl: wait, depends_on: [fragile], timeout_seconds: 600 }
            """;

    @TempDir Path folder;

    private CamelFixture camel;
    private final CountDownLatch running = new CountDownLatch(1);
    private final CountDownLatch release = new CountDownLatch(1);

    @BeforeEach
    void prepare() {
        camel = new CamelFixture(folder);
        TextProcessor note =
                call -> {
                    running.countDown();
                    return ProcessorResult.of(call.text());
                };
        TextProcessor wait =
                call -> {
                    running.countDown();
                    release.await();
                    return ProcessorResult.of("waited");
                };
        camel.context.getRegistry().bind("note", TextProcessor.class, note);
        camel.context.getRegistry().bind("wait", TextProcessor.class, wait);
        camel.module("endless", TestModules.endlessLoop());
    }

    @AfterEach
    void stop() {
        release.countDown();
        camel.close();
    }

    private void route(String id, String from, String to) {
        camel.routes(routes -> routes.from(from).routeId(id).to(to));
    }

    private DagWasmEndpoint endpoint(String uri) {
        return camel.context.getEndpoint(uri, DagWasmEndpoint.class);
    }

    private List<String> threads() {
        return ComponentThreads.of(camel.context);
    }

    @Test
    void anEndpointLoadsNothing() {
        camel.context.start();

        DagWasmEndpoint endpoint = endpoint("dagwasm:pipeline:file:/nowhere/a.yaml");

        assertThat(endpoint.pipeline()).isEmpty();
        assertThat(threads()).isEmpty();
    }

    @Test
    void anEndpointIsNoRemoteSystem() {
        assertThat(endpoint("dagwasm:local:reverse_text").isRemote()).isFalse();
    }

    @Test
    void aBadFileFailsTheStartWithItsLine() {
        route("bad", "direct:in", camel.pipeline("bad", BAD));

        Throwable thrown = catchThrowable(camel.context::start);

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "%s:2:36: processors[0].impl: no impl 'reverse_txt' (did you mean 'reverse_text'?)",
                        folder.resolve("bad.dagwasm.yaml"));
    }

    @Test
    void aMissingFileFailsTheStart() {
        route("missing", "direct:in", "dagwasm:pipeline:file:" + folder.resolve("none.yaml"));

        Throwable thrown = catchThrowable(camel.context::start);

        assertThat(thrown).rootCause().isInstanceOf(PipelineFileException.class);
        assertThat(thrown).rootCause().hasMessageContaining("none.yaml");
    }

    @Test
    void aLazyProducerLoadsAtItsFirstMessageAndTriesAgain() {
        route("lazy", "direct:in", camel.pipeline("p", BAD) + "?lazyStartProducer=true");
        camel.context.start();

        Exchange first = camel.send("direct:in", "abc");
        camel.pipeline("p", CamelFixture.UPPER);
        Exchange second = camel.send("direct:in", "abc");

        assertThat(first.getException()).isInstanceOf(PipelineFileException.class);
        assertThat(first.getMessage().getBody()).isEqualTo("abc");
        assertThat(second.getException()).isNull();
        assertThat(second.getMessage().getBody()).isEqualTo("ABC");
    }

    @Test
    void producersOfOneEndpointShareItsPipelineUntilTheLastStops() throws Exception {
        String uri = camel.pipeline("p", CamelFixture.UPPER);
        route("one", "direct:one", uri);
        route("two", "direct:two", uri);
        camel.context.start();
        var both = endpoint(uri).pipeline();

        camel.context.getRouteController().stopRoute("one");
        var oneLeft = endpoint(uri).pipeline();
        Exchange result = camel.send("direct:two", "abc");
        camel.context.getRouteController().stopRoute("two");

        assertThat(both).isPresent();
        assertThat(oneLeft).containsSame(both.get());
        assertThat(result.getMessage().getBody()).isEqualTo("ABC");
        assertThat(endpoint(uri).pipeline()).isEmpty();
    }

    @Test
    void aRouteThatStopsLetsItsRunsEnd() throws Exception {
        route("in", "direct:in", "dagwasm:local:wait");
        camel.context.start();

        CompletableFuture<Object> answer = camel.template.asyncRequestBody("direct:in", "abc");
        running.await();
        CompletableFuture<Void> stopping = CompletableFuture.runAsync(this::stopRoute);
        await().during(500, TimeUnit.MILLISECONDS).until(() -> !stopping.isDone());
        boolean answered = answer.isDone();
        release.countDown();
        stopping.get(10, TimeUnit.MINUTES);

        assertThat(answered).isFalse();
        assertThat(answer.get(10, TimeUnit.MINUTES)).isEqualTo("waited");
    }

    private void stopRoute() {
        try {
            camel.context.getRouteController().stopRoute("in");
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void aForcedStopEndsWhatWouldNeverEnd() throws Exception {
        String uri = camel.pipeline("endless", ENDLESS);
        route("in", "direct:in", uri);
        camel.context.getShutdownStrategy().setTimeout(1);
        camel.context.start();
        sendNoEvents();
        DagWasmEndpoint endpoint = endpoint(uri);

        CompletableFuture<Exchange> answer =
                camel.template.asyncSend("direct:in", e -> e.getMessage().setBody("abc"));
        running.await();
        camel.context.stop();
        Exchange result = answer.get(10, TimeUnit.MINUTES);

        assertThat(result.getException())
                .isInstanceOf(RunFailedException.class)
                .hasMessage("pipeline 'endless': the run was cancelled");
        assertThat(result.getMessage().getBody()).isEqualTo("abc");
        assertThat(endpoint.pipeline()).isEmpty();
        await().until(() -> threads().isEmpty());
    }

    /**
     * Camel tells its events by index, and fails an exchange when a stop empties the list there.
     */
    private void sendNoEvents() {
        ManagementStrategy management = camel.context.getManagementStrategy();
        List.copyOf(management.getEventNotifiers()).forEach(management::removeEventNotifier);
    }

    @Test
    void aForcedStopTellsOfItsExchangesThoughAProcessorCannotBeClosed() throws Exception {
        camel.context.getRegistry().bind("fragile", new FragileFactory());
        route("in", "direct:in", camel.pipeline("p", WAITING));
        camel.context.start();

        CompletableFuture<Exchange> answer =
                camel.template.asyncSend("direct:in", e -> e.getMessage().setBody("abc"));
        running.await();
        camel.context.getRouteController().stopRoute("in", 1, TimeUnit.MILLISECONDS);

        assertThat(answer.get(10, TimeUnit.MINUTES).getException())
                .hasMessage("pipeline 'p': the run was cancelled");
    }

    /** Its processor breaks when it is closed, as one does whose classes are gone. */
    private static final class FragileFactory implements TextProcessorFactory {

        @Override
        public String name() {
            return "fragile";
        }

        @Override
        public TextProcessor create(KeyValues options) {
            return new TextProcessor() {
                @Override
                public ProcessorResult process(ProcessorCall call) {
                    return ProcessorResult.of(call.text());
                }

                @Override
                public void close() {
                    throw new NoClassDefFoundError("gone");
                }
            };
        }
    }

    @Test
    void aRouteReadsItsFileAnewWhenItStartsAgain() throws Exception {
        String uri = camel.pipeline("p", CamelFixture.UPPER);
        route("in", "direct:in", uri);
        camel.context.start();

        Exchange before = camel.send("direct:in", "aBc");
        camel.context.getRouteController().stopRoute("in");
        camel.pipeline("p", CamelFixture.UPPER.replace("case_upper", "case_lower"));
        camel.context.getRouteController().startRoute("in");
        Exchange after = camel.send("direct:in", "aBc");

        assertThat(before.getMessage().getBody()).isEqualTo("ABC");
        assertThat(after.getMessage().getBody()).isEqualTo("abc");
    }

    @Test
    void aContextStartsAgain() {
        route("in", "direct:in", camel.pipeline("p", CamelFixture.UPPER));
        camel.context.start();
        camel.context.stop();
        await().until(() -> threads().isEmpty());

        camel.context.start();
        Object body = camel.context.createProducerTemplate().requestBody("direct:in", "abc");

        assertThat(body).isEqualTo("ABC");
    }

    @Test
    void aSuspendedRouteGoesOn() throws Exception {
        route("in", "seda:in", camel.pipeline("p", CamelFixture.UPPER));
        camel.context.start();

        camel.context.getRouteController().suspendRoute("in");
        camel.context.getRouteController().resumeRoute("in");

        assertThat(camel.template.requestBody("seda:in", "abc")).isEqualTo("ABC");
    }

    @Test
    void theThreadsAreCamelsAndGoWithTheContext() {
        List<ExecutorService> pools = new ArrayList<>();
        List<String> names = new ArrayList<>();
        camel.context.getExecutorServiceManager().setThreadPoolFactory(noting(names, pools));
        route("in", "direct:in", camel.pipeline("p", CamelFixture.UPPER));
        camel.context.start();
        List<Boolean> shutDownBefore = pools.stream().map(ExecutorService::isShutdown).toList();

        camel.context.stop();

        assertThat(names).contains("dagwasm", "dagwasm-deadlines");
        assertThat(shutDownBefore).containsOnly(false);
        assertThat(pools).allMatch(ExecutorService::isShutdown);
    }

    private static DefaultThreadPoolFactory noting(
            List<String> names, List<ExecutorService> pools) {
        return new DefaultThreadPoolFactory() {
            @Override
            public ExecutorService newThreadPool(ThreadPoolProfile profile, ThreadFactory factory) {
                ExecutorService pool = super.newThreadPool(profile, factory);
                names.add(profile.getId());
                pools.add(pool);
                return pool;
            }

            @Override
            public ScheduledExecutorService newScheduledThreadPool(
                    ThreadPoolProfile profile, ThreadFactory factory) {
                ScheduledExecutorService pool = super.newScheduledThreadPool(profile, factory);
                names.add(profile.getId());
                pools.add(pool);
                return pool;
            }
        };
    }
}
