package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.EndpointFailureException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.SQLTransientException;
import java.util.List;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.RuntimeCamelException;
import org.apache.camel.converter.stream.InputStreamCache;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What becomes of an endpoint's answers and failures of every kind. */
class EndpointAnswersIT extends AskingFixture {

    static Stream<Arguments> answers() {
        byte[] bytes = "añb".getBytes(StandardCharsets.UTF_8);
        return Stream.of(
                answer("a string", e -> "añb"),
                answer("bytes", e -> bytes),
                answer("a buffer", e -> ByteBuffer.wrap(bytes)),
                answer("a stream", e -> new ByteArrayInputStream(bytes)),
                answer("a reader", e -> new StringReader("añb")),
                answer("a stream cache", e -> new InputStreamCache(bytes)),
                answer("characters", e -> CharBuffer.wrap("añb")),
                answer(
                        "bytes of another charset",
                        e -> {
                            e.setProperty(ExchangePropertyKey.CHARSET_NAME, "ISO-8859-1");
                            return "añb".getBytes(StandardCharsets.ISO_8859_1);
                        }));
    }

    private static Arguments answer(String name, Function<Exchange, Object> body) {
        return Arguments.of(name, body);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("answers")
    void anAnswerOfAnyKindIsRead(String name, Function<Exchange, Object> body) {
        camel.routes(
                r ->
                        r.from("direct:service")
                                .streamCache("false")
                                .process(e -> e.getMessage().setBody(body.apply(e))));

        Exchange exchange = asked("", "abc");

        assertThat(exchange.getException()).as(name).isNull();
        assertThat(exchange.getMessage().getBody()).isEqualTo("añb");
    }

    @Test
    void noAnswerIsEmptyText() {
        camel.routes(r -> r.from("direct:service").setBody(e -> null));

        assertThat(asked("", "abc").getMessage().getBody()).isEqualTo("");
    }

    @Test
    void aNumberIsText() {
        camel.routes(r -> r.from("direct:service").setBody(e -> 42));

        assertThat(asked("", "abc").getMessage().getBody()).isEqualTo("42");
    }

    static Stream<Arguments> badAnswers() {
        return Stream.of(
                Arguments.of(
                        "x".repeat(41),
                        "limit",
                        "the limit of 40 output bytes is exceeded: 41 asked for (option"
                                + " limits.output_bytes)"),
                Arguments.of(
                        "x".repeat(41).getBytes(StandardCharsets.UTF_8),
                        "limit",
                        "the limit of 40 output bytes is exceeded (option limits.output_bytes)"),
                Arguments.of(
                        new byte[] {'a', (byte) 0xff},
                        "malformed_text",
                        "malformed UTF-8 at byte 1 (0xff)"),
                Arguments.of(
                        List.of("a"),
                        "endpoint_failure",
                        "the answer is a java.util.ImmutableCollections$List12, which is no text;"
                                + " convert it before, for instance with convertBodyTo or"
                                + " marshal"));
    }

    @ParameterizedTest
    @MethodSource("badAnswers")
    void anAnswerThatIsNoTextFailsTheProcessor(Object body, String kind, String message) {
        camel.routes(r -> r.from("direct:service").setBody(e -> body));

        Exchange exchange = asked("", "abc");

        assertThat(failure(exchange))
                .isEqualTo("pipeline 'asking': processor 'ask' (direct:service): " + message);
        assertThat(asked(exchange).failure().orElseThrow().kind()).isEqualTo(kind);
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
    }

    @Test
    void aStreamThatIsNotReadToItsEndIsClosed() {
        AtomicInteger closed = new AtomicInteger();
        camel.routes(
                r ->
                        r.from("direct:service")
                                .streamCache("false")
                                .process(e -> e.getMessage().setBody(endless(closed))));

        Exchange exchange = asked("", "abc");

        assertThat(failure(exchange)).contains("the limit of 40 output bytes is exceeded");
        assertThat(closed).hasValue(1);
    }

    private static InputStream endless(AtomicInteger closed) {
        return new InputStream() {
            @Override
            public int read() {
                return 'x';
            }

            @Override
            public void close() {
                closed.incrementAndGet();
            }
        };
    }

    static Stream<Arguments> failures() {
        return Stream.of(
                Arguments.of(
                        new IllegalStateException("no \u001b[31mroom\n today"),
                        "",
                        false,
                        "java.lang.IllegalStateException: no \\u{1b}[31mroom\\u{a} today"),
                Arguments.of(new IOException("gone"), "", true, "java.io.IOException: gone"),
                Arguments.of(
                        new RuntimeCamelException("odd", new TimeoutException("late")),
                        "",
                        true,
                        "org.apache.camel.RuntimeCamelException: odd"),
                Arguments.of(
                        new IllegalStateException(),
                        "retry_on: [IllegalStateException]",
                        true,
                        "java.lang.IllegalStateException"),
                Arguments.of(
                        new UncheckedIOException("x", new IOException("y")),
                        "",
                        true,
                        "java.io.UncheckedIOException: x"),
                Arguments.of(
                        new RuntimeException("a", new SQLTransientException("b")),
                        "retry_on: [java.sql.SQLException]",
                        true,
                        "java.lang.RuntimeException: a"),
                Arguments.of(
                        new RuntimeException("a", new SQLTransientException("b")),
                        "retry_on: [java.sqlSQLException]",
                        false,
                        "java.lang.RuntimeException: a"));
    }

    @ParameterizedTest
    @MethodSource("failures")
    void anExceptionOfTheEndpointIsTheProcessorsFailure(
            Exception thrown, String options, boolean retryable, String message) {
        camel.routes(r -> r.from("direct:service").process(e -> throwIt(thrown)));

        Exchange exchange = asked(options, "abc");

        assertThat(failure(exchange))
                .isEqualTo("pipeline 'asking': processor 'ask' (direct:service): " + message);
        assertThat(cause(exchange))
                .isInstanceOfSatisfying(
                        EndpointFailureException.class,
                        failure -> {
                            assertThat(failure.uri()).isEqualTo("direct:service");
                            assertThat(failure.retryable()).isEqualTo(retryable);
                            assertThat(failure.kind()).isEqualTo("endpoint_failure");
                            assertThat(failure).hasCause(thrown);
                        });
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
    }
}
