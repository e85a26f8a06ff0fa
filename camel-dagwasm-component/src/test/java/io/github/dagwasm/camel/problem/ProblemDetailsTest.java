package io.github.dagwasm.camel.problem;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.camel.DagWasmConstants;
import io.github.dagwasm.camel.UnreadableBodyException;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.EndpointFailureException;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import io.github.dagwasm.spi.RunFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.UnsupportedCharsetException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.ExchangeTimedOutException;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProblemDetailsTest {

    private static final String UNEXPECTED =
            """
            {"type":"about:blank","title":"Internal Server Error","status":500}""";
    private static final String TOO_LATE =
            """
            {"type":"tag:dagwasm.github.io,2026:too-late","title":"Too late","status":504,\
            "detail":"The text was not processed in the time there is."}""";
    private static final String TRAP =
            """
            {"type":"tag:dagwasm.github.io,2026:trap","title":"Trap","status":422,\
            "detail":"A guest trapped on this text."}""";
    private static final String FULL =
            """
            {"type":"tag:dagwasm.github.io,2026:sandbox-full","title":"Sandbox full","status":503,\
            "detail":"The sandbox is full; try again later."}""";
    private static final String BROKEN_OFF =
            """
            {"type":"tag:dagwasm.github.io,2026:unreadable-text","title":"Unreadable text",\
            "status":400,"detail":"The text broke off before its end."}""";

    private final Exchange exchange = new DefaultExchange(new DefaultCamelContext());

    private String document(Throwable failure) {
        exchange.setProperty(ExchangePropertyKey.EXCEPTION_CAUGHT, failure);
        return document();
    }

    private String document() {
        new ProblemDetails().process(exchange);
        return exchange.getMessage().getBody(String.class);
    }

    private static RunFailedException run(DagWasmException... causes) {
        return new RunFailedException("pipeline 'secret': /etc", null, List.of(causes), Map.of());
    }

    private static DagWasmException full() {
        return new SandboxFullException("instances", 1, 1, 1, Duration.ZERO, "maxInstances");
    }

    private static DagWasmException late() {
        return new ProcessorTimeoutException(Duration.ofSeconds(1), "timeout", false);
    }

    private static DagWasmException local() {
        return new ProcessorFailureException("secret", null, false);
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new MalformedTextException("secret", 3),
                        """
                        {"type":"tag:dagwasm.github.io,2026:malformed-text",\
                        "title":"Malformed text","status":400,\
                        "detail":"The text is not well-formed UTF-8; the first fault is at offset\
                         3."}"""),
                Arguments.of(
                        LimitExceededException.byMore("input bytes", 9, "max_input_bytes"),
                        """
                        {"type":"tag:dagwasm.github.io,2026:text-too-large",\
                        "title":"Text too large","status":413,\
                        "detail":"The text is larger than the 9 bytes that are taken."}"""),
                Arguments.of(
                        LimitExceededException.byMore("header characters", 9, "fixed"),
                        """
                        {"type":"tag:dagwasm.github.io,2026:limit-exceeded",\
                        "title":"Limit exceeded","status":422,\
                        "detail":"This text takes more than the limit of 9 header\
                         characters."}"""),
                Arguments.of(
                        new UnreadableBodyException("secret", new UnsupportedCharsetException("x")),
                        """
                        {"type":"tag:dagwasm.github.io,2026:unknown-charset",\
                        "title":"Unknown charset","status":400,\
                        "detail":"There is no such charset."}"""),
                Arguments.of(
                        new UnreadableBodyException("secret", new IOException("/x")), BROKEN_OFF),
                Arguments.of(new UnreadableBodyException("a body of class X", null), UNEXPECTED),
                Arguments.of(new RuntimeCamelException(new EOFException("secret")), BROKEN_OFF));
    }

    static Stream<Arguments> failedRuns() {
        return Stream.of(
                Arguments.of(run(new TrapException("secret")), TRAP),
                Arguments.of(
                        run(new EndpointFailureException("http://secret", "secret", null, true)),
                        """
                        {"type":"tag:dagwasm.github.io,2026:endpoint-failure",\
                        "title":"Endpoint failure","status":502,\
                        "detail":"A service that this text needs has failed."}"""),
                Arguments.of(
                        run(new GuestFailureException("its own words")),
                        """
                        {"type":"tag:dagwasm.github.io,2026:guest-failure",\
                        "title":"Guest failure","status":422,\
                        "detail":"A guest failed on this text."}"""),
                Arguments.of(
                        run(new LimitExceededException("output bytes", 5, 6, "secret")),
                        """
                        {"type":"tag:dagwasm.github.io,2026:limit-exceeded",\
                        "title":"Limit exceeded","status":422,\
                        "detail":"This text takes more than the limit of 5 output bytes."}"""),
                Arguments.of(
                        run(new LimitExceededException("input bytes", 5, 6, "secret")),
                        """
                        {"type":"tag:dagwasm.github.io,2026:limit-exceeded",\
                        "title":"Limit exceeded","status":422,\
                        "detail":"This text takes more than the limit of 5 input bytes."}"""),
                Arguments.of(
                        run(new MalformedTextException("secret", 3)),
                        """
                        {"type":"tag:dagwasm.github.io,2026:text-not-carried",\
                        "title":"Text not carried","status":422,\
                        "detail":"A processor cannot take, or did not give, a text that is well\
                         formed."}"""),
                Arguments.of(run(late()), TOO_LATE),
                Arguments.of(new ExchangeTimedOutException(null, 5), TOO_LATE),
                Arguments.of(new TimeoutException("secret"), TOO_LATE),
                Arguments.of(run(full()), FULL),
                Arguments.of(
                        new RejectedExecutionException("secret"),
                        """
                        {"type":"about:blank","title":"Service Unavailable","status":503}"""),
                Arguments.of(run(local()), UNEXPECTED),
                Arguments.of(run(), UNEXPECTED),
                Arguments.of(new ModuleRefusedException("/secret.wasm"), UNEXPECTED),
                Arguments.of(new IllegalStateException("at java.secret"), UNEXPECTED),
                Arguments.of(new StackOverflowError(), UNEXPECTED),
                Arguments.of(new ProcessorFailureException("outer", run(full()), true), UNEXPECTED),
                Arguments.of(new RuntimeCamelException(new RuntimeException(run(full()))), FULL));
    }

    @ParameterizedTest
    @MethodSource({"failures", "failedRuns"})
    void saysWhatTheFailureIsAndNothingOfItsMessage(Throwable failure, String document) {
        assertThat(document(failure)).isEqualTo(document);
    }

    static Stream<Arguments> causes() {
        return Stream.of(
                Arguments.of(List.of(full(), new TrapException("x"), local(), late()), TRAP),
                Arguments.of(List.of(full(), late(), local()), UNEXPECTED),
                Arguments.of(List.of(full(), late()), TOO_LATE),
                Arguments.of(List.of(full(), full()), FULL));
    }

    @ParameterizedTest
    @MethodSource("causes")
    void promisesThatAnotherTryMayHelpOnlyWhereEveryCauseDoes(
            List<DagWasmException> causes, String document) {
        RunFailedException run = run(causes.toArray(DagWasmException[]::new));

        assertThat(document(run)).isEqualTo(document);
        assertThat(exchange.getMessage().getHeader("Retry-After"))
                .isEqualTo(document.equals(FULL) ? "1" : null);
    }

    @Test
    void leavesNoHeaderThatWasThereBefore() {
        exchange.getMessage().setHeader("Authorization", "secret");
        exchange.getMessage().setHeader("CamelFileName", "x");
        exchange.getMessage().setHeader("dagwasm.x.y", "z");

        document(new IllegalStateException());

        assertThat(exchange.getMessage().getHeaders())
                .containsOnly(
                        Map.entry("Content-Type", "application/problem+json"),
                        Map.entry("CamelHttpResponseCode", 500));
    }

    @Test
    void namesTheCharsetOfTheBodyByItsProperName() {
        exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, "latin1");

        assertThat(document(new MalformedTextException("secret", 7)))
                .contains(
                        "\"The text is not well-formed ISO-8859-1; the first fault is at offset 7");
    }

    @Test
    void aNameThatIsNoCharsetIsNotRepeated() {
        exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, "<script>");

        assertThat(document(new MalformedTextException("secret", 7)))
                .contains("\"The text is not well-formed text; the first fault is at offset 7.\"");
    }

    @Test
    void whatBreaksOffAfterTheRunIsNotTheBody() {
        exchange.setProperty(DagWasmConstants.REPORT, "a report");

        assertThat(document(new RuntimeCamelException(new EOFException("x"))))
                .isEqualTo(UNEXPECTED);
    }

    @ParameterizedTest
    @MethodSource("notFound")
    void withoutAFailureTheRouteHasSetTheStatus(Object status) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);

        assertThat(document())
                .isEqualTo(
                        """
                        {"type":"about:blank","title":"Not Found","status":404}""");
        assertThat(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE)).isEqualTo(404);
    }

    static Stream<Object> notFound() {
        return Stream.of(404, "404");
    }

    @ParameterizedTest
    @MethodSource("noFailures")
    void aStatusThatIsNoFailureIsNotTaken(Object status) {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, status);

        assertThat(document()).isEqualTo(UNEXPECTED);
    }

    static Stream<Object> noFailures() {
        return Stream.of(200, 399, 600, "40", "no number");
    }

    @Test
    void aStatusWithoutWordsOfItsOwnHasThoseOfItsClass() {
        exchange.getMessage().setHeader(Exchange.HTTP_RESPONSE_CODE, 418);

        assertThat(document())
                .isEqualTo(
                        """
                        {"type":"about:blank","title":"Bad Request","status":418}""");
    }
}
