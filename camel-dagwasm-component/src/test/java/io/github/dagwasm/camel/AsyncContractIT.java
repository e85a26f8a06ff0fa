package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.TimeUnit;
import org.apache.camel.AsyncCallback;
import org.apache.camel.AsyncProducer;
import org.apache.camel.Exchange;
import org.apache.camel.Processor;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** On which threads runs settle, and what the callback is told. */
class AsyncContractIT {

    private static final String FAN_OUT =
            """
            executor_options: { max_concurrency: 2 }
            output: left
            processors:
              - { id: left, backend: local, impl: meet }
              - { id: right, backend: local, impl: meet }
            """;

    private static final String TIMED =
            "processors: [ { id: p, backend: local, impl: %s, timeout_seconds: %s } ]";

    @TempDir Path folder;

    private CamelFixture camel;
    private final CountDownLatch release = new CountDownLatch(1);
    private final CyclicBarrier both = new CyclicBarrier(2);
    private final Set<Thread> threads = ConcurrentHashMap.newKeySet();

    /** Each call of the callback, with the thread it came on. */
    private final List<Map.Entry<Boolean, Thread>> calls = new CopyOnWriteArrayList<>();

    private final AsyncCallback callback =
            doneSync -> calls.add(Map.entry(doneSync, Thread.currentThread()));

    @BeforeEach
    void start() {
        camel = new CamelFixture(folder);
        bind(
                "waiting",
                call -> {
                    release.await();
                    return ProcessorResult.of("late");
                });
        bind(
                "deaf",
                call -> {
                    awaitDeaf();
                    return ProcessorResult.of("late");
                });
        bind(
                "meet",
                call -> {
                    both.await(10, TimeUnit.MINUTES);
                    return ProcessorResult.of(call.text());
                });
        bind(
                "noting",
                call -> {
                    threads.add(Thread.currentThread());
                    return ProcessorResult.of(call.text());
                });
        camel.context.start();
    }

    @AfterEach
    void stop() {
        release.countDown();
        camel.close();
    }

    private void bind(String name, TextProcessor processor) {
        camel.context.getRegistry().bind(name, TextProcessor.class, processor);
    }

    private void awaitDeaf() {
        boolean interrupted = false;
        while (true) {
            try {
                release.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    private AsyncProducer producer(String yaml) throws Exception {
        AsyncProducer producer =
                camel.context.getEndpoint(camel.pipeline("p", yaml)).createAsyncProducer();
        producer.start();
        return producer;
    }

    private Exchange exchange(String body) {
        Exchange exchange = new DefaultExchange(camel.context);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    @Test
    void aLinearRunSettlesOnTheCallersThread() throws Exception {
        AsyncProducer producer = producer(CamelFixture.UPPER);
        Exchange exchange = exchange("abc");

        boolean settledHere = producer.process(exchange, callback);

        assertThat(settledHere).isTrue();
        assertThat(calls).containsExactly(Map.entry(true, Thread.currentThread()));
        assertThat(exchange.getMessage().getBody()).isEqualTo("ABC");
    }

    @Test
    void anUnreadableBodySettlesOnTheCallersThread() throws Exception {
        AsyncProducer producer = producer(CamelFixture.UPPER);

        boolean settledHere = producer.process(exchange("\ud800"), callback);

        assertThat(settledHere).isTrue();
        assertThat(calls).containsExactly(Map.entry(true, Thread.currentThread()));
    }

    @Test
    void anErrorOfAProcessorIsAFailureOfItsExchange() throws Exception {
        NoClassDefFoundError error = new NoClassDefFoundError("gone");
        bind(
                "broken",
                call -> {
                    throw error;
                });
        AsyncProducer producer =
                producer("processors: [ { id: p, backend: local, impl: broken } ]");
        Exchange exchange = exchange("abc");

        boolean settledHere = producer.process(exchange, callback);

        assertThat(settledHere).isTrue();
        assertThat(calls).containsExactly(Map.entry(true, Thread.currentThread()));
        assertThat(exchange.getException())
                .isInstanceOf(RunFailedException.class)
                .hasRootCause(error);
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
    }

    @Test
    void aStoppedProducerSaysSo() throws Exception {
        AsyncProducer producer = producer(CamelFixture.UPPER);
        producer.stop();
        Exchange exchange = exchange("abc");

        boolean settledHere = producer.process(exchange, callback);

        assertThat(settledHere).isTrue();
        assertThat(calls).hasSize(1);
        assertThat(exchange.getException())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(producer.getEndpoint() + " is not started");
    }

    @Test
    void aLocalProcessorWithATimeoutSettlesElsewhere() throws Exception {
        AsyncProducer producer = producer(TIMED.formatted("waiting", 30));
        Exchange exchange = exchange("abc");

        boolean settledHere = producer.process(exchange, callback);
        List<Map.Entry<Boolean, Thread>> before = List.copyOf(calls);
        release.countDown();
        await().until(() -> !calls.isEmpty());
        producer.stop();

        assertThat(settledHere).isFalse();
        assertThat(before).isEmpty();
        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).getKey()).isFalse();
        assertThat(calls.get(0).getValue()).isNotSameAs(Thread.currentThread());
        assertThat(exchange.getMessage().getBody()).isEqualTo("late");
    }

    @Test
    void aLateAnswerTouchesTheExchangeNoMore() throws Exception {
        AsyncProducer producer = producer(TIMED.formatted("deaf", 0.05));
        Exchange exchange = exchange("abc");

        boolean settledHere = producer.process(exchange, callback);
        await().until(() -> !calls.isEmpty());
        Exception failure = exchange.getException();
        exchange.setException(null);
        exchange.getMessage().setBody("of somebody else");
        release.countDown();
        await().until(AsyncContractIT::nobodyWorks);

        assertThat(settledHere).isFalse();
        assertThat(failure)
                .isInstanceOf(RunFailedException.class)
                .hasCauseInstanceOf(ProcessorTimeoutException.class);
        assertThat(calls).hasSize(1);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("of somebody else");
    }

    private static boolean nobodyWorks() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(e -> e.getKey().getName().contains("dagwasm"))
                .flatMap(e -> Arrays.stream(e.getValue()))
                .noneMatch(frame -> frame.getClassName().startsWith("io.github.dagwasm"));
    }

    @RepeatedTest(50)
    void aFanOutTellsTheCallbackOnceAndTheTruth() throws Exception {
        AsyncProducer producer = producer(FAN_OUT);
        Exchange exchange = exchange("abc");
        Thread caller = Thread.currentThread();

        boolean settledHere = producer.process(exchange, callback);
        await().until(() -> !calls.isEmpty());
        producer.stop();

        assertThat(calls).hasSize(1);
        assertThat(calls.get(0).getKey()).isEqualTo(settledHere);
        assertThat(calls.get(0).getValue() == caller).isEqualTo(settledHere);
        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
    }

    @Test
    void aTransactedExchangeStaysOnItsThread() {
        List<Thread> route = new ArrayList<>();
        Processor note = e -> route.add(Thread.currentThread());
        String wide = camel.pipeline("wide", wide());
        camel.routes(
                routes ->
                        routes.from("direct:transacted")
                                .process(e -> e.getUnitOfWork().beginTransactedBy("test"))
                                .process(note)
                                .to(wide)
                                .process(note)
                                .process(e -> e.getUnitOfWork().endTransactedBy("test")));

        Exchange result = camel.send("direct:transacted", "abc");

        assertThat(result.getException()).isNull();
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(route).containsExactly(Thread.currentThread(), Thread.currentThread());
    }

    private static String wide() {
        StringBuilder yaml = new StringBuilder("output: p0\nprocessors:\n");
        for (int i = 0; i < 50; i++) {
            yaml.append("  - { id: p").append(i).append(", backend: local, impl: noting, ");
            yaml.append("timeout_seconds: 30 }\n");
        }
        return yaml.toString();
    }

    @Test
    void aTransactedRunThatIsStoppedStaysOnItsThreadToo() {
        String timed = camel.pipeline("timed", TIMED.formatted("waiting", 0.05));
        List<Thread> failed = new ArrayList<>();
        camel.routes(
                routes ->
                        routes.from("direct:transacted")
                                .process(e -> e.getUnitOfWork().beginTransactedBy("test"))
                                .doTry()
                                .to(timed)
                                .doCatch(RunFailedException.class)
                                .process(e -> failed.add(Thread.currentThread()))
                                .end()
                                .process(e -> e.getUnitOfWork().endTransactedBy("test")));

        Exchange result = camel.send("direct:transacted", "abc");

        assertThat(result.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessage(
                        "pipeline 'timed': processor 'p': stopped after 0.05 s"
                                + " (processors[0].timeout_seconds)");
        assertThat(failed).containsExactly(Thread.currentThread());
        assertThat(Thread.interrupted()).isFalse();
    }
}
