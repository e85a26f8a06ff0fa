package io.github.dagwasm.camel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.wasm.CamelGuests;
import java.io.ByteArrayInputStream;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
import org.junit.jupiter.params.provider.MethodSource;

/** Bodies that are no text: bytes on both sides of a guest that carries them. */
class BytesIT {

    private static final byte[] PICTURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0, (byte) 0xff};
    private static final String FAULT = "malformed UTF-8 at byte 0 (0x89)";

    private static final Map<String, Function<byte[], Object>> KINDS = new LinkedHashMap<>();

    static {
        KINDS.put("bytes", bytes -> bytes);
        KINDS.put("ByteBuffer", ByteBuffer::wrap);
        KINDS.put("InputStream", ByteArrayInputStream::new);
        KINDS.put("File", bytes -> file(bytes).toFile());
        KINDS.put("Path", BytesIT::file);
        KINDS.put("GenericFile", BytesIT::genericFile);
    }

    @TempDir static Path folder;

    private static CamelFixture camel;

    @BeforeAll
    static void start() {
        camel = new CamelFixture(folder);
        String echo = camel.module("echo", CamelGuests.echo());
        String mixed =
                camel.pipeline(
                        "mixed",
                        """
                        processors:
                          - { id: echo, backend: wasm, module: echo.wasm }
                          - { id: upper, backend: local, impl: change_text_case_upper }
                        """);
        String texts =
                camel.pipeline(
                        "texts",
                        """
                        processors:
                          - { id: echo, backend: wasm, module: echo.wasm }
                          - { id: upper, backend: local, impl: change_text_case_upper, depends_on: [echo] }
                        """);
        String onwards =
                camel.pipeline(
                        "onwards",
                        """
                        processors:
                          - { id: echo, backend: wasm, module: echo.wasm }
                          - { id: call, backend: camel, endpoint: "direct:called", depends_on: [echo] }
                        """);
        camel.routes(
                routes -> {
                    routes.from("direct:called").setBody(routes.constant("never"));
                    routes.from("direct:echo").to(echo);
                    routes.from("direct:plain").streamCache("false").to(echo);
                    routes.from("direct:bytes").to(echo + "?resultType=bytes");
                    routes.from("direct:twice").to(echo).to(echo);
                    routes.from("direct:mixed").to(mixed);
                    routes.from("direct:texts").to(texts);
                    routes.from("direct:onwards").to(onwards);
                });
        camel.context.start();
    }

    @AfterAll
    static void stop() {
        camel.close();
    }

    private static Path file(byte[] bytes) {
        Path file = folder.resolve("body");
        CamelFixture.write(file, bytes);
        return file;
    }

    private static GenericFile<Object> genericFile(byte[] bytes) {
        GenericFile<Object> file = new GenericFile<>();
        file.setFile(file(bytes).toFile());
        return file;
    }

    static Stream<String> kinds() {
        return KINDS.keySet().stream();
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aBodyThatIsNoTextStaysBytes(String kind) {
        for (String route : new String[] {"echo", "plain", "bytes", "twice"}) {
            Exchange exchange = camel.send("direct:" + route, KINDS.get(kind).apply(PICTURE));

            assertThat(exchange.getException()).isNull();
            assertThat(exchange.getMessage().getBody()).as(route).isEqualTo(PICTURE);
        }
    }

    @ParameterizedTest
    @MethodSource("kinds")
    void aTextComesAsAString(String kind) {
        Object body = KINDS.get(kind).apply("hëllo".getBytes(UTF_8));

        assertThat(camel.send("direct:echo", body).getMessage().getBody()).isEqualTo("hëllo");
    }

    @Test
    void aCharsetThatWasSaidDoesNotHoldForBytesThatAreNoText() {
        Exchange exchange =
                camel.exchange(
                        "direct:echo",
                        made -> {
                            made.setProperty(ExchangePropertyKey.CHARSET_NAME, "UTF-8");
                            made.getMessage().setBody(PICTURE);
                        });

        assertThat(exchange.getMessage().getBody()).isEqualTo(PICTURE);
        assertThat(exchange.getProperty(ExchangePropertyKey.CHARSET_NAME)).isNull();
    }

    @Test
    void ofABodyInAnotherCharsetTheTextGoesIn() {
        Exchange exchange =
                camel.exchange(
                        "direct:bytes",
                        made -> {
                            made.setProperty(ExchangePropertyKey.CHARSET_NAME, "ISO-8859-1");
                            made.getMessage().setBody(new byte[] {(byte) 0xe9});
                        });

        assertThat(exchange.getMessage().getBody()).isEqualTo("é".getBytes(UTF_8));
    }

    @Test
    void aPipelineInWhichSomebodyNeedsATextRefusesThemAtOnce() {
        assertThat(camel.send("direct:mixed", PICTURE).getException())
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("pipeline 'mixed': the input: " + FAULT);
    }

    @Test
    void aProcessorThatNeedsATextFailsByItsName() {
        assertThat(camel.send("direct:texts", PICTURE).getException())
                .isInstanceOf(RunFailedException.class)
                .hasMessage("pipeline 'texts': processor 'upper': the input is no text: " + FAULT);
        assertThat(camel.send("direct:onwards", PICTURE).getException())
                .isInstanceOf(RunFailedException.class)
                .hasMessage(
                        "pipeline 'onwards': processor 'call' (direct:called): the input is no"
                                + " text: "
                                + FAULT);
    }

    @Test
    void aStringWithHalfAPairHasNoBytes() {
        assertThat(camel.send("direct:echo", "a\ud800").getException())
                .isInstanceOf(MalformedTextException.class)
                .hasMessage(
                        "pipeline 'echo': the input: unpaired surrogate at character 1 (U+D800)");
    }
}
