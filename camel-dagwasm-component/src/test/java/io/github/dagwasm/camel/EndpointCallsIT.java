package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunReport;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/**
 * Endpoints that are late, answer twice or never, block, throw: how calls of them begin and end.
 */
class EndpointCallsIT extends EndpointFixture {

    private static final String ASK =
            """
            %s
            processors:
              - id: ask
                backend: camel
                endpoint: awkward:one
                timeout_seconds: %s
            """;

    private static final String FAILED = "pipeline 'ask': processor 'ask' (awkward:one): ";

    private String ask(double seconds) {
        return camel.pipeline("ask", ASK.formatted("", seconds));
    }

    private void awkward(AwkwardComponent.Behaviour behaviour) {
        camel.context.addComponent("awkward", new AwkwardComponent(behaviour));
    }

    private void threads(int size) {
        camel.context.getComponent("dagwasm", DagWasmComponent.class).setEndpointPoolSize(size);
    }

    private int inFlight() {
        return camel.context.getInflightRepository().size();
    }

    @Test
    void anAnswerThatComesTwiceCountsOnce() {
        List<AsyncCallback> callbacks = new ArrayList<>();
        awkward(
                (exchange, callback) -> {
                    callbacks.add(callback);
                    exchange.getMessage().setBody("first");
                    callback.done(false);
                    exchange.getMessage().setBody("second");
                    callback.done(false);
                    return false;
                });

        Exchange exchange = sent(ask(30), "abc");
        callbacks.get(0).done(false);

        assertThat(exchange.getMessage().getBody()).isEqualTo("first");
        assertThat(inFlight()).isZero();
    }

    @Test
    void whoSaysThatItHasAnsweredHereNeedNotCallBack() {
        awkward(
                (exchange, callback) -> {
                    exchange.getMessage().setBody("here");
                    return true;
                });

        assertThat(sent(ask(30), "abc").getMessage().getBody()).isEqualTo("here");
    }

    @Test
    void whatAProducerThrowsIsTheProcessorsFailure() {
        awkward(
                (exchange, callback) -> {
                    throw new UnsupportedOperationException("not today");
                });

        Exchange exchange = sent(ask(30), "abc");

        assertThat(exchange.getException())
                .hasMessage(
                        FAILED
                                + "java.lang.IllegalStateException:"
                                + " java.lang.UnsupportedOperationException: not today");
        assertThat(inFlight()).isZero();
    }

    @Test
    void anErrorOfAProducerIsTheProcessorsFailureToo() {
        awkward(
                (exchange, callback) -> {
                    throw new StackOverflowError("deep");
                });

        assertThat(sent(ask(30), "abc").getException())
                .hasMessage(FAILED + "java.lang.StackOverflowError: deep");
    }

    @Test
    void anEndpointThatNeverAnswersIsGivenUpAtTheDeadlineAndItsLateAnswerDropped() {
        AtomicReference<Exchange> kept = new AtomicReference<>();
        AtomicReference<AsyncCallback> callback = new AtomicReference<>();
        awkward(
                (exchange, done) -> {
                    kept.set(exchange);
                    callback.set(done);
                    return false;
                });

        Exchange exchange = sent(ask(0.2), "abc");

        assertThat(exchange.getException())
                .hasMessage(FAILED + "stopped after 0.2 s (processors[0].timeout_seconds)");
        assertThat(inFlight()).isEqualTo(1);
        AtomicInteger closed = new AtomicInteger();
        kept.get().getMessage().setBody(closing(closed));
        callback.get().done(false);
        assertThat(closed).hasValue(1);
        assertThat(inFlight()).isZero();
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
    }

    private static InputStream closing(AtomicInteger closed) {
        return new ByteArrayInputStream("late".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    @Test
    void aProducerThatBlocksIsInterruptedAtTheDeadlineAndItsThreadUsedAgain() {
        List<Thread> calls = new CopyOnWriteArrayList<>();
        List<Boolean> interrupted = new CopyOnWriteArrayList<>();
        threads(1);
        awkward(
                (exchange, callback) -> {
                    interrupted.add(Thread.currentThread().isInterrupted());
                    calls.add(Thread.currentThread());
                    if (calls.size() == 1) {
                        new CountDownLatch(1).await();
                    }
                    exchange.getMessage().setBody("again");
                    return true;
                });

        Exchange first = sent(ask(0.2), "abc");
        Exchange second = camel.send("direct:in", "abc");

        assertThat(first.getException())
                .hasMessage(FAILED + "stopped after 0.2 s (processors[0].timeout_seconds)");
        assertThat(second.getMessage().getBody()).isEqualTo("again");
        assertThat(interrupted).containsExactly(false, false);
        assertThat(calls)
                .hasSize(2)
                .allMatch(thread -> thread.getName().contains("dagwasm-endpoints"));
        await().until(() -> inFlight() == 0);
    }

    @Test
    void aCallThatFindsNoThreadInItsTimeIsNeverSent() {
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger sent = new AtomicInteger();
        threads(1);
        awkward(
                (exchange, callback) -> {
                    sent.incrementAndGet();
                    awaitDeaf(release);
                    return true;
                });
        route(ask(0.2));
        camel.context.start();

        Exchange first = camel.send("direct:in", "abc");
        Exchange second = camel.send("direct:in", "abc");
        release.countDown();

        assertThat(first.getException())
                .hasMessage(FAILED + "stopped after 0.2 s (processors[0].timeout_seconds)");
        assertThat(second.getException())
                .hasMessage(
                        FAILED
                                + "not started within 0.2 s (processors[0].timeout_seconds): all 1"
                                + " threads that call endpoints are busy (component option"
                                + " endpointPoolSize)");
        assertThat(((RunFailedException) second.getException()).causes().get(0).retryable())
                .isTrue();
        await().until(() -> inFlight() == 0);
        assertThat(sent).hasValue(1);
    }

    /** As a read of a socket is. */
    private static void awaitDeaf(CountDownLatch latch) {
        boolean interrupted = false;
        while (latch.getCount() > 0) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void oneCallMoreThanCanWaitFailsAtOnceAndAnotherTryMayHelp() {
        CountDownLatch release = new CountDownLatch(1);
        threads(1);
        awkward(
                (exchange, callback) -> {
                    awaitDeaf(release);
                    return true;
                });
        route(ask(600));
        camel.context.start();
        List<CompletableFuture<Exchange>> waiting = new ArrayList<>();
        var endpoint = camel.context.getEndpoint("direct:in");
        for (int i = 0; i < 1001; i++) {
            waiting.add(started(endpoint));
        }

        Exchange refused = started(endpoint).join();

        assertThat(refused.getException())
                .hasMessage(
                        FAILED
                                + "not sent: all 1 threads that call endpoints are busy and 1000"
                                + " calls wait (component option endpointPoolSize)");
        assertThat(((RunFailedException) refused.getException()).causes().get(0).retryable())
                .isTrue();
        assertThat(waiting).noneMatch(CompletableFuture::isDone);
        release.countDown();
        assertThat(waiting).allMatch(each -> each.join().getException() == null);
    }

    private CompletableFuture<Exchange> started(org.apache.camel.Endpoint endpoint) {
        CompletableFuture<Exchange> done = new CompletableFuture<>();
        Exchange exchange = endpoint.createExchange();
        exchange.getMessage().setBody("abc");
        try {
            var producer = endpoint.createAsyncProducer();
            producer.start();
            var unused = producer.process(exchange, here -> done.complete(exchange));
        } catch (Exception e) {
            done.completeExceptionally(e);
        }
        return done;
    }

    @Test
    void aFailureElsewhereCancelsTheCall() {
        CountDownLatch inside = new CountDownLatch(1);
        AtomicInteger interrupts = new AtomicInteger();
        awkward(
                (exchange, callback) -> {
                    inside.countDown();
                    try {
                        new CountDownLatch(1).await();
                    } catch (InterruptedException e) {
                        interrupts.incrementAndGet();
                    }
                    return true;
                });
        camel.routes(
                r ->
                        r.from("direct:fails")
                                .process(e -> inside.await())
                                .throwException(new IllegalStateException("no")));
        String two =
                camel.pipeline(
                        "two",
                        """
                        processors:
                          - { id: ask, backend: camel, endpoint: "awkward:one" }
                          - { id: fail, backend: camel, endpoint: "direct:fails" }
                        output: ask
                        """);

        Exchange exchange = sent(two, "abc");

        assertThat(exchange.getException())
                .hasMessage(
                        "pipeline 'two': processor 'fail' (direct:fails):"
                                + " java.lang.IllegalStateException: no");
        assertThat(exchange.getProperty(DagWasmConstants.REPORT, RunReport.class).processors())
                .extracting(processor -> processor.outcome().key())
                .containsExactly("cancelled", "failed");
        await().until(() -> interrupts.get() == 1);
        await().until(() -> inFlight() == 0);
    }

    @Test
    void anAnswerThatCannotBeClosedFailsTheProcessorAndEndsItsUnitOfWork() {
        awkward(
                (exchange, callback) -> {
                    exchange.getMessage().setBody(unclosable());
                    throw new UnsupportedOperationException("not today");
                });
        route(ask(30));
        camel.context.start();

        Exchange exchange = camel.send("direct:in", "abc");

        assertThat(exchange.getException())
                .hasMessage(
                        FAILED
                                + "java.lang.IllegalStateException:"
                                + " java.lang.UnsupportedOperationException: not today");
        assertThat(inFlight()).isZero();
    }

    private static InputStream unclosable() {
        return new ByteArrayInputStream("x".getBytes(StandardCharsets.UTF_8)) {
            @Override
            public void close() {
                throw new IllegalStateException("stuck");
            }
        };
    }

    @Test
    void producersOfOneCallAtATimeAreAsManyAsThereAreCallsAtOnce() {
        CyclicBarrier both = new CyclicBarrier(2);
        AwkwardComponent awkward =
                new AwkwardComponent(
                                (exchange, callback) -> {
                                    both.await(10, TimeUnit.MINUTES);
                                    callback.done(true);
                                    return true;
                                })
                        .withProducersOfOneCall();
        camel.context.addComponent("awkward", awkward);
        route(ask(60));
        camel.context.start();
        assertThat(awkward.producers()).as("made at load").isEqualTo(1);
        var endpoint = camel.context.getEndpoint("direct:in");

        for (int i = 0; i < 3; i++) {
            CompletableFuture<Exchange> one = started(endpoint);
            CompletableFuture<Exchange> other = started(endpoint);

            assertThat(one.join().getException()).isNull();
            assertThat(other.join().getException()).isNull();
        }

        assertThat(awkward.producers()).isEqualTo(2);
    }

    @Test
    void aRunIsSettledByNoThreadOfAnEndpointsOwn() throws Exception {
        var network = Executors.newSingleThreadExecutor(task -> new Thread(task, "network"));
        AtomicReference<Thread> next = new AtomicReference<>();
        awkward(
                (exchange, callback) -> {
                    network.execute(() -> callback.done(false));
                    return false;
                });
        camel.routes(
                r ->
                        r.from("direct:in")
                                .to(ask(30))
                                .process(e -> next.set(Thread.currentThread())));
        camel.context.start();

        Exchange exchange = camel.send("direct:in", "abc");
        network.shutdown();

        assertThat(exchange.getException()).isNull();
        assertThat(next.get().getName()).doesNotContain("network");
    }
}
