package io.github.dagwasm.camel;

import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.propagation.TextMapGetter;
import io.opentelemetry.context.propagation.TextMapPropagator;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * An HTTP service on sockets that goes on with the trace in a request's headers. It answers the
 * text of the request, in ASCII, and the path.
 */
final class TracedService implements AutoCloseable {

    private static final TextMapGetter<Map<String, String>> HEADERS =
            new TextMapGetter<>() {
                @Override
                public Iterable<String> keys(Map<String, String> headers) {
                    return headers.keySet();
                }

                @Override
                public String get(Map<String, String> headers, String key) {
                    return headers.get(key);
                }
            };

    private final Tracer tracer;
    private final TextMapPropagator propagator;
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final AtomicInteger toRefuse = new AtomicInteger();

    TracedService(Tracer tracer, TextMapPropagator propagator) {
        this.tracer = tracer;
        this.propagator = propagator;
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String uri(String path) {
        return "http://127.0.0.1:" + server.getLocalPort() + path;
    }

    /** Answers the next requests with 500. */
    void refuse(int requests) {
        toRefuse.set(requests);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // It was closed.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            BufferedReader in =
                    new BufferedReader(
                            new InputStreamReader(
                                    socket.getInputStream(), StandardCharsets.US_ASCII));
            String path = in.readLine().replaceAll("^\\S+ | .*$", "");
            Map<String, String> headers = headers(in);
            char[] text = new char[Integer.parseInt(headers.get("content-length"))];
            for (int read = 0; read < text.length; ) {
                read += in.read(text, read, text.length - read);
            }
            Context parent = propagator.extract(Context.root(), headers, HEADERS);
            tracer.spanBuilder("server " + path).setParent(parent).startSpan().end();
            String status = toRefuse.getAndDecrement() > 0 ? "500 Broken" : "200 OK";
            answer(socket.getOutputStream(), status, new String(text) + path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Map<String, String> headers(BufferedReader in) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String line = in.readLine(); !line.isEmpty(); line = in.readLine()) {
            int colon = line.indexOf(':');
            headers.put(line.substring(0, colon), line.substring(colon + 1).strip());
        }
        return headers;
    }

    private static void answer(OutputStream out, String status, String text) throws IOException {
        String head =
                "HTTP/1.1 %s\r\nContent-Type: text/plain\r\nContent-Length: %d\r\n"
                        .formatted(status, text.length());
        out.write((head + "Connection: close\r\n\r\n" + text).getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.shutdownNow();
    }
}
