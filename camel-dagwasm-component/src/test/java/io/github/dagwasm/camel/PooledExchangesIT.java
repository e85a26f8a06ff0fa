package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.apache.camel.Exchange;
import org.apache.camel.impl.engine.PooledExchangeFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Exchanges that Camel uses again for the next message, under load, with failures of all kinds. */
class PooledExchangesIT {

    private static final int MESSAGES = 3000;

    private static final String PIPELINE =
            """
            executor_options: { max_concurrency: 3 }
            output: append
            processors:
              - { id: count, backend: local, impl: token_counter }
              - { id: other, backend: local, impl: work }
              - { id: work, backend: local, impl: work, timeout_seconds: 60 }
              - { id: slow, backend: local, impl: slow, timeout_seconds: 3 }
              - { id: append, backend: wasm, module: append.wasm, depends_on: [count, other, work, slow] }
            """;

    @TempDir Path folder;

    private CamelFixture camel;
    private final CountDownLatch end = new CountDownLatch(1);

    /** What became of each message, as seen by the route after the pipeline. */
    private final Queue<String> answers = new ConcurrentLinkedQueue<>();

    @BeforeEach
    void start() {
        camel = new CamelFixture(folder);
        camel.module("append", TestModules.append("!"));
        camel.context.getCamelContextExtension().setExchangeFactory(new PooledExchangeFactory());
        camel.context.getComponent("dagwasm", DagWasmComponent.class).setPoolSize(32);
        bind("work", PooledExchangesIT::work);
        bind("slow", this::slow);
        String pipeline = camel.pipeline("pooled", PIPELINE);
        camel.routes(
                routes -> {
                    routes.onException(Throwable.class).handled(true).process(this::failed);
                    routes.from("seda:in?concurrentConsumers=4&size=" + MESSAGES)
                            .to(pipeline)
                            .process(this::succeeded);
                });
        camel.context.start();
    }

    @AfterEach
    void stop() {
        end.countDown();
        camel.close();
    }

    private void bind(String name, TextProcessor processor) {
        camel.context.getRegistry().bind(name, TextProcessor.class, processor);
    }

    private static ProcessorResult work(ProcessorCall call) {
        if (call.text().string().endsWith("boom")) {
            throw new IllegalStateException("boom");
        }
        return ProcessorResult.of(call.text());
    }

    /** Takes no notice of an interrupt, and comes back when all others are long done. */
    private ProcessorResult slow(ProcessorCall call) {
        while (call.text().string().endsWith("slow") && end.getCount() > 0) {
            try {
                end.await();
            } catch (InterruptedException e) {
                // It takes no notice.
            }
        }
        return ProcessorResult.of(call.text());
    }

    private void succeeded(Exchange exchange) {
        answers.add(
                exchange.getMessage().getBody()
                        + " "
                        + exchange.getMessage().getHeader("n")
                        + " "
                        + exchange.getMessage().getHeader(DagWasmConstants.PARTIAL));
    }

    private void failed(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        String why =
                failure instanceof RunFailedException
                        ? failure.getCause() instanceof ProcessorTimeoutException
                                ? "timeout"
                                : failure.getCause().getMessage()
                        : failure.toString();
        answers.add(
                exchange.getMessage().getBody()
                        + " "
                        + exchange.getMessage().getHeader("n")
                        + " "
                        + why);
    }

    @Test
    void everyMessageGetsItsOwnAnswerOnce() {
        assertThatEveryMessageGetsItsOwnAnswerOnce(1);
    }

    @Tag("ci")
    @Test
    void everyMessageOfAnySeedGetsItsOwnAnswerOnce() {
        assertThatEveryMessageGetsItsOwnAnswerOnce(new Random().nextLong());
    }

    private void assertThatEveryMessageGetsItsOwnAnswerOnce(long seed) {
        Random random = new Random(seed);
        Map<Integer, String> kinds = new TreeMap<>();
        for (int n = 0; n < MESSAGES; n++) {
            kinds.put(n, n % 250 == 100 ? "slow" : random.nextInt(3) == 0 ? "boom" : "fine");
        }

        kinds.forEach((n, kind) -> camel.template.sendBodyAndHeader("seda:in", n + kind, "n", n));
        await("seed " + seed).until(() -> answers.size() >= MESSAGES);
        end.countDown();

        List<String> expected =
                IntStream.range(0, MESSAGES).mapToObj(n -> answer(n, kinds.get(n))).toList();
        assertThat(answers).as("seed " + seed).containsExactlyInAnyOrderElementsOf(expected);
    }

    private static String answer(int n, String kind) {
        return switch (kind) {
            case "fine" -> n + "fine! " + n + " false";
            case "boom" -> n + "boom " + n + " java.lang.IllegalStateException: boom";
            default -> n + "slow " + n + " timeout";
        };
    }
}
