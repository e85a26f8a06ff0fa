package io.github.dagwasm.examples.http;

import io.github.dagwasm.examples.FreePort;
import io.github.dagwasm.examples.WorkerProcess;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** An example that is served, and ways to send it something. */
final class HttpServer implements AutoCloseable {

    static final Path EXAMPLE = WorkerProcess.ROOT.resolve("examples/http");

    private static final Duration LIMIT = Duration.ofMinutes(10);

    /** A module is compiled within seconds, but not on a machine that is busy. */
    private static final Map<String, String> PATIENT =
            Map.of("camel.component.dagwasm.loadTimeout", "10m");

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final WorkerProcess worker;
    private final FreePort port;

    private HttpServer(WorkerProcess worker, FreePort port) {
        this.worker = worker;
        this.port = port;
    }

    static HttpServer serving(Path folder, Map<String, String> environment) throws IOException {
        return serving(folder, Map.of(), environment);
    }

    static HttpServer serving(
            Path folder, Map<String, String> properties, Map<String, String> environment)
            throws IOException {
        FreePort port = FreePort.find();
        Map<String, String> all = new HashMap<>(environment);
        all.put("HTTP_PORT", port.toString());
        Map<String, String> patient = new HashMap<>(PATIENT);
        patient.putAll(properties);
        return new HttpServer(WorkerProcess.ready(folder, patient, all), port);
    }

    WorkerProcess worker() {
        return worker;
    }

    int port() {
        return port.number();
    }

    HttpRequest.Builder request(String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).timeout(LIMIT);
    }

    HttpResponse<String> send(HttpRequest request) throws IOException, InterruptedException {
        return client.send(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    CompletableFuture<HttpResponse<String>> sendAsync(HttpRequest request) {
        return client.sendAsync(request, BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    HttpRequest text(String pipeline, String type, byte[] body) {
        return request("/pipelines/" + pipeline)
                .header("Content-Type", type)
                .POST(BodyPublishers.ofByteArray(body))
                .build();
    }

    HttpRequest text(String pipeline, String body) {
        return text(pipeline, "text/plain", body.getBytes(StandardCharsets.UTF_8));
    }

    /** A connection without a client's knowledge of HTTP. */
    Socket socket() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port.number());
        socket.setSoTimeout((int) LIMIT.toMillis());
        return socket;
    }

    /** What comes back on a connection of its own until the server closes it. */
    String exchange(String request) throws IOException {
        try (Socket socket = socket()) {
            socket.getOutputStream().write(request.getBytes(StandardCharsets.ISO_8859_1));
            return rest(socket);
        }
    }

    static String rest(Socket socket) throws IOException {
        byte[] bytes = socket.getInputStream().readAllBytes();
        return new String(bytes, StandardCharsets.UTF_8).replace("\r", "");
    }

    /** What comes back until an ending is there, or the server closes the connection. */
    static String upTo(Socket socket, String ending) throws IOException {
        InputStream in = socket.getInputStream();
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        int next = 0;
        while (next >= 0 && !read.toString(StandardCharsets.UTF_8).endsWith(ending)) {
            next = in.read();
            if (next >= 0) {
                read.write(next);
            }
        }
        return read.toString(StandardCharsets.UTF_8).replace("\r", "");
    }

    @Override
    public void close() throws IOException {
        worker.close();
    }
}
