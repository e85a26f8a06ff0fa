package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.RunFailedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.AsyncCallback;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.spi.Synchronization;
import org.apache.camel.spi.UnitOfWork;
import org.junit.jupiter.api.Test;

/** Endpoints in a transaction: what is bound to the thread or to the unit of work covers them. */
class TransactedEndpointIT extends EndpointFixture {

    private static final String TWO =
            """
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - { id: one, backend: camel, endpoint: "%s", depends_on: [upper], timeout_seconds: %s }
              - { id: two, backend: camel, endpoint: "%s", depends_on: [one] }
            """;

    private final List<Thread> threads = new CopyOnWriteArrayList<>();

    private Exchange transacted(String pipeline) {
        camel.routes(
                r ->
                        r.from("direct:in")
                                .process(e -> e.getUnitOfWork().beginTransactedBy("test"))
                                .doTry()
                                .to(pipeline)
                                .doCatch(RunFailedException.class)
                                .end()
                                .process(e -> threads.add(Thread.currentThread()))
                                .process(e -> e.getUnitOfWork().endTransactedBy("test")));
        camel.context.start();
        return camel.send("direct:in", "abc");
    }

    private static Throwable caught(Exchange exchange) {
        return exchange.getProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, Throwable.class);
    }

    @Test
    void everyEndpointIsCalledOnTheThreadOfTheTransaction() {
        List<Boolean> transacted = new ArrayList<>();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(e -> threads.add(Thread.currentThread()))
                                .process(e -> transacted.add(e.isTransacted()))
                                .process(
                                        e ->
                                                transacted.add(
                                                        e.getUnitOfWork().isTransactedBy("test")))
                                .setBody(r.simple("<${body}>")));

        Exchange exchange =
                transacted(
                        camel.pipeline(
                                "two", TWO.formatted("direct:service", 30, "direct:service")));

        assertThat(exchange.getException()).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("<<ABC>>");
        assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
        assertThat(transacted).containsExactly(true, true, true, true);
    }

    @Test
    void whatWaitsForTheEndOfTheTransactionWaitsForThatOfTheCallersExchange() {
        List<String> events = new CopyOnWriteArrayList<>();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .process(
                                        e -> e.getUnitOfWork().addSynchronization(noting(events))));
        String two = camel.pipeline("two", TWO.formatted("direct:service", 30, "direct:service"));
        camel.routes(r -> r.from("direct:outer").to("direct:in").process(e -> events.add("after")));

        Exchange unused = transacted(two);
        events.clear();
        Exchange exchange = camel.send("direct:outer", "abc");

        assertThat(exchange.getException()).isNull();
        assertThat(events).containsExactly("after", "committed", "committed");
    }

    private static Synchronization noting(List<String> events) {
        return new Synchronization() {
            @Override
            public void onComplete(Exchange exchange) {
                events.add("committed");
            }

            @Override
            public void onFailure(Exchange exchange) {
                events.add("rolled back");
            }
        };
    }

    @Test
    void anEndpointThatAnswersOnAnotherThreadIsWaitedForOnThisOne() {
        camel.routes(r -> r.from("seda:service").setBody(r.simple("<${body}>")));

        Exchange exchange =
                transacted(
                        camel.pipeline("two", TWO.formatted("seda:service", 30, "seda:service")));

        assertThat(exchange.getMessage().getBody()).isEqualTo("<<ABC>>");
        assertThat(threads).containsExactly(Thread.currentThread());
    }

    @Test
    void atTheDeadlineTheThreadIsInterruptedAndTheRunFailsOnIt() {
        camel.context.addComponent(
                "awkward",
                new AwkwardComponent(
                        (exchange, callback) -> {
                            threads.add(Thread.currentThread());
                            new CountDownLatch(1).await();
                            return true;
                        }));

        Exchange exchange =
                transacted(camel.pipeline("two", TWO.formatted("awkward:one", 0.2, "awkward:two")));

        assertThat(caught(exchange))
                .hasMessage(
                        "pipeline 'two': processor 'one' (awkward:one): stopped after 0.2 s"
                                + " (processors[1].timeout_seconds)");
        assertThat(threads).hasSize(2).containsOnly(Thread.currentThread());
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void whoNeverAnswersOnAnotherThreadIsGivenUpAtTheDeadline() {
        AtomicReference<AsyncCallback> late = new AtomicReference<>();
        AtomicReference<UnitOfWork> work = new AtomicReference<>();
        camel.context.addComponent(
                "awkward",
                new AwkwardComponent(
                        (exchange, callback) -> {
                            late.set(callback);
                            work.set(exchange.getUnitOfWork());
                            return false;
                        }));

        Exchange exchange =
                transacted(camel.pipeline("two", TWO.formatted("awkward:one", 0.2, "awkward:two")));
        late.get().done(false);

        assertThat(caught(exchange))
                .hasMessage(
                        "pipeline 'two': processor 'one' (awkward:one): stopped after 0.2 s"
                                + " (processors[1].timeout_seconds)");
        assertThat(threads).containsExactly(Thread.currentThread());
        assertThat(Thread.interrupted()).isFalse();
        assertThat(camel.context.getInflightRepository().size()).isZero();
    }

    @Test
    void anInterruptFromOutsideEndsTheWaitAndStays() {
        camel.context.addComponent(
                "awkward",
                new AwkwardComponent(
                        (exchange, callback) -> {
                            Thread.currentThread().interrupt();
                            return false;
                        }));

        Exchange exchange =
                transacted(camel.pipeline("two", TWO.formatted("awkward:one", 30, "awkward:two")));

        assertThat(caught(exchange))
                .hasMessage(
                        "pipeline 'two': processor 'one' (awkward:one): interrupted from outside"
                                + " the run");
        assertThat(Thread.interrupted()).isTrue();
    }
}
