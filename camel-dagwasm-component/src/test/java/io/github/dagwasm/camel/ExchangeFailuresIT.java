package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What a failed run does to its exchange, and what error handlers see of it. */
class ExchangeFailuresIT {

    private static final String FAILING =
            """
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - id: guest
                backend: wasm
                module: %s.wasm
                depends_on: [upper]
                timeout_seconds: %s
                limits: { input_bytes: 20, output_bytes: 40 }
            """;

    private static final String TWO_FAILURES =
            """
            failure_strategy: %s
            processors:
              - { id: upper, backend: local, impl: change_text_case_upper }
              - { id: one, backend: wasm, module: trap.wasm, depends_on: [upper] }
              - { id: two, backend: wasm, module: letters.wasm, depends_on: [upper], limits: { output_bytes: 40 } }
            """;

    @TempDir Path folder;

    private CamelFixture camel;

    @BeforeEach
    void prepare() {
        camel = new CamelFixture(folder);
        camel.module("trap", TestModules.trap());
        camel.module("letters", TestModules.letters(41));
        camel.module("endless", TestModules.endlessLoop());
        camel.module("malformed", TestModules.malformedOutput());
        camel.module("echo", TestModules.echo());
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private String failing(String module) {
        String seconds = module.equals("endless") ? "0.2" : "600";
        return camel.pipeline("failing", FAILING.formatted(module, seconds));
    }

    private Exchange sent(String pipeline, Object body) {
        camel.routes(
                routes -> routes.from("direct:in").setHeader("kept").constant("yes").to(pipeline));
        camel.context.start();
        return camel.send("direct:in", body);
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(
                        "trap",
                        TrapException.class,
                        "abc",
                        "the guest trapped: Trapped on unreachable instruction"),
                Arguments.of(
                        "letters",
                        LimitExceededException.class,
                        "abc",
                        "the limit of 40 output bytes is exceeded (option limits.output_bytes)"),
                Arguments.of(
                        "echo",
                        LimitExceededException.class,
                        "a".repeat(21),
                        "the limit of 20 input bytes is exceeded: 21 asked for (option"
                                + " limits.input_bytes)"),
                Arguments.of(
                        "endless",
                        ProcessorTimeoutException.class,
                        "abc",
                        "stopped after 0.2 s (processors[1].timeout_seconds)"),
                Arguments.of(
                        "malformed",
                        GuestFailureException.class,
                        "abc",
                        "the guest's output is not UTF-8: malformed UTF-8 at byte 3 (0xff)"));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void theExceptionNamesPipelineProcessorAndModuleAndKeepsItsCause(
            String module, Class<? extends DagWasmException> cause, String body, String why) {
        Exchange result = sent(failing(module), body);

        assertThat(result.getException())
                .isInstanceOf(RunFailedException.class)
                .hasMessage("pipeline 'failing': processor 'guest' (%s.wasm): %s", module, why);
        assertThat(result.getException().getCause()).isInstanceOf(cause).hasMessage(why);
    }

    @ParameterizedTest
    @MethodSource("causes")
    void onExceptionKnowsTheCause(
            String module, Class<? extends DagWasmException> cause, String body) {
        String pipeline = failing(module);
        camel.routes(
                routes -> {
                    routes.onException(cause).handled(true).setHeader("caught").constant("cause");
                    routes.onException(RunFailedException.class)
                            .handled(true)
                            .setHeader("caught")
                            .constant("run");
                    routes.from("direct:in").to(pipeline);
                });
        camel.context.start();

        Exchange result = camel.send("direct:in", body);

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getHeader("caught")).isEqualTo("cause");
        assertThat(result.getMessage().getBody()).isEqualTo(body);
    }

    @Test
    void bodyAndHeadersStayAndTheReportIsThere() {
        Object body = "abc".getBytes(UTF_8);

        Exchange result = sent(failing("trap"), body);

        RunReport report = result.getProperty(DagWasmConstants.REPORT, RunReport.class);
        assertThat(result.getMessage().getBody()).isSameAs(body);
        assertThat(result.getMessage().getHeaders()).containsOnlyKeys("kept");
        assertThat(report.outcome()).isEqualTo(RunOutcome.FAILED);
        assertThat(report.processors()).extracting("id").containsExactly("upper", "guest");
        assertThat(result.getException())
                .isInstanceOfSatisfying(
                        RunFailedException.class, e -> assertThat(e.report()).isSameAs(report));
    }

    @Test
    void anUnreadableBodyLeavesNoReportOfAnEarlierRun() {
        camel.routes(
                routes ->
                        routes.from("direct:in")
                                .to(camel.pipeline("upper", CamelFixture.UPPER))
                                .setBody()
                                .constant(List.of("no text"))
                                .to(failing("trap")));
        camel.context.start();

        Exchange result = camel.send("direct:in", "abc");

        assertThat(result.getException()).isInstanceOf(UnreadableBodyException.class);
        assertThat(result.getProperty(DagWasmConstants.REPORT)).isNull();
        assertThat(result.getMessage().getHeaders()).isEmpty();
    }

    @Test
    void allFailuresAreTold() {
        Exchange result =
                sent(camel.pipeline("two", TWO_FAILURES.formatted("continue_on_error")), "abc");

        assertThat(result.getException())
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        e ->
                                assertThat(e.causes())
                                        .hasExactlyElementsOfTypes(
                                                TrapException.class, LimitExceededException.class))
                .hasMessage(
                        "pipeline 'two': processor 'one' (trap.wasm): the guest trapped: Trapped on unreachable instruction;"
                                + " processor 'two' (letters.wasm): the limit of 40 output bytes is"
                                + " exceeded (option limits.output_bytes)");
    }

    @Test
    void bestEffortGivesWhatThereIs() {
        Exchange result = sent(camel.pipeline("two", TWO_FAILURES.formatted("best_effort")), "abc");

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("ABC");
        assertThat(result.getMessage().getHeader(DagWasmConstants.PARTIAL)).isEqualTo(true);
    }

    @Test
    void textsAreKeptOnlyWhereTheyAreAskedFor() {
        String pipeline = failing("trap");
        camel.routes(
                routes -> {
                    routes.from("direct:not").to(pipeline);
                    routes.from("direct:kept").to(pipeline + "?keepTexts=true");
                });
        camel.context.start();

        Exchange not = camel.send("direct:not", "abc");
        Exchange kept = camel.send("direct:kept", "abc");

        assertThat(((RunFailedException) not.getException()).texts()).isEmpty();
        assertThat(((RunFailedException) kept.getException()).texts())
                .containsOnlyKeys("upper")
                .satisfies(texts -> assertThat(texts.get("upper").string()).isEqualTo("ABC"));
        assertThat(kept.getException().toString()).doesNotContain("ABC");
    }

    static Stream<Object> bodies() {
        return Stream.of("héllo", "héllo".getBytes(UTF_8));
    }

    @ParameterizedTest
    @MethodSource("bodies")
    void everyTryAndTheDeadLetterSeeTheBodyOfTheBeginning(Object body) {
        List<String> tries = new CopyOnWriteArrayList<>();
        List<Object> dead = new CopyOnWriteArrayList<>();
        TextProcessor boom =
                call -> {
                    tries.add(call.text().string());
                    throw new IllegalStateException("boom");
                };
        camel.context.getRegistry().bind("boom", TextProcessor.class, boom);
        camel.routes(
                routes -> {
                    DeadLetterChannelBuilder letters = routes.deadLetterChannel("direct:dead");
                    letters.maximumRedeliveries(2).redeliveryDelay(0).logExhausted(false);
                    routes.errorHandler(letters);
                    routes.from("direct:dead").process(e -> dead.add(e.getMessage().getBody()));
                    routes.from("direct:in").to("dagwasm:local:boom");
                });
        camel.context.start();

        Exchange result = camel.send("direct:in", body);

        assertThat(tries).containsExactly("héllo", "héllo", "héllo");
        assertThat(dead).singleElement().isSameAs(body);
        assertThat(result.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .isInstanceOf(RunFailedException.class)
                .hasMessage(
                        "pipeline 'boom': processor 'boom':"
                                + " java.lang.IllegalStateException: boom");
    }
}
