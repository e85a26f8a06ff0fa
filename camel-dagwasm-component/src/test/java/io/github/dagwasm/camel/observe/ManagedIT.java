package io.github.dagwasm.camel.observe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Test;

/** What JMX tells of a component and its endpoints. */
class ManagedIT extends ObservedFixture {

    private static final String PARTIAL =
            """
            failure_strategy: best_effort
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - { id: trap, backend: wasm, module: trap.wasm }
            """;

    private String trap;
    private String upper;
    private String partial;

    private ManagedBeans started() {
        trap = module("trap", TestModules.trap());
        upper = pipeline("upper", UPPER);
        partial = pipeline("partial", PARTIAL);
        route(routes -> routes.from("direct:upper").to(upper));
        route(routes -> routes.from("direct:trap").to(trap));
        route(routes -> routes.from("direct:partial").to(partial));
        context.start();
        return new ManagedBeans(context);
    }

    @Test
    void tellsWhatBecameOfTheExchanges() {
        ManagedBeans beans = started();
        Instant before = Instant.now();

        send("direct:upper", "abc");
        send("direct:upper", new byte[] {(byte) 0xc3});
        send("direct:upper", List.of());
        send("direct:trap", "abc");
        send("direct:partial", "abc");

        ObjectName uppers = beans.endpoint(upper);
        assertThat(beans.runs(uppers)).isEqualTo("3: 1, 0, 2, 0");
        assertThat(beans.table(uppers, "FailuresByKind"))
                .containsOnly(entry("malformed_text", 1L), entry("body", 1L));
        assertThat(beans.attribute(uppers, "LastFailureKind")).isEqualTo("body");
        Date last = (Date) beans.attribute(uppers, "LastFailureTime");
        assertThat(last.toInstant())
                .isBetween(before.truncatedTo(ChronoUnit.MILLIS), Instant.now());
        assertThat(beans.runs(beans.endpoint(trap))).isEqualTo("1: 0, 0, 1, 0");
        assertThat(beans.runs(beans.endpoint(partial))).isEqualTo("1: 0, 1, 0, 0");
        assertThat(beans.runs(beans.component())).isEqualTo("5: 1, 1, 3, 0");
        assertThat(beans.table(beans.component(), "FailuresByKind"))
                .containsOnly(entry("body", 1L), entry("malformed_text", 1L), entry("trap", 1L));
        assertThat(beans.attribute(beans.component(), "LastFailureKind")).isEqualTo("trap");
    }

    @Test
    void tellsWhatAnEndpointIsMadeOf() throws Exception {
        ManagedBeans beans = started();
        String digest = sha256(folder.resolve("trap.wasm"));

        ObjectName endpoint = beans.endpoint(partial);

        assertThat(beans.attribute(endpoint, "PipelineName")).isEqualTo("partial");
        assertThat(beans.attribute(endpoint, "PipelineStrategy")).isEqualTo("work_queue");
        assertThat(beans.table(endpoint, "Modules")).containsOnly(entry("trap", digest));
        assertThat(beans.table(beans.endpoint(upper), "Modules")).isEmpty();
        assertThat(beans.table(beans.component(), "Modules")).containsOnly(entry(digest, 2L));
        assertThat(beans.attribute(endpoint, "LastFailureKind")).isNull();
        assertThat(beans.attribute(endpoint, "LastFailureTime")).isNull();
    }

    private static String sha256(Path file) throws Exception {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
    }

    @Test
    void tellsWhatTheSandboxHasAndMayHave() {
        component.setMaxInstances(7);
        component.setMaxSandboxMemoryMb(3);
        String bang = module("bang", TestModules.append("!"));
        route(routes -> routes.from("direct:bang").to(bang));
        ManagedBeans beans = started();
        ObjectName bean = beans.component();

        send("direct:bang", "abc");

        assertThat(beans.number(bean, "SandboxInstances")).isEqualTo(1);
        assertThat(beans.number(bean, "SandboxIdleInstances")).isEqualTo(1);
        assertThat(beans.number(bean, "SandboxMemoryBytes")).isGreaterThanOrEqualTo(65536);
        assertThat(beans.number(bean, "SandboxWaitingCalls")).isZero();
        assertThat(beans.number(bean, "SandboxMaxInstances")).isEqualTo(7);
        assertThat(beans.number(bean, "SandboxMaxMemoryBytes")).isEqualTo(3 << 20);
        assertThat(beans.attribute(bean, "SandboxFull")).isEqualTo(false);
        assertThat(beans.number(bean, "AbandonedThreads")).isZero();
        assertThat(beans.number(bean, "LoadsLeftBehind")).isZero();
        assertThat(beans.number(bean, "MostLoadsLeftBehind")).isEqualTo(6);
        assertThat(beans.number(bean, "EndpointsNotLoading")).isZero();
    }

    @Test
    void anIdleComponentHasNothingToTellOf() {
        context.start();
        ManagedBeans beans = new ManagedBeans(context);

        assertThat(beans.runs(beans.component())).isEqualTo("0: 0, 0, 0, 0");
        assertThat(beans.number(beans.component(), "SandboxInstances")).isZero();
        assertThat(beans.table(beans.component(), "Modules")).isEmpty();
    }

    @Test
    void countsEachExchangeOnceWhateverTheThreads() {
        ManagedBeans beans = started();
        int each = 500;

        List<CompletableFuture<Void>> senders =
                IntStream.range(0, 4)
                        .mapToObj(sender -> CompletableFuture.runAsync(() -> sendAll(each)))
                        .toList();
        senders.forEach(CompletableFuture::join);

        int all = 4 * each;
        assertThat(beans.runs(beans.endpoint(upper)))
                .isEqualTo("%d: %d, 0, %d, 0".formatted(2 * all, all, all));
        assertThat(beans.runs(beans.endpoint(partial)))
                .isEqualTo("%d: 0, %d, 0, 0".formatted(all, all));
        assertThat(beans.table(beans.endpoint(trap), "FailuresByKind"))
                .containsOnly(entry("trap", (long) all));
        assertThat(beans.runs(beans.component()))
                .isEqualTo("%d: %d, %d, %d, 0".formatted(4 * all, all, all, 2 * all));
    }

    private void sendAll(int times) {
        for (int i = 0; i < times; i++) {
            send("direct:upper", "abc");
            send("direct:upper", "\ud800");
            send("direct:partial", "abc");
            send("direct:trap", "abc");
        }
    }

    @Test
    void evaluationsOfExpressionsCountToo() {
        trap = module("trap", TestModules.trap());
        String named = trap.replace("dagwasm:", "");
        route(routes -> routes.from("direct:in").setHeader("x").language("dagwasm", named));
        context.start();

        send("direct:in", "abc");
        send("direct:in", List.of());

        ManagedBeans beans = new ManagedBeans(context);
        assertThat(beans.runs(beans.endpoint(trap))).isEqualTo("2: 0, 0, 2, 0");
        assertThat(beans.table(beans.component(), "FailuresByKind"))
                .containsOnly(entry("body", 1L), entry("trap", 1L));
    }

    @Test
    void whatIsUnderWayOutlastsAReset() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        TextProcessor wait =
                call -> {
                    running.countDown();
                    release.await();
                    return ProcessorResult.of(call.text());
                };
        context.getRegistry().bind("wait", TextProcessor.class, wait);
        route(routes -> routes.from("direct:wait").to("dagwasm:local:wait"));
        ManagedBeans beans = started();
        ObjectName endpoint = beans.endpoint("dagwasm:local:wait");
        send("direct:trap", "abc");

        CompletableFuture<Object> answer = template.asyncRequestBody("direct:wait", "abc");
        running.await();
        String before = beans.runs(beans.component());
        beans.call(beans.component(), "resetCounters");
        String reset = beans.runs(beans.component());
        String ofEndpoint = beans.runs(endpoint);
        release.countDown();
        answer.join();

        assertThat(before).isEqualTo("2: 0, 0, 1, 1");
        assertThat(reset).isEqualTo("1: 0, 0, 0, 1");
        assertThat(ofEndpoint).isEqualTo("1: 0, 0, 0, 1");
        assertThat(beans.runs(endpoint)).isEqualTo("1: 1, 0, 0, 0");
        assertThat(beans.table(beans.component(), "FailuresByKind")).isEmpty();
        assertThat(beans.attribute(beans.component(), "LastFailureKind")).isNull();
        beans.call(endpoint, "resetCounters");
        assertThat(beans.runs(beans.component())).isEqualTo("0: 0, 0, 0, 0");
    }

    @Test
    void whatAnEndpointDidIsKnownWhenItIsGone() throws Exception {
        context.start();
        send(pipeline("p", UPPER), "abc");
        ManagedBeans beans = new ManagedBeans(context);

        context.removeEndpoints("dagwasm:*");
        template.stop();

        await().until(
                        () -> {
                            System.gc();
                            return beans.runs(beans.component()).equals("1: 1, 0, 0, 0");
                        });
    }

    @Test
    void noWordOfAGuestOrAMessageIsShown() {
        TextProcessor telling =
                call -> {
                    throw new IllegalStateException("SECRET " + call.text().string());
                };
        context.getRegistry().bind("telling", TextProcessor.class, telling);
        String log = module("log", TestModules.log("SECRET \u001b[31m", 12));
        route(routes -> routes.from("direct:telling").to("dagwasm:local:telling"));
        route(routes -> routes.from("direct:log").to(log));
        ManagedBeans beans = started();

        send("direct:telling", "SECRET");
        send("direct:log", "SECRET");
        send("direct:log", List.of("SECRET"));

        for (ObjectName bean :
                List.of(
                        beans.component(),
                        beans.endpoint("dagwasm:local:telling"),
                        beans.endpoint(log))) {
            assertThat(beans.everything(bean)).contains("RunsStarted").doesNotContain("SECRET");
        }
    }
}
