package io.github.dagwasm.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class HttpIT {

    private static final int LIMIT = 10 << 20;
    private static final String TOO_LARGE =
            """
            {"type":"tag:dagwasm.github.io,2026:text-too-large","title":"Text too large",\
            "status":413,"detail":"The text is larger than the 10485760 bytes that are taken."}""";
    private static final String UNSUPPORTED =
            """
            {"type":"about:blank","title":"Unsupported Media Type","status":415}""";

    private static HttpServer server;

    @BeforeAll
    static void serve() throws IOException {
        server = HttpServer.serving(HttpServer.EXAMPLE, Map.of());
    }

    @AfterAll
    static void close() throws IOException {
        server.close();
    }

    private static String problem(int status, String title) {
        return """
        {"type":"about:blank","title":"%s","status":%d}"""
                .formatted(title, status);
    }

    private static void assertProblem(HttpResponse<String> response, int status, String document) {
        assertThat(response.body()).isEqualTo(document);
        assertThat(response.statusCode()).isEqualTo(status);
        assertThat(response.headers().allValues("Content-Type"))
                .containsExactly("application/problem+json");
    }

    @Test
    void answersTheTextWithItsMetadataAndNothingElse() throws Exception {
        HttpResponse<String> response = server.send(server.text("hello", "Hällo Wörld €"));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).isEqualTo("hällo wörld €-wasm");
        assertThat(response.headers().map())
                .containsExactlyInAnyOrderEntriesOf(
                        Map.of(
                                "content-length", List.of("22"),
                                "content-type", List.of("text/plain;charset=utf-8"),
                                "dagwasm.guest.module_path",
                                        List.of("wasm_modules/hello_world.wasm"),
                                "dagwasm.guest.input_length", List.of("17"),
                                "dagwasm.guest.output_length", List.of("22"),
                                "dagwasm.count.char_count", List.of("18"),
                                "dagwasm.count.word_count", List.of("3"),
                                "dagwasm.count.line_count", List.of("1")));
    }

    @ParameterizedTest
    @CsvSource({
        "redact, mail a@example.org",
        "slug, 'Crème Brûlée: a Guide'",
        "html, '*one* & two'"
    })
    void everyPipelineHasAnAddress(String pipeline, String text) throws Exception {
        HttpResponse<String> response = server.send(server.text(pipeline, text));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body())
                .isIn(
                        "mail [email]",
                        "mail [EMAIL]",
                        "creme-brulee-a-guide",
                        "<p><em>one</em> &amp; two</p>\n");
    }

    @ParameterizedTest
    @ValueSource(strings = {"ISO-8859-1", "UTF-16", "UTF-16LE", "windows-1252", "utf-8", "latin1"})
    void readsTheCharsetOfTheRequestAndAnswersInUtf8(String charset) throws Exception {
        byte[] body = "Ärger".getBytes(Charset.forName(charset));

        HttpResponse<String> response =
                server.send(server.text("hello", "text/plain; charset=\"" + charset + "\"", body));

        assertThat(response.body()).isEqualTo("ärger-wasm");
        assertThat(response.headers().allValues("Content-Type"))
                .containsExactly("text/plain;charset=utf-8");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-8, 1, 41e9",
        "UTF-16, 2, 0041d8",
        "UTF-16BE, 2, 0041dc00",
        "US-ASCII, 1, 41e9",
        "windows-1252, 1, 4181",
        "Shift_JIS, 1, 4181"
    })
    void textThatIsMalformedInItsCharsetIs400(String charset, int offset, String hex)
            throws Exception {
        byte[] body = HexFormat.of().parseHex(hex);

        HttpResponse<String> response =
                server.send(server.text("hello", "text/plain;charset=" + charset, body));

        assertProblem(
                response,
                400,
                """
                {"type":"tag:dagwasm.github.io,2026:malformed-text","title":"Malformed text",\
                "status":400,"detail":"The text is not well-formed %s; the first fault is at\
                 offset %d."}"""
                        .formatted(charset, offset));
    }

    @ParameterizedTest
    @ValueSource(strings = {"klingon", "\"\"", "a b", "../../etc", "<x>"})
    void anUnknownCharsetIs400(String charset) throws Exception {
        HttpResponse<String> response =
                server.send(server.text("hello", "text/plain; charset=" + charset, new byte[1]));

        assertProblem(
                response,
                400,
                """
                {"type":"tag:dagwasm.github.io,2026:unknown-charset","title":"Unknown charset",\
                "status":400,"detail":"There is no such charset."}""");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "/",
                "/pipelines",
                "/pipelines/",
                "/pipelines/nothing",
                "/pipelines/answer",
                "/pipelines/hello/x",
                "/pipelines/hello.dagwasm.yaml",
                "/hello"
            })
    void whatIsNoPipelineIs404(String path) throws Exception {
        HttpRequest request = server.request(path).POST(BodyPublishers.ofString("x")).build();

        assertProblem(server.send(request), 404, problem(404, "Not Found"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH", "TRACE", "POS"})
    void anotherMethodIs405(String method) throws Exception {
        HttpRequest request =
                server.request("/pipelines/hello").method(method, BodyPublishers.noBody()).build();

        HttpResponse<String> response = server.send(request);

        assertProblem(response, 405, problem(405, "Method Not Allowed"));
        assertThat(response.headers().allValues("Allow")).containsExactly("POST, OPTIONS");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "application/x-www-form-urlencoded",
                "multipart/form-data; boundary=x",
                "application/json",
                "application/x-java-serialized-object",
                "text/html",
                "text/plainer",
                "text/plain, text/html"
            })
    void anotherTypeIs415(String type) throws Exception {
        HttpResponse<String> response = server.send(server.text("hello", type, new byte[] {'x'}));

        assertProblem(response, 415, UNSUPPORTED);
        assertThat(response.headers().allValues("Accept")).containsExactly("text/plain");
    }

    @Test
    void aCompressedTextIs415() throws Exception {
        HttpRequest request =
                server.request("/pipelines/hello")
                        .header("Content-Encoding", "gzip")
                        .POST(BodyPublishers.ofString("x"))
                        .build();

        assertProblem(server.send(request), 415, UNSUPPORTED);
    }

    @Test
    void takesTheLimitToTheByte() throws Exception {
        byte[] body = new byte[LIMIT];
        Arrays.fill(body, (byte) 'a');

        HttpResponse<String> response = server.send(server.text("redact", "text/plain", body));

        assertThat(response.statusCode()).isEqualTo(200);
        assertThat(response.body()).hasSize(LIMIT);
    }

    @Test
    void oneByteMoreIs413() throws Exception {
        byte[] body = new byte[LIMIT + 1];

        assertProblem(server.send(server.text("redact", "text/plain", body)), 413, TOO_LARGE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Expect: 100-continue\r\n"})
    void whatItsLengthTellsIsTooLargeIsRefusedUnread(String expect) throws Exception {
        String answer =
                server.exchange(
                        "POST /pipelines/hello HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n"
                                + expect
                                + "Content-Length: 9000000000000\r\n\r\n");

        assertThat(answer)
                .isEqualTo(
                        "HTTP/1.1 413 Payload Too Large\nContent-Type: application/problem+json\n"
                                + "Content-Length: 160\nConnection: close\n\n"
                                + TOO_LARGE);
    }

    /** The sender never ends: an answer that waited for the end would never come. */
    @Test
    void anEndlessTextIsRefusedAtTheLimit() throws Exception {
        try (Socket socket = server.socket()) {
            OutputStream out = socket.getOutputStream();
            out.write(
                    ("POST /pipelines/hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding:"
                                    + " chunked\r\n\r\n")
                            .getBytes(StandardCharsets.ISO_8859_1));
            byte[] chunk =
                    ("10000\r\n" + "a".repeat(1 << 16) + "\r\n").getBytes(StandardCharsets.UTF_8);
            for (int sent = 0; sent <= LIMIT; sent += 1 << 16) {
                out.write(chunk);
            }
            out.flush();

            String answer = HttpServer.upTo(socket, TOO_LARGE);

            assertThat(answer)
                    .startsWith(
                            """
                            HTTP/1.1 413 Payload Too Large
                            Content-Type: application/problem+json
                            Content-Length: 160
                            """)
                    .endsWith("\n\n" + TOO_LARGE);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "'GARBAGE', 400, Bad Request",
        "'POST /pipelines/hello HTTP/9.9', 505, HTTP Version Not Supported",
        "'POST /pipelines/hello HTTP/1.1', 400, Bad Request",
        "'POST /pipelines/hello HTTP/1.1|Host: x|Content-Length: abc', 400, Bad Request",
        "'POST /pipelines/hello HTTP/1.1|Host: x|Content-Length: 1|Transfer-Encoding: chunked',"
                + " 400, Bad Request",
        "'POST /pipelines/..%2fhello HTTP/1.1|Host: x|Connection: close', 400, Bad Request",
        "'POST /pipelines/%zz HTTP/1.1|Host: x', 400, Bad Request",
    })
    void whatIsNoRequestHasADocumentToo(String lines, int status, String title) throws Exception {
        String answer = server.exchange(lines.replace("|", "\r\n") + "\r\n\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 " + status + " " + title + "\n")
                .contains("\nContent-Type: application/problem+json\n")
                .endsWith("\n\n" + problem(status, title));
    }

    @Test
    void headersThatAreTooLargeAre431() throws Exception {
        String answer =
                server.exchange(
                        "POST /pipelines/hello HTTP/1.1\r\nHost: x\r\nX: "
                                + "x".repeat(20_000)
                                + "\r\n\r\n");

        assertThat(answer).endsWith("\n\n" + problem(431, "Request Header Fields Too Large"));
    }

    @Test
    void aTextThatBreaksOffIs400() throws Exception {
        String answer =
                server.exchange(
                        "POST /pipelines/hello HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked"
                                + "\r\n\r\n3\r\nabc\r\nZZ\r\n");

        assertThat(answer)
                .startsWith("HTTP/1.1 400 Bad Request\n")
                .endsWith(
                        """


                        {"type":"tag:dagwasm.github.io,2026:unreadable-text",\
                        "title":"Unreadable text","status":400,\
                        "detail":"The text broke off before its end."}""");
    }

    @Test
    void aConnectionGoesOnAfterAProblem() throws Exception {
        String request =
                "POST /pipelines/hello HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n%s\r\n%s";

        String answer =
                server.exchange(
                        request.formatted("", "\u00ff")
                                + request.formatted("Connection: close\r\n", "A"));

        assertThat(answer)
                .startsWith("HTTP/1.1 400 Bad Request\n")
                .contains("offset 0.\"}HTTP/1.1 200 OK\n")
                .endsWith("\n\na-wasm");
    }

    @Test
    void takesHttp10() throws Exception {
        String answer =
                server.exchange("POST /pipelines/hello HTTP/1.0\r\nContent-Length: 1\r\n\r\nA");

        assertThat(answer).contains("\nContent-Length: 6\n").endsWith("\n\na-wasm");
    }

    @ParameterizedTest
    @ValueSource(strings = {"A", "\u00ff"})
    void nothingThatARequestBringsComesBackOrSteers(String body) throws Exception {
        String answer =
                server.exchange(
                        "POST /pipelines/hello?CamelHttpResponseCode=201&Retry-After=9&q=secret"
                                + " HTTP/1.1\r\nHost: x\r\nContent-Length: 1\r\n"
                                + "Connection: close\r\n"
                                + "Authorization: secret\r\nCookie: secret\r\nX-Own: secret\r\n"
                                + "CamelHttpResponseCode: 201\r\nCamelHttpUri: http://secret/\r\n"
                                + "CamelFileName: secret\r\nCamelCharsetName: UTF-16\r\n"
                                + "dagwasm.guest.forged: secret\r\nCamelDagWasmPartial: secret\r\n"
                                + "\r\n"
                                + body);

        assertThat(answer)
                .matches("(?s)HTTP/1.1 (200 OK|400 Bad Request)\n.*")
                .doesNotContainIgnoringCase("secret")
                .doesNotContainIgnoringCase("forged")
                .doesNotContainIgnoringCase("retry")
                .doesNotContainIgnoringCase("camel");
    }

    @Test
    void manyAtOnceGetEachTheirOwn() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> answers = new ArrayList<>();

        for (int i = 0; i < 200; i++) {
            answers.add(server.sendAsync(server.text("hello", "Text " + i)));
        }

        for (int i = 0; i < answers.size(); i++) {
            assertThat(answers.get(i).get().body()).isEqualTo("text " + i + "-wasm");
        }
    }
}
