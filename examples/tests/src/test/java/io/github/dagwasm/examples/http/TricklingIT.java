package io.github.dagwasm.examples.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come slowly, or too many at once, keep nobody else from an answer. */
@Tag("ci")
class TricklingIT {

    private static final int MANY = 300;
    private static final String REQUEST =
            "POST /pipelines/hello HTTP/1.1\r\nHost: x\r\nContent-Type: text/plain\r\n";
    private static final String LONG = REQUEST + "Content-Length: 1000000\r\n\r\n";
    private static final String CHUNKED = REQUEST + "Transfer-Encoding: chunked\r\n\r\n";
    private static final String SLOW =
            """
            {"type":"about:blank","title":"Request Timeout","status":408}""";
    private static final String FULL =
            """
            {"type":"about:blank","title":"Service Unavailable","status":503}""";

    private final ScheduledExecutorService senders = Executors.newScheduledThreadPool(1);
    private final List<Future<?>> trickles = new ArrayList<>();
    private final List<Socket> sockets = new ArrayList<>();
    private HttpServer server;

    @AfterEach
    void close() throws IOException {
        trickles.forEach(trickle -> trickle.cancel(true));
        senders.shutdownNow();
        for (Socket socket : sockets) {
            socket.close();
        }
        server.close();
    }

    private Socket sent(String begin) throws IOException {
        Socket socket = server.socket();
        sockets.add(socket);
        send(socket, begin);
        return socket;
    }

    private static void send(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    /** Keeps a byte coming, now and then, until the connection ends. */
    private void trickle(Socket socket, String part) {
        trickles.add(
                senders.scheduleWithFixedDelay(
                        () -> {
                            try {
                                send(socket, part);
                            } catch (IOException e) {
                                throw new IllegalStateException("the server closed it", e);
                            }
                        },
                        0,
                        200,
                        TimeUnit.MILLISECONDS));
    }

    @Test
    void goodRequestsAreAnsweredWhile300Trickle() throws Exception {
        server = HttpServer.serving(HttpServer.EXAMPLE, Map.of());
        for (int i = 0; i < MANY; i++) {
            boolean chunked = i % 2 == 0;
            trickle(sent(chunked ? CHUNKED : LONG), chunked ? "1\r\na\r\n" : "a");
        }

        for (int i = 0; i < 20; i++) {
            HttpResponse<String> good = server.send(server.text("hello", "HELLO " + i));
            assertThat(good.body()).isEqualTo("hello " + i + "-wasm");
        }

        for (Socket socket : sockets) {
            assertThat(HttpServer.upTo(socket, SLOW))
                    .startsWith("HTTP/1.1 408 Request Timeout\n")
                    .contains("\nContent-Type: application/problem+json\n")
                    .contains("\nConnection: close\n")
                    .endsWith("\n\n" + SLOW);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {LONG, CHUNKED})
    void aBodyThatStopsIs408(String request) throws Exception {
        server = HttpServer.serving(HttpServer.EXAMPLE, Map.of());

        assertThat(HttpServer.upTo(sent(request), SLOW)).endsWith("\n\n" + SLOW);
    }

    @Test
    void aBodyThatComesInPiecesIsTakenWhole() throws Exception {
        server =
                HttpServer.serving(
                        HttpServer.EXAMPLE, Map.of("http.min-bytes-per-second", "1"), Map.of());
        Socket socket = sent(CHUNKED + "3\r\nHEL\r\n");
        Socket expecting = sent(REQUEST + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n");

        assertThat(HttpServer.upTo(expecting, "\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\n\n");
        send(expecting, "HELLO");
        send(socket, "2\r\nLO\r\n0\r\n\r\n");

        assertThat(HttpServer.upTo(socket, "hello-wasm")).startsWith("HTTP/1.1 200 OK\n");
        assertThat(HttpServer.upTo(expecting, "hello-wasm")).startsWith("HTTP/1.1 200 OK\n");
    }

    @Test
    void oneBodyMoreThanMayWaitIs503AndARequestThatIsThereIsAnswered() throws Exception {
        server =
                HttpServer.serving(
                        HttpServer.EXAMPLE,
                        Map.of("http.max-waiting-bodies", "2", "http.min-bytes-per-second", "1"),
                        Map.of());
        // At a byte a second these two may take their time.
        Socket first = waiting("Transfer-Encoding: chunked");
        send(first, "1388\r\n" + "A".repeat(5000) + "\r\n");
        send(waiting("Content-Length: 100000"), "A".repeat(5000));

        assertThat(HttpServer.upTo(sent(LONG), "}")).endsWith("\n\n" + FULL);

        String there = server.exchange(REQUEST + "Connection: close\r\nContent-Length: 1\r\n\r\nA");
        send(first, "0\r\n\r\n");

        assertThat(there).endsWith("\n\na-wasm");
        assertThat(HttpServer.upTo(first, "a-wasm")).startsWith("HTTP/1.1 200 OK\n");
        assertThat(HttpServer.upTo(sent(CHUNKED + "1\r\nA\r\n0\r\n\r\n"), "a-wasm"))
                .startsWith("HTTP/1.1 200 OK\n");
    }

    /** A request whose body the server waits for. */
    private Socket waiting(String header) throws IOException {
        Socket socket = sent(REQUEST + "Expect: 100-continue\r\n" + header + "\r\n\r\n");
        assertThat(HttpServer.upTo(socket, "\n\r\n")).isEqualTo("HTTP/1.1 100 Continue\n\n");
        return socket;
    }

    @Test
    void bytesOfBodiesOnTheirWayAreBounded() throws Exception {
        server =
                HttpServer.serving(
                        HttpServer.EXAMPLE, Map.of("http.max-waiting-bytes", "100000"), Map.of());
        Socket much = sent(LONG + "a".repeat(200_000));

        assertThat(HttpServer.upTo(much, FULL))
                .contains("\nRetry-After: 1\n")
                .endsWith("\n\n" + FULL);
    }
}
