package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.engine.HeapCost;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.StringReader;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.camel.Exchange;
import org.apache.camel.Producer;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A body that can be read only once is kept in the heap while its exchange fails: so it keeps its
 * room in the sandbox, and gives that back when the exchange is done.
 */
class RoomOfFailedTextsIT extends EndpointFixture {

    private static final int BYTES = 1_000_000;

    /** What the sandbox counts while the failure is handled. */
    private final List<Long> counted = new CopyOnWriteArrayList<>();

    @BeforeEach
    void noCaches() {
        camel.context.setStreamCaching(false);
    }

    private long memory() {
        return camel.context
                .getComponent("dagwasm", DagWasmComponent.class)
                .runtime()
                .sandboxUse()
                .memoryBytes();
    }

    /** A route that looks at the sandbox when all deliveries have failed. */
    private void start(String pipeline) {
        camel.routes(
                routes -> {
                    routes.from("direct:dead").process(e -> counted.add(memory()));
                    routes.from("direct:in")
                            .errorHandler(
                                    routes.deadLetterChannel("direct:dead")
                                            .maximumRedeliveries(2)
                                            .redeliveryDelay(0)
                                            .logExhausted(false))
                            .to(pipeline);
                });
        camel.context.start();
    }

    private static Object body(String kind) {
        return kind.equals("reader")
                ? new FilterReader(new StringReader("x".repeat(BYTES))) {}
                : new FilterInputStream(
                        new ByteArrayInputStream("x".repeat(BYTES).getBytes(UTF_8))) {};
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "reader"})
    void aTextThatWasReadCountsOnceUntilItsExchangeIsDone(String kind) {
        start(camel.module("trap", TestModules.trap()));
        camel.send("direct:in", "small");
        long before = memory();

        camel.send("direct:in", body(kind));

        long times = kind.equals("reader") ? Character.BYTES : 1;
        assertThat(counted).containsExactly(before, before + HeapCost.ofArray(times * BYTES));
        assertThat(memory()).isEqualTo(before);
    }

    @Test
    void soDoesThePartThatWasReadOfATextThatIsTooLarge() {
        int most = 300_000;
        camel.module("trap", TestModules.trap());
        start(
                camel.pipeline(
                        "small",
                        "max_input_bytes: %d\nprocessors: [ { id: t, backend: wasm, module: %s } ]"
                                .formatted(most, "trap.wasm")));
        camel.send("direct:in", "small");
        long before = memory();

        camel.send("direct:in", body("stream"));

        assertThat(counted).containsExactly(before, before + HeapCost.ofArray(most + 1));
        assertThat(memory()).isEqualTo(before);
    }

    @Test
    void aLaterRunThatSucceedsGivesTheRoomBack() {
        String trap = camel.module("trap", TestModules.trap());
        String echo = camel.module("echo", TestModules.append("!"));
        camel.routes(
                routes ->
                        routes.from("direct:in")
                                .doTry()
                                .to(trap)
                                .doCatch(RunFailedException.class)
                                .process(e -> counted.add(memory()))
                                .to(echo)
                                .process(e -> counted.add(memory()))
                                .end());
        camel.context.start();
        camel.send("direct:in", body("stream"));
        counted.clear();
        long before = memory();

        Exchange answered = camel.send("direct:in", body("stream"));

        assertThat(answered.getException()).isNull();
        assertThat(counted).containsExactly(before + HeapCost.ofArray(BYTES), before);
    }

    @Test
    void anExpressionThatFailsKeepsTheRoomToo() {
        String trap = camel.module("trap", TestModules.trap());
        camel.routes(
                routes -> {
                    routes.from("direct:in")
                            .onException(RunFailedException.class)
                            .handled(true)
                            .process(e -> counted.add(memory()))
                            .end()
                            .setHeader("made")
                            .language("dagwasm", trap.substring("dagwasm:".length()));
                });
        camel.context.start();
        camel.send("direct:in", "small");
        long before = memory();

        camel.send("direct:in", body("stream"));

        assertThat(counted).containsExactly(before, before + HeapCost.ofArray(BYTES));
        assertThat(memory()).isEqualTo(before);
    }

    /** Nobody would tell when such an exchange is done. */
    @Test
    void anExchangeWithoutAUnitOfWorkKeepsNothing() throws Exception {
        String trap = camel.module("trap", TestModules.trap());
        camel.context.start();
        camel.send(trap, "small");
        long before = memory();
        Exchange exchange = new DefaultExchange(camel.context);
        exchange.getMessage().setBody(body("stream"));

        try (Producer producer = camel.context.getEndpoint(trap).createProducer()) {
            producer.start();
            producer.process(exchange);
        }

        assertThat(exchange.getException()).isInstanceOf(RunFailedException.class);
        assertThat(memory()).isEqualTo(before);
    }
}
