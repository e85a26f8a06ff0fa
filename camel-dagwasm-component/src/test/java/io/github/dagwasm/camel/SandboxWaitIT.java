package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.wasm.TestModules;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.apache.camel.Exchange;
import org.junit.jupiter.api.Test;

/** Calls for which the operator's sandbox has no place. */
class SandboxWaitIT extends EndpointFixture {

    private DagWasmComponent component() {
        return camel.context.getComponent("dagwasm", DagWasmComponent.class);
    }

    @Test
    void aCallBeyondTheInstancesWaitsUntilOneIsFree() throws Exception {
        component().setMaxInstances(1);
        component().setSandboxWait(Duration.ofMinutes(10));
        String endless = camel.module("endless", TestModules.endlessLoop());
        String echo = camel.module("echo", TestModules.echo());
        camel.routes(
                routes -> {
                    routes.from("direct:long").to(endless + "?timeout=600s");
                    routes.from("direct:short").to(echo + "?timeout=600s");
                });
        camel.context.start();

        Thread caller = new Thread(() -> camel.send("direct:long", ""));
        caller.start();
        await().until(() -> component().runtime().sandboxUse().instances() == 1);
        CompletableFuture<Exchange> answer =
                CompletableFuture.supplyAsync(() -> camel.send("direct:short", "abc"));
        await().until(() -> component().runtime().sandboxUse().waiting() == 1);
        caller.interrupt();
        Exchange waited = answer.get(10, TimeUnit.MINUTES);
        caller.join();

        assertThat(waited.getException()).isNull();
        assertThat(waited.getMessage().getBody()).isEqualTo("abc");
    }

    @Test
    void aCallThatWaitedInVainSaysWhatTheSandboxLacks() throws Exception {
        component().setMaxInstances(1);
        component().setSandboxWait(Duration.ofMillis(50));
        String endless = camel.module("endless", TestModules.endlessLoop());
        String echo = camel.module("echo", TestModules.echo());
        camel.routes(
                routes -> {
                    routes.from("seda:long").to(endless + "?timeout=60s");
                    routes.from("direct:short").to(echo);
                });
        camel.context.getShutdownStrategy().setTimeout(1);
        camel.context.start();

        camel.template.sendBody("seda:long", "");
        await().until(() -> component().runtime().sandboxUse().instances() == 1);
        Exchange refused = camel.send("direct:short", "abc");

        assertThat(refused.getException())
                .hasMessage(
                        "pipeline 'echo': processor 'echo' (%s): the sandbox is full: 1 of 1 instances"
                                + " are in use, 1 more asked for; waited 0.05 s (option maxInstances of"
                                + " the component)",
                        echo.substring("dagwasm:wasm:".length()));
        assertThat(refused.getMessage().getBody()).isEqualTo("abc");
    }
}
