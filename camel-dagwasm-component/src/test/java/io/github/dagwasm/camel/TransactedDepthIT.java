package io.github.dagwasm.camel;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Guests that need more stack than a thread has, in a transaction: the guest's own code moves to
 * another thread, and nothing else does.
 */
class TransactedDepthIT {

    private static final String STACKS = "dagwasm-stack-";
    private static final int LEVELS = 20_000;

    private static final String PIPELINE =
            """
            processors:
              - { id: before, backend: local, impl: note }
              - id: deep
                backend: wasm
                module: deep.wasm
                depends_on: [before]
                timeout_seconds: 600
                limits: { stack_kb: 16384, call_depth: 1000000 }
              - { id: after, backend: local, impl: note, depends_on: [deep] }
            """;

    @TempDir Path folder;

    private CamelFixture camel;
    private final List<Thread> threads = Collections.synchronizedList(new ArrayList<>());

    @BeforeEach
    void prepare() {
        camel = new CamelFixture(folder);
        TextProcessor note =
                call -> {
                    threads.add(Thread.currentThread());
                    return ProcessorResult.of(call.text());
                };
        camel.context.getRegistry().bind("note", TextProcessor.class, note);
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private void start(Code last) {
        Code down = code().get(0).eqz().if_().then(last).return_().end();
        down.get(0).i32(1).sub().call(TestModules.FIRST_OWN);
        camel.module(
                "deep",
                TestModules.guest("", code().i32(LEVELS).call(TestModules.FIRST_OWN).get(0))
                        .function(1, 0, 0, down)
                        .bytes());
        String pipeline = camel.pipeline("deep", PIPELINE);
        camel.routes(
                routes ->
                        routes.from("direct:transacted")
                                .process(e -> e.getUnitOfWork().beginTransactedBy("test"))
                                .doTry()
                                .to(pipeline)
                                .doFinally()
                                .process(e -> threads.add(Thread.currentThread()))
                                .process(e -> e.getUnitOfWork().endTransactedBy("test")));
        camel.context.start();
    }

    @Test
    void allButTheGuestStaysOnTheThreadOfItsTransaction() {
        start(code());

        Exchange result = camel.send("direct:transacted", "abc");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("abc");
        assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
    }

    @Test
    void anInterruptReachesTheGuestThere() throws InterruptedException {
        start(code().loop().br(0).end());
        AtomicReference<Exchange> result = new AtomicReference<>();
        Thread caller = new Thread(() -> result.set(camel.send("direct:transacted", "abc")));

        caller.start();
        await().until(() -> isInGuest() && caller.getState() == Thread.State.WAITING);
        caller.interrupt();
        caller.join();

        assertThat(result.get().getException())
                .hasMessageContaining("processor 'deep'")
                .hasMessageEndingWith("interrupted from outside the run");
        assertThat(threads).hasSize(2).containsOnly(caller);
        await().until(() -> !isInGuest());
    }

    /** Whether generated code runs on a thread that is there for its stack. */
    private static boolean isInGuest() {
        return Thread.getAllStackTraces().entrySet().stream()
                .filter(thread -> thread.getKey().getName().startsWith(STACKS))
                .flatMap(thread -> Arrays.stream(thread.getValue()))
                .anyMatch(frame -> frame.getMethodName().startsWith("func_"));
    }
}
