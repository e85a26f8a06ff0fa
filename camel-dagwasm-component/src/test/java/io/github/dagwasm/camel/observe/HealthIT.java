package io.github.dagwasm.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.camel.health.HealthCheck;
import org.apache.camel.health.HealthCheck.State;
import org.apache.camel.health.HealthCheckHelper;
import org.junit.jupiter.api.Test;

/** What the health check says of a component. */
class HealthIT extends ObservedFixture {

    private static final String BAD =
            "processors:\n  - { id: a, backend: local, impl: reverse_txt }";

    private HealthCheck.Result health() {
        return HealthCheckHelper.invoke(context, "full").stream()
                .filter(result -> result.getCheck().getId().equals("dagwasm"))
                .findFirst()
                .orElseThrow();
    }

    private State state() {
        return health().getState();
    }

    /** The details but for those that every check of Camel has, and the figures. */
    private Map<String, Object> reasons() {
        Map<String, Object> details = new TreeMap<>(health().getDetails());
        details.keySet().removeIf(key -> !key.startsWith("dagwasm:"));
        return details;
    }

    private static String shown(String uri) {
        return uri.replace("dagwasm:", "dagwasm://");
    }

    @Test
    void aComponentThatCanWorkIsUp() {
        component.setMaxInstances(7);
        component.setMaxSandboxMemoryMb(3);
        context.start();

        HealthCheck.Result health = health();

        assertThat(health.getState()).isEqualTo(State.UP);
        assertThat(health.getMessage()).isEmpty();
        assertThat(health.getDetails())
                .contains(
                        entry("check.id", "dagwasm"),
                        entry("check.group", "components"),
                        entry("sandbox.instances", 0),
                        entry("sandbox.instances.idle", 0),
                        entry("sandbox.instances.max", 7),
                        entry("sandbox.memory.bytes", 0L),
                        entry("sandbox.memory.bytes.max", 3L << 20),
                        entry("sandbox.waiting", 0),
                        entry("loads.running", 0),
                        entry("loads.waiting", 0),
                        entry("loads.left_behind", 0),
                        entry("loads.left_behind.max", 6),
                        entry("loads.bytes", 0L));
    }

    @Test
    void itIsReadinessAndNotLiveness() {
        context.start();

        assertThat(health().getCheck().isReadiness()).isTrue();
        assertThat(health().getCheck().isLiveness()).isFalse();
        assertThat(HealthCheckHelper.invokeReadiness(context))
                .anyMatch(result -> result.getCheck().getId().equals("dagwasm"));
        assertThat(HealthCheckHelper.invokeLiveness(context))
                .noneMatch(result -> result.getCheck().getId().equals("dagwasm"));
    }

    @Test
    void whatDoesNotLoadIsDownUntilItLoads() {
        String lazy = pipeline("p", BAD) + "?lazyStartProducer=true";
        route(routes -> routes.from("direct:in").to(lazy));
        context.start();
        State before = state();

        send("direct:in", "abc");
        HealthCheck.Result down = health();
        Map<String, Object> reasons = reasons();
        pipeline("p", UPPER);
        send("direct:in", "abc");

        assertThat(before).isEqualTo(State.UP);
        assertThat(down.getState()).isEqualTo(State.DOWN);
        assertThat(down.getMessage()).contains("1 endpoint does not load: " + shown(lazy));
        assertThat(reasons)
                .containsOnly(
                        entry(
                                shown(lazy),
                                folder
                                        + "/p.dagwasm.yaml:2:36: processors[0].impl: no impl"
                                        + " 'reverse_txt' (did you mean 'reverse_text'?)"));
        assertThat(state()).isEqualTo(State.UP);
        assertThat(reasons()).isEmpty();
    }

    @Test
    void aSupervisedRouteThatDoesNotStartIsDown() {
        String bad = pipeline("p", BAD);
        context.getRouteController().supervising().setBackOffDelay(60_000);
        context.getRouteController().supervising().setUnhealthyOnExhausted(false);
        context.getRouteController().supervising().setUnhealthyOnRestarting(false);
        route(routes -> routes.from("seda:in").to(bad));

        context.start();

        await().until(() -> state() == State.DOWN);
        assertThat(reasons()).containsOnlyKeys(shown(bad));
    }

    @Test
    void anEndpointThatIsGoneIsNoReason() throws Exception {
        context.start();
        String bad = pipeline("p", BAD);
        Throwable thrown = catchThrowable(() -> send(bad, "abc"));
        State before = state();

        context.removeEndpoints("dagwasm:*");

        assertThat(thrown).hasRootCauseInstanceOf(PipelineFileException.class);
        assertThat(before).isEqualTo(State.DOWN);
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void aSenderWhoNamesEndpointsFillsNothing() {
        route(routes -> routes.from("direct:in").toD("dagwasm:local:${body}"));
        context.start();

        for (int i = 0; i < 50; i++) {
            send("direct:in", "none" + i + "x".repeat(1000));
        }

        assertThat(state()).isEqualTo(State.DOWN);
        assertThat(reasons())
                .hasSize(20)
                .allSatisfy(
                        (uri, reason) -> {
                            assertThat(uri).hasSizeLessThan(300);
                            assertThat(reason.toString()).hasSizeLessThan(1100);
                        });
    }

    @Test
    void whatAModuleCallsItsImportsIsShownEscaped() {
        byte[] module =
                new TestModule()
                        .importFunction("env", "\u001b[2J\r\nSECRET\u202e", 0, 0)
                        .memory(1)
                        .bytes();
        String uri = module("evil", module) + "?lazyStartProducer=true";
        route(routes -> routes.from("direct:in").to(uri));
        context.start();

        send("direct:in", "abc");

        assertThat(reasons()).containsOnlyKeys(shown(uri));
        String everything = health().getMessage() + health().getDetails().toString();
        assertThat(everything).contains("SECRET").doesNotContain("\u001b", "\r", "\n", "\u202e");
    }

    @Test
    void aFullSandboxIsDownWhileItLasts() throws Exception {
        component.setMaxInstances(1);
        String endless = module("endless", TestModules.endlessLoop()) + "?timeout=600s";
        route(routes -> routes.from("direct:in").to(endless));
        context.start();

        Thread caller = new Thread(() -> send("direct:in", "abc"));
        caller.start();
        await().pollInterval(5, TimeUnit.MILLISECONDS).until(() -> state() == State.DOWN);
        HealthCheck.Result full = health();
        caller.interrupt();
        caller.join();

        assertThat(full.getMessage().orElseThrow())
                .matches(
                        "the sandbox is full: 1 of 1 instances, \\d+ of \\d+ memory bytes, 0 calls"
                                + " wait");
        assertThat(full.getDetails()).contains(entry("sandbox.instances", 1));
        await().until(() -> state() == State.UP);
    }

    @Test
    void instancesThatAreIdleLeaveRoom() {
        component.setMaxInstances(1);
        String bang = module("bang", TestModules.append("!"));
        route(routes -> routes.from("direct:in").to(bang));
        context.start();

        send("direct:in", "abc");

        assertThat(health().getDetails()).contains(entry("sandbox.instances.idle", 1));
        assertThat(state()).isEqualTo(State.UP);
    }

    @Test
    void theCheckComesAndGoesWithTheComponent() {
        context.start();
        int before = checks();

        context.removeComponent("dagwasm");
        int without = checks();
        context.getComponent("dagwasm", DagWasmComponent.class);

        assertThat(before).isEqualTo(1);
        assertThat(without).isZero();
        assertThat(checks()).isEqualTo(1);
    }

    private int checks() {
        return (int)
                HealthCheckHelper.getHealthCheckRegistry(context).getCheckIDs().stream()
                        .filter(id -> id.startsWith("dagwasm"))
                        .count();
    }

    @Test
    void aSecondComponentHasACheckOfItsOwn() {
        context.addComponent("other", new DagWasmComponent());
        context.start();

        assertThat(HealthCheckHelper.getHealthCheckRegistry(context).getCheckIDs())
                .contains("dagwasm", "dagwasm-2");
    }

    @Test
    void aCheckThatIsSwitchedOffSaysNothing() {
        context.start();
        HealthCheck check = health().getCheck();

        check.setEnabled(false);

        assertThat(check.call().getState()).isEqualTo(State.UNKNOWN);
        assertThat(state()).isEqualTo(State.UNKNOWN);
    }
}
