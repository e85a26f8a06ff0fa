package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** All runs of a component share one pool, whichever endpoints they are of. */
class OnePoolIT {

    private static final int POOL_SIZE = 2;
    private static final int CALLERS = 6;

    @TempDir Path folder;

    private CamelFixture camel;
    private final Set<Thread> pooled = ConcurrentHashMap.newKeySet();
    private final AtomicInteger working = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();
    private final CountDownLatch poolHasCome = new CountDownLatch(1);

    @BeforeEach
    void prepare() {
        camel = new CamelFixture(folder);
        TextProcessor busy = this::busy;
        camel.context.getRegistry().bind("busy", TextProcessor.class, busy);
        camel.context.getComponent("dagwasm", DagWasmComponent.class).setPoolSize(POOL_SIZE);
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    /**
     * Counts who works on the pool; long enough for others to come in, if they may. A caller waits
     * for the pool's first thread: else it may have done everything before that one has started.
     */
    private ProcessorResult busy(ProcessorCall call) throws InterruptedException {
        Thread thread = Thread.currentThread();
        if (!thread.getName().contains("dagwasm")) {
            assertThat(poolHasCome.await(10, TimeUnit.MINUTES)).isTrue();
        } else {
            poolHasCome.countDown();
            pooled.add(thread);
            most.accumulateAndGet(working.incrementAndGet(), Math::max);
            boolean unused = new CountDownLatch(1).await(5, TimeUnit.MILLISECONDS);
            working.decrementAndGet();
        }
        return ProcessorResult.of(call.text());
    }

    private static String wide() {
        StringBuilder yaml = new StringBuilder("output: p0\nexecutor_options: ");
        yaml.append("{ max_concurrency: 8 }\nprocessors:\n");
        for (int i = 0; i < 8; i++) {
            yaml.append("  - { id: p").append(i).append(", backend: local, impl: busy, ");
            yaml.append("timeout_seconds: 60 }\n");
        }
        return yaml.toString();
    }

    @Test
    void runsOfSeveralPipelinesAtOnceKeepItsBound() throws Exception {
        String one = camel.pipeline("one", wide());
        String two = camel.pipeline("two", wide());
        camel.routes(
                routes -> {
                    routes.from("direct:one").to(one);
                    routes.from("direct:two").to(two);
                });
        camel.context.start();

        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            String uri = i % 2 == 0 ? "direct:one" : "direct:two";
            answers.add(camel.template.asyncRequestBody(uri, "abc"));
        }

        for (CompletableFuture<Object> answer : answers) {
            assertThat(answer.get(10, TimeUnit.MINUTES)).isEqualTo("abc");
        }
        assertThat(most).hasValueBetween(1, POOL_SIZE);
        assertThat(pooled).hasSizeBetween(1, POOL_SIZE);
    }

    /** What follows a pipeline may keep its threads for as long as it likes. */
    @Test
    void whatComesAfterAPipelineKeepsNoOtherMessageFromStarting() throws Exception {
        String timed =
                camel.pipeline(
                        "timed",
                        "processors: [{ id: p, backend: local, impl: busy, timeout_seconds: 600 }]\n");
        AtomicInteger come = new AtomicInteger();
        CountDownLatch held = new CountDownLatch(1);
        camel.routes(
                routes ->
                        routes.from("direct:timed")
                                .to(timed)
                                .process(
                                        e -> {
                                            come.incrementAndGet();
                                            held.await();
                                        }));
        camel.context.start();
        List<CompletableFuture<Object>> answers = new ArrayList<>();
        for (int i = 0; i < CALLERS; i++) {
            answers.add(camel.template.asyncRequestBody("direct:timed", "abc"));
        }

        await().until(() -> come.get() == CALLERS);
        held.countDown();

        for (CompletableFuture<Object> answer : answers) {
            assertThat(answer.get(10, TimeUnit.MINUTES)).isEqualTo("abc");
        }
    }

    @Test
    void camelMainSetsItsSize() throws Exception {
        Main main = new Main();
        main.addInitialProperty("camel.component.dagwasm.pool-size", "7");
        main.configure().addRoutesBuilder(new NoRoutes());
        try {
            main.start();

            assertThat(
                            main.getCamelContext()
                                    .getComponent("dagwasm", DagWasmComponent.class)
                                    .getPoolSize())
                    .isEqualTo(7);
        } finally {
            main.stop();
        }
    }

    @Test
    void aSizeThatIsNoneIsRefused() {
        DagWasmComponent component = new DagWasmComponent();

        assertThatThrownBy(() -> component.setPoolSize(0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("poolSize must be >= 1, but is 0");
    }

    private static final class NoRoutes extends RouteBuilder {

        @Override
        public void configure() {}
    }
}
