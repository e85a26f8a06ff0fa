package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.component.file.GenericFile;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of the kinds of bodies that Camel's routes carry. */
class BodiesIT {

    private static final String SMALL = "max_input_bytes: 4\n" + CamelFixture.UPPER;

    private static final Map<String, Function<byte[], Object>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("String", utf8 -> new String(utf8, UTF_8));
        KINDS.put("StringBuilder", BodiesIT::builder);
        KINDS.put("CharBuffer", utf8 -> CharBuffer.wrap(new String(utf8, UTF_8)));
        KINDS.put("bytes", utf8 -> utf8);
        KINDS.put("ByteBuffer", ByteBuffer::wrap);
        KINDS.put("ByteArrayOutputStream", BodiesIT::written);
        KINDS.put("InputStream", ByteArrayInputStream::new);
        KINDS.put("Reader", utf8 -> new StringReader(new String(utf8, UTF_8)));
        KINDS.put("BufferedReader", utf8 -> new BufferedReader(reader(utf8)));
        KINDS.put("File", utf8 -> file(utf8).toFile());
        KINDS.put("Path", BodiesIT::file);
        KINDS.put("GenericFile", utf8 -> genericFile(file(utf8).toFile()));
        KINDS.put("GenericFile with a stream", u -> genericFile(new ByteArrayInputStream(u)));
    }

    @TempDir static Path folder;

    private static CamelFixture camel;

    @BeforeAll
    static void start() {
        camel = new CamelFixture(folder);
        String upper = camel.pipeline("upper", CamelFixture.UPPER);
        String small = camel.pipeline("small", SMALL);
        camel.routes(
                routes -> {
                    routes.from("direct:cached").to(upper);
                    routes.from("direct:plain").streamCache("false").to(upper);
                    routes.from("seda:queued").to(upper);
                    routes.from("direct:small-cached").to(small);
                    routes.from("direct:small-plain").streamCache("false").to(small);
                    routes.from("direct:bytes").to(upper + "?resultType=bytes");
                });
        camel.context.start();
    }

    @AfterAll
    static void stop() {
        camel.close();
    }

    private static ByteArrayOutputStream written(byte[] utf8) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(utf8);
        return out;
    }

    private static StringReader reader(byte[] utf8) {
        return new StringReader(new String(utf8, UTF_8));
    }

    private static StringBuilder builder(byte[] utf8) {
        StringBuilder builder = new StringBuilder();
        new String(utf8, UTF_8).codePoints().forEach(builder::appendCodePoint);
        return builder;
    }

    private static Path file(byte[] bytes) {
        Path file = folder.resolve("body.txt");
        CamelFixture.write(file, bytes);
        return file;
    }

    private static GenericFile<Object> genericFile(Object body) {
        GenericFile<Object> file = new GenericFile<>();
        file.setBody(body);
        return file;
    }

    static Stream<Arguments> kindsOnRoutes() {
        return KINDS.keySet().stream()
                .flatMap(
                        kind ->
                                Stream.of("direct:cached", "direct:plain", "seda:queued")
                                        .map(route -> Arguments.of(kind, route)));
    }

    static Stream<Arguments> kindsOnSmallRoutes() {
        return KINDS.keySet().stream()
                .flatMap(
                        kind ->
                                Stream.of("direct:small-cached", "direct:small-plain")
                                        .map(route -> Arguments.of(kind, route)));
    }

    @ParameterizedTest
    @MethodSource("kindsOnRoutes")
    void everyKindOfTextGoesThroughThePipeline(String kind, String route) {
        Object body = KINDS.get(kind).apply("héllo 🙂".getBytes(UTF_8));

        Exchange result = camel.template.request(route, e -> e.getMessage().setBody(body));

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("HÉLLO 🙂");
    }

    @ParameterizedTest
    @MethodSource("kindsOnSmallRoutes")
    void aBodyOverTheLimitFailsAndIsAllThereAfterwards(String kind, String route) {
        String text = "0123456789".repeat(2000);
        Object body = KINDS.get(kind).apply(text.getBytes(UTF_8));

        Exchange result = camel.send(route, body);

        assertThat(result.getException())
                .isInstanceOfSatisfying(
                        LimitExceededException.class,
                        e -> {
                            assertThat(e.limit()).isEqualTo("input bytes");
                            assertThat(e.value()).isEqualTo(4);
                            assertThat(e.option()).isEqualTo("max_input_bytes");
                        });
        assertThat(CamelFixture.text(result)).isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("kindsOnSmallRoutes")
    void aBodyOfJustTheLimitIsProcessed(String kind, String route) {
        Object body = KINDS.get(kind).apply("aé1".getBytes(UTF_8));

        Exchange result = camel.send(route, body);

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("AÉ1");
    }

    @Test
    void valuesAreTheTextThatTheyAreWrittenAs() {
        List<Object> results = new ArrayList<>();

        for (Object value : new Object[] {42, 1.5, true, 'x', TimeUnit.DAYS, "", new byte[0]}) {
            results.add(camel.send("direct:cached", value).getMessage().getBody());
        }

        assertThat(results).containsExactly("42", "1.5", "TRUE", "X", "DAYS", "", "");
    }

    @Test
    void noBodyIsEmptyText() {
        Exchange result = camel.send("direct:cached", null);

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("");
    }

    @Test
    void aBufferIsReadFromItsPositionAndLeftThere() {
        ByteBuffer body = ByteBuffer.wrap("héllo".getBytes(UTF_8)).position(3).limit(5);

        Exchange result = camel.send("direct:cached", body);

        assertThat(result.getMessage().getBody()).isEqualTo("LL");
        assertThat(body).isEqualTo(ByteBuffer.wrap(new byte[] {'l', 'l'}));
    }

    static Stream<Object> noTexts() {
        return Stream.of(
                new LinkedHashMap<>(Map.of("a", "b")),
                new ArrayList<>(List.of("a")),
                Optional.of("a"),
                Locale.ROOT,
                new int[] {1},
                Stream.of("a"),
                new Thread());
    }

    @ParameterizedTest
    @MethodSource("noTexts")
    void whatIsNoTextIsNotMadeOne(Object body) {
        Exchange result = camel.send("direct:cached", body);

        assertThat(result.getException())
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage(
                        "pipeline 'upper': the body is a "
                                + body.getClass().getTypeName()
                                + ", which is no text; convert it before, for instance with"
                                + " convertBodyTo or marshal");
        assertThat(result.getMessage().getBody()).isSameAs(body);
    }

    @ParameterizedTest
    @ValueSource(strings = {"direct:cached", "direct:plain"})
    void malformedUtf8FailsWithItsOffsetAndIsLeftAsItIs(String route) {
        byte[] body = {'a', 'b', (byte) 0xff, 'c'};

        Exchange result = camel.send(route, body);

        assertThat(result.getException())
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("pipeline 'upper': the input: malformed UTF-8 at byte 2 (0xff)");
        assertThat(result.getMessage().getBody()).isSameAs(body);
        assertThat(body).containsExactly('a', 'b', 0xff, 'c');
    }

    @Test
    void anUnpairedSurrogateFailsWithItsOffset() {
        Exchange result = camel.send("direct:cached", "ab\ud800c");

        assertThat(result.getException())
                .isInstanceOf(MalformedTextException.class)
                .hasMessage(
                        "pipeline 'upper': the input: unpaired surrogate at character 2 (U+D800)");
        assertThat(result.getMessage().getBody()).isEqualTo("ab\ud800c");
    }

    @Test
    void theExchangesCharsetIsTheOneToDecodeWith() {
        Exchange result =
                camel.exchange("direct:plain", charset("UTF-16", "héllo".getBytes(UTF_16)));

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody()).isEqualTo("HÉLLO");
    }

    @Test
    void aLargeBodyOfAnotherCharsetKeepsItsEnd() {
        String large = camel.pipeline("large", "max_input_bytes: 30000000\n" + CamelFixture.UPPER);
        camel.routes(routes -> routes.from("direct:large").to(large));
        byte[] body = new byte[(1 << 24) + 1];
        Arrays.fill(body, (byte) 'a');
        body[body.length - 1] = 'z';

        Exchange result = camel.exchange("direct:large", charset("ISO-8859-1", body));

        assertThat(result.getException()).isNull();
        assertThat(result.getMessage().getBody(String.class).length()).isEqualTo(body.length);
        assertThat(result.getMessage().getBody(String.class)).endsWith("AZ");
    }

    @Test
    void bytesThatAreNotOfTheExchangesCharsetFailWithTheirOffset() {
        Exchange result = camel.exchange("direct:plain", charset("US-ASCII", "hé".getBytes(UTF_8)));

        assertThat(result.getException())
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("pipeline 'upper': the input: malformed US-ASCII at byte 1 (0xc3)")
                .extracting(failure -> ((MalformedTextException) failure).offset())
                .isEqualTo(1L);
    }

    @Test
    void anUnknownCharsetFails() {
        Exchange result = camel.exchange("direct:plain", charset("klingon", new byte[] {'a'}));

        assertThat(result.getException())
                .isInstanceOf(UnreadableBodyException.class)
                .hasMessage("pipeline 'upper': there is no charset 'klingon'");
    }

    @Test
    void aSendersCharsetHeaderChangesNothing() {
        Exchange result =
                camel.exchange(
                        "direct:plain",
                        e -> {
                            e.getMessage().setBody("hé".getBytes(UTF_8));
                            e.getMessage().setHeader(Exchange.CHARSET_NAME, "UTF-16");
                        });

        assertThat(result.getMessage().getBody()).isEqualTo("HÉ");
        assertThat(result.getMessage().getHeader(Exchange.CHARSET_NAME)).isEqualTo("UTF-16");
    }

    @Test
    void bytesAreUtf8WhateverCharsetTheBodyHadBefore() {
        Exchange result =
                camel.exchange("direct:bytes", charset("ISO-8859-1", "hé".getBytes(ISO_8859_1)));

        assertThat(result.getMessage().getBody()).isEqualTo("HÉ".getBytes(UTF_8));
        assertThat(result.getMessage().getBody(String.class)).isEqualTo("HÉ");
    }

    private static Consumer<Exchange> charset(String charset, byte[] body) {
        return exchange -> {
            exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, charset);
            exchange.getMessage().setBody(body);
        };
    }
}
