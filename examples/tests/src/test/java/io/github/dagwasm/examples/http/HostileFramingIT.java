package io.github.dagwasm.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies whose coding, length or chunks are not what they seem; each ends in one document. */
class HostileFramingIT {

    private static final String POST = "POST /pipelines/hello HTTP/1.1\r\nHost: x\r\n";
    private static final String CLOSE = POST + "Connection: close\r\n";
    private static final String CHUNKED = CLOSE + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String CHUNK = "1\r\nA\r\n0\r\n\r\n";
    private static final String BROKEN_OFF =
            """
            {"type":"tag:dagwasm.github.io,2026:unreadable-text","title":"Unreadable text",\
            "status":400,"detail":"The text broke off before its end."}""";
    private static final int MUCH = 5 << 20;

    private static HttpServer server;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.serving(HttpServer.EXAMPLE, Map.of());
    }

    @AfterAll
    static void close() throws IOException {
        if (server != null) {
            server.close();
        }
    }

    private static void assertProblem(String answer, int status, String title) {
        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " " + title + "\n")
                .endsWith(
                        """


                        {"type":"about:blank","title":"%s","status":%d}"""
                                .formatted(title, status))
                .containsOnlyOnce("HTTP/1.1 ")
                .containsOnlyOnce("Content-Type: application/problem+json\n");
    }

    private static void assertGreeted(String answer) {
        assertThat(answer).startsWith("HTTP/1.1 200 OK\n").endsWith("\n\na-wasm");
    }

    private static String withHeaders(String headers, String body) throws IOException {
        String lines = headers.replace("|", "\r\n") + "\r\n";
        return server.exchange(
                CLOSE + lines + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "gzip",
                "GZIP",
                "x-gzip",
                "deflate",
                "br",
                "zstd",
                "gzip;q=0",
                "identity, gzip",
                "gzip, identity",
                "identity|Content-Encoding: gzip",
                "gzip|Content-Encoding: identity",
            })
    void anyCodingOfContentIs415(String coding) throws Exception {
        assertProblem(
                withHeaders("Content-Encoding: " + coding, "A"), 415, "Unsupported Media Type");
    }

    @Test
    void aBombIsNotOpened() throws Exception {
        ByteArrayOutputStream bomb = new ByteArrayOutputStream();
        try (GZIPOutputStream gzip = new GZIPOutputStream(bomb)) {
            gzip.write(new byte[50 << 20]);
        }
        String bytes = bomb.toString(StandardCharsets.ISO_8859_1);

        assertProblem(withHeaders("Content-Encoding: gzip", bytes), 415, "Unsupported Media Type");
        assertThat(withHeaders("Content-Encoding: identity", bytes))
                .endsWith("The text is not well-formed UTF-8; the first fault is at offset 1.\"}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "text/plain|Content-Type: application/json",
                "application/json|Content-Type: text/plain",
                "text/plain; charset=utf-8|Content-Type: text/plain; charset=utf-16",
            })
    void aTextOfTwoTypesIs415(String types) throws Exception {
        assertProblem(withHeaders("Content-Type: " + types, "A"), 415, "Unsupported Media Type");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "gzip, chunked; 501; Not Implemented",
                "x, chunked; 501; Not Implemented",
                "identity, chunked; 501; Not Implemented",
                "gzip|Transfer-Encoding: chunked; 501; Not Implemented",
                "gzip; 400; Bad Request",
                "identity; 400; Bad Request",
                "chunked, gzip; 400; Bad Request",
                "chunked, chunked; 400; Bad Request",
                "chunked|Transfer-Encoding: identity; 400; Bad Request",
                "chunked|Content-Length: 4; 400; Bad Request",
                "'\u000bchunked'; 400; Bad Request",
            })
    void anyOtherTransferCodingIsRefused(String coding, int status, String title) throws Exception {
        String headers = "Transfer-Encoding: " + coding.replace("|", "\r\n") + "\r\n\r\n";

        assertProblem(server.exchange(CLOSE + headers + CHUNK), status, title);
    }

    /** What one of two readers takes for a request is none. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Content-Length: 43|Transfer-Encoding: chunked",
                "Transfer-Encoding: chunked|Content-Length: 4",
                "Transfer-Encoding : chunked|Content-Length: 4",
                "X: a| Transfer-Encoding: chunked|Content-Length: 4",
                "Content-Length: 4|Content-Length: 43",
                "Content-Length: 4, 4",
                "Content-Length: +4",
                "Content-Length: 0x4",
                "Content-Length: 18446744073709551620",
            })
    void nothingIsSmuggled(String headers) throws Exception {
        String smuggled = "0\r\n\r\nGET /smuggled HTTP/1.1\r\nHost: x\r\n\r\n";

        String answer =
                server.exchange(POST + headers.replace("|", "\r\n") + "\r\n\r\n" + smuggled);

        assertProblem(answer, 400, "Bad Request");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "-1|A|0||",
                "+1|A|0||",
                "0x1|A|0||",
                "FFFFFFFFFFFFFFFFF|A|0||",
                "100000001|A|0||",
                "|A|0||",
                "1 |A|0||",
                "3|A|0||",
                "1|A|0|no colon||",
            })
    void chunksThatAreNoneBreakTheTextOff(String chunks) throws Exception {
        assertThat(server.exchange(CHUNKED + chunks.replace("|", "\r\n")))
                .startsWith("HTTP/1.1 400 Bad Request\n")
                .containsOnlyOnce("HTTP/1.1 ")
                .endsWith("\n\n" + BROKEN_OFF);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "1", "1\r\n", "5\r\nA", "1\r\nA\r\n"})
    void aSenderWhoStopsSendingBreaksTheTextOff(String sent) throws Exception {
        try (Socket socket = server.socket()) {
            socket.getOutputStream().write((CHUNKED + sent).getBytes(StandardCharsets.US_ASCII));
            socket.shutdownOutput();

            assertThat(HttpServer.rest(socket)).endsWith("\n\n" + BROKEN_OFF);
        }
    }

    @Test
    void whatIsBesideTheTextIsDropped() throws Exception {
        assertGreeted(server.exchange(CHUNKED + "01;a=\"b\"\r\nA\r\n0;c\r\nHost: y\r\n\r\n"));
        assertGreeted(server.exchange(CHUNKED + "1;" + "x".repeat(MUCH) + "\r\nA\r\n0\r\n\r\n"));
        assertThat(server.exchange(CHUNKED + "1\r\na\r\n".repeat(100_000) + "0\r\n\r\n"))
                .startsWith("HTTP/1.1 200 OK\n")
                .endsWith("aa-wasm");
    }

    /** A trailer counts as a header does; the rest is not read, so the connection may be reset. */
    @ParameterizedTest
    @ValueSource(
            strings = {"X: y\r\n", "X: yyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyyy"})
    void trailersAreBounded(String part) throws Exception {
        try (Socket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write((CHUNKED + "1\r\nA\r\n0\r\n").getBytes(StandardCharsets.US_ASCII));
            out.write(part.repeat(20_000 / part.length()).getBytes(StandardCharsets.US_ASCII));

            assertThat(HttpServer.upTo(socket, BROKEN_OFF)).endsWith("\n\n" + BROKEN_OFF);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"200-ok", "100-continue, x", "x"})
    void nothingElseMayBeExpected(String expected) throws Exception {
        assertProblem(withHeaders("Expect: " + expected, "A"), 417, "Expectation Failed");
    }

    @Test
    void requestsInARowAreAnsweredInTheirOrder() throws Exception {
        StringBuilder row = new StringBuilder();
        for (int i = 0; i < 300; i++) {
            row.append(POST).append("Content-Length: 3\r\n\r\n").append(100 + i);
        }

        String answers = server.exchange(row + CLOSE + "Content-Length: 1\r\n\r\nA");

        assertThat(answers.split("HTTP/1.1 200 OK")).hasSize(302);
        for (int i = 1, at = 0; i < 300; i++) {
            int next = answers.indexOf("\n\n" + (100 + i) + "-wasm", at);
            assertThat(next).isGreaterThan(at);
            at = next;
        }
    }

    /**
     * Neither a byte of a body nor its end: such a sender would keep a thread for good, in the
     * extension of a chunk or in the zeros before its size.
     */
    @Tag("ci")
    @Timeout(600)
    @ParameterizedTest
    @CsvSource({
        "POST, X: y, x",
        "POST, X: y, 0",
        "POST, Content-Encoding: gzip, x",
        "POST, 'Content-Type: text/html', x",
        "PUT, X: y, x",
        "GET, X: y, x",
    })
    void aChunkThatNeverBeginsEndsTheConnection(String method, String header, String filler)
            throws Exception {
        assertIsCutOff(method, header, filler);
    }

    @Tag("ci")
    @Timeout(600)
    @Test
    void blankLinesWithoutARequestEndTheConnection() throws Exception {
        try (Socket socket = server.socket()) {
            byte[] much = "\r\n".repeat(1 << 15).getBytes(StandardCharsets.US_ASCII);

            assertThat(isCutOff(socket.getOutputStream(), much)).isTrue();
        }
    }

    private static void assertIsCutOff(String method, String header, String filler)
            throws Exception {
        byte[] much = filler.repeat(1 << 16).getBytes(StandardCharsets.US_ASCII);
        String begin = filler.equals("x") ? "1;" : "";
        try (Socket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            String head = POST.replace("POST", method) + header + "\r\n";
            out.write(
                    (head + "Transfer-Encoding: chunked\r\n\r\n" + begin)
                            .getBytes(StandardCharsets.US_ASCII));

            assertThat(isCutOff(out, much)).isTrue();
        }
        assertGreeted(server.exchange(CLOSE + "Content-Length: 1\r\n\r\nA"));
    }

    private static boolean isCutOff(OutputStream out, byte[] much) {
        try {
            while (!Thread.currentThread().isInterrupted()) {
                out.write(much);
            }
            return false;
        } catch (IOException e) {
            return true;
        }
    }
}
