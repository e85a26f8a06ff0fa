package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.TestModules;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.FilterReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.camel.Exchange;
import org.apache.camel.StreamCache;
import org.apache.camel.builder.DeadLetterChannelBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that are read only once, or from a file, and who comes after the pipeline. */
class OneShotBodiesIT {

    private static final String TEXT = "héllo ".repeat(3000);

    private static final String TRAP =
            "processors: [ { id: t, backend: wasm, module: trap.wasm } ]";

    @TempDir Path folder;

    private CamelFixture camel;

    /** What the dead letter channel got, read to its end. */
    private final List<String> dead = new CopyOnWriteArrayList<>();

    private final List<Object> seen = new CopyOnWriteArrayList<>();

    @BeforeEach
    void prepare() {
        camel = new CamelFixture(folder);
        camel.module("trap", TestModules.trap());
    }

    @AfterEach
    void stop() {
        camel.close();
    }

    private void start(String pipeline, boolean caching) {
        camel.routes(
                routes -> {
                    routes.from("direct:dead").process(e -> dead.add(CamelFixture.text(e)));
                    routes.from("direct:in")
                            .errorHandler(deadLetters(routes))
                            .streamCache(Boolean.toString(caching))
                            .process(e -> seen.add(e.getMessage().getBody()))
                            .to(pipeline);
                });
        camel.context.start();
    }

    private static DeadLetterChannelBuilder deadLetters(RouteBuilder routes) {
        DeadLetterChannelBuilder builder = routes.deadLetterChannel("direct:dead");
        builder.maximumRedeliveries(2).redeliveryDelay(0).logExhausted(false);
        return builder;
    }

    private static Object body(String kind) {
        return switch (kind) {
            case "stream" -> new ByteArrayInputStream(TEXT.getBytes(UTF_8)) {};
            case "one shot" -> new FilterInputStream(stream(TEXT)) {};
            case "reader" -> new FilterReader(new StringReader(TEXT)) {};
            case "file" -> streaming(TEXT.getBytes(UTF_8), null);
            default -> throw new IllegalArgumentException(kind);
        };
    }

    private static InputStream stream(String text) {
        return new ByteArrayInputStream(text.getBytes(UTF_8));
    }

    private static GenericFile<Object> streaming(byte[] bytes, String charset) {
        GenericFile<Object> file = new GenericFile<>();
        file.setCharset(charset);
        file.setBody(new FilterInputStream(new ByteArrayInputStream(bytes)) {});
        return file;
    }

    /** The error handler of the outer route puts the consumed stream back. */
    @ParameterizedTest
    @ValueSource(strings = {"stream", "one shot", "reader", "file"})
    void anOuterRouteThatRedeliversAfterASuccessFindsEveryByte(String kind) {
        String lower =
                camel.pipeline(
                        "lower",
                        "processors: [ { id: l, backend: local, impl: change_text_case_lower } ]");
        camel.routes(
                routes -> {
                    routes.from("direct:in")
                            .errorHandler(deadLetters(routes))
                            .streamCache("false")
                            .to("direct:inner");
                    routes.from("direct:inner")
                            .errorHandler(routes.noErrorHandler())
                            .streamCache("false")
                            .to(lower)
                            .process(e -> seen.add(e.getMessage().getBody()))
                            .process(
                                    e -> {
                                        if (seen.size() == 1) {
                                            throw new IllegalStateException("at the first try");
                                        }
                                    });
                    routes.from("direct:dead").process(e -> dead.add(CamelFixture.text(e)));
                });
        camel.context.start();

        camel.send("direct:in", body(kind));

        assertThat(seen).containsExactly(TEXT, TEXT);
        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "one shot", "reader", "file"})
    void aFailedRunLeavesEveryByteToTheDeadLetter(String kind) {
        start(camel.pipeline("trap", TRAP), false);

        camel.send("direct:in", body(kind));

        assertThat(dead).containsExactly(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "one shot", "reader", "file"})
    void aRedeliveryProcessesEveryByte(String kind) {
        AtomicInteger tries = new AtomicInteger();
        TextProcessor flaky =
                call -> {
                    if (tries.incrementAndGet() < 3) {
                        throw new IllegalStateException("not yet");
                    }
                    return ProcessorResult.of(call.text());
                };
        camel.context.getRegistry().bind("flaky", TextProcessor.class, flaky);
        start(
                camel.pipeline("flaky", "processors: [ { id: f, backend: local, impl: flaky } ]"),
                false);

        Exchange result = camel.send("direct:in", body(kind));

        assertThat(result.getMessage().getBody()).isEqualTo(TEXT);
        assertThat(tries).hasValue(3);
        assertThat(dead).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "one shot", "reader", "file"})
    void aBodyOverTheLimitLeavesEveryByteToTheDeadLetter(String kind) {
        start(camel.pipeline("small", "max_input_bytes: 10000\n" + CamelFixture.UPPER), false);

        camel.send("direct:in", body(kind));

        assertThat(dead).containsExactly(TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"stream", "one shot", "reader", "file"})
    void aCachedBodyIsAllThereForTheDeadLetter(String kind) {
        start(camel.pipeline("trap", TRAP), true);

        camel.send("direct:in", body(kind));

        assertThat(dead).containsExactly(TEXT);
    }

    @Test
    void whoeverPrintsTheExchangesPropertiesDoesNotPrintItsText() {
        start(camel.pipeline("trap", TRAP), false);

        Exchange sent = camel.send("direct:in", body("reader"));

        assertThat(CamelFixture.text(sent)).isEqualTo(TEXT);
        assertThat(sent.getAllProperties().values())
                .allSatisfy(value -> assertThat(value.toString()).doesNotContain("héllo"));
    }

    @Test
    void aBodySpooledToDiskIsReadAndIsAllThereForTheDeadLetter() {
        camel.context.getStreamCachingStrategy().setSpoolEnabled(true);
        camel.context.getStreamCachingStrategy().setSpoolThreshold(16);
        start(camel.pipeline("small", "max_input_bytes: 10000\n" + CamelFixture.UPPER), true);

        camel.send("direct:in", body("one shot"));
        Exchange fits = camel.send("direct:in", new FilterInputStream(stream("é".repeat(99))) {});

        assertThat(seen).hasSize(2).allSatisfy(OneShotBodiesIT::isOnDisk);
        assertThat(dead).containsExactly(TEXT);
        assertThat(fits.getMessage().getBody()).isEqualTo("É".repeat(99));
    }

    private static void isOnDisk(Object body) {
        assertThat(body).isInstanceOf(StreamCache.class);
        assertThat(((StreamCache) body).inMemory()).isFalse();
    }

    @Test
    void aFilesOwnCharsetHoldsForItsStreamAtTheSecondTryToo() {
        start(camel.pipeline("trap", TRAP), false);
        Exchange sent = camel.send("direct:in", streaming("hé".getBytes(ISO_8859_1), "ISO-8859-1"));

        camel.routes(
                routes ->
                        routes.from("direct:again")
                                .to(camel.pipeline("upper", CamelFixture.UPPER)));
        Exchange again = camel.send("direct:again", sent.getMessage().getBody());

        assertThat(again.getMessage().getBody()).isEqualTo("HÉ");
    }

    @Test
    void aStreamThatBreaksOffIsNeverTakenForItsFirstPart() {
        start(camel.pipeline("upper", CamelFixture.UPPER), false);

        Exchange result = camel.send("direct:in", new BreakingStream());

        assertThat(result.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageContaining("reading broke off before: an input or output error")
                .hasRootCauseMessage("reset");
        assertThat(result.getMessage().getBody()).isNotInstanceOf(String.class);
    }

    @Test
    void aReaderThatBreaksOffIsNeverTakenForItsFirstPart() {
        start(camel.pipeline("upper", CamelFixture.UPPER), false);

        Exchange result = camel.send("direct:in", new BreakingReader());

        assertThat(result.getProperty(Exchange.EXCEPTION_CAUGHT, Exception.class))
                .hasMessageContaining("reading broke off before: an input or output error")
                .hasRootCauseMessage("reset");
        assertThat(result.getMessage().getBody()).isNotInstanceOf(String.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"?charset=ISO-8859-1", "?charset=UTF-8", "?noop=true"})
    void aFileIsReadWithTheCharsetThatItsConsumerNames(String query) throws IOException {
        Path in = Files.createDirectories(folder.resolve("in"));
        List<String> results = new CopyOnWriteArrayList<>();
        String upper = camel.pipeline("upper", CamelFixture.UPPER);
        Files.write(in.resolve("a.txt"), "hé".getBytes(query.contains("ISO") ? ISO_8859_1 : UTF_8));

        camel.routes(
                routes ->
                        routes.from("file:" + in + query)
                                .to(upper)
                                .process(e -> results.add(e.getMessage().getBody(String.class))));
        camel.context.start();

        await().until(() -> !results.isEmpty());
        assertThat(results).containsExactly("HÉ");
    }

    /** Gives a part, breaks off, and then looks as if it had ended. */
    private static final class BreakingStream extends InputStream {

        private int reads;

        @Override
        public int read() {
            throw new UnsupportedOperationException();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            reads++;
            if (reads == 2) {
                throw new IOException("reset");
            }
            bytes[offset] = 'a';
            return reads == 1 ? 1 : -1;
        }
    }

    /** Likewise. */
    private static final class BreakingReader extends Reader {

        private int reads;

        @Override
        public int read(char[] chars, int offset, int length) throws IOException {
            reads++;
            if (reads == 2) {
                throw new IOException("reset");
            }
            chars[offset] = 'a';
            return reads == 1 ? 1 : -1;
        }

        @Override
        public void close() {}
    }
}
