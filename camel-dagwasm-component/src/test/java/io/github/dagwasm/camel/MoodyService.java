package io.github.dagwasm.camel;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An HTTP service on sockets, which answers as its mood is. */
final class MoodyService implements AutoCloseable {

    /** What the service does with a request. */
    enum Mood {
        /** Answers the body in angle brackets. */
        WELL,
        /** Says nothing. */
        HANGING,
        /** Answers 500. */
        FAILING,
        /** Answers 502 the first time, then as if it were well. */
        BUSY_ONCE,
        /** Begins to answer and closes the connection. */
        DYING
    }

    private final ServerSocket server = listening();
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger requests = new AtomicInteger();
    private volatile Mood mood = Mood.WELL;

    MoodyService() {
        threads.execute(this::accept);
    }

    private static ServerSocket listening() {
        try {
            return new ServerSocket(0, 500, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String uri() {
        return "http://127.0.0.1:" + server.getLocalPort() + "/enrich";
    }

    /** Has the service be in a mood from now on, and count its requests from none. */
    void is(Mood another) {
        mood = another;
        requests.set(0);
    }

    int requests() {
        return requests.get();
    }

    /** Closes what hangs. */
    void hangUp() {
        open.forEach(MoodyService::close);
    }

    private void accept() {
        try {
            while (true) {
                Socket socket = server.accept();
                open.add(socket);
                threads.execute(() -> serve(socket));
            }
        } catch (IOException e) {
            // It was closed.
            return;
        }
    }

    private void serve(Socket socket) {
        try (socket) {
            String body = body(socket.getInputStream());
            int number = requests.incrementAndGet();
            OutputStream out = socket.getOutputStream();
            switch (mood) {
                case WELL -> answer(out, "200 OK", "<" + body + ">");
                case FAILING -> answer(out, "500 Broken", "a stack trace");
                case BUSY_ONCE ->
                        answer(out, number == 1 ? "502 Busy" : "200 OK", "<" + body + ">");
                case DYING ->
                        out.write(
                                "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nhalf"
                                        .getBytes(StandardCharsets.US_ASCII));
                case HANGING -> {
                    // Until the connection is closed, from whichever side.
                    var unused = socket.getInputStream().read();
                }
            }
        } catch (IOException e) {
            // The client was tired of it, or the test is over.
            return;
        } finally {
            open.remove(socket);
        }
    }

    private static void answer(OutputStream out, String status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        List<String> head =
                List.of(
                        "HTTP/1.1 " + status,
                        "Content-Type: text/plain; charset=utf-8",
                        "Content-Length: " + bytes.length,
                        "Connection: close",
                        "X-Served-By: moody",
                        "",
                        "");
        out.write(String.join("\r\n", head).getBytes(StandardCharsets.US_ASCII));
        out.write(bytes);
    }

    /** Requests of these tests have a length, and characters of Latin-1 stand for their bytes. */
    private static String body(InputStream in) throws IOException {
        BufferedReader reader =
                new BufferedReader(new InputStreamReader(in, StandardCharsets.ISO_8859_1));
        int length = 0;
        String line = reader.readLine();
        while (line != null && !line.isEmpty()) {
            if (line.regionMatches(true, 0, "Content-Length:", 0, "Content-Length:".length())) {
                length = Integer.parseInt(line.substring(line.indexOf(':') + 1).strip());
            }
            line = reader.readLine();
        }
        StringBuilder body = new StringBuilder();
        while (body.length() < length) {
            body.append((char) reader.read());
        }
        byte[] bytes = body.toString().getBytes(StandardCharsets.ISO_8859_1);
        return new String(bytes, StandardCharsets.UTF_8);
    }

    private static void close(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        try {
            server.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        hangUp();
        threads.shutdownNow();
    }
}
