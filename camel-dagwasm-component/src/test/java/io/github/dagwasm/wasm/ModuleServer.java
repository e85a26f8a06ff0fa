package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;

/** A server on this machine that sends the very bytes it is told to. */
public final class ModuleServer implements AutoCloseable {

    /** What a request for a path gets; the connection is closed afterwards. */
    interface Answer {

        void write(Socket client, OutputStream out) throws IOException;
    }

    private static final int WAITING = 50;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private final List<Socket> clients = new CopyOnWriteArrayList<>();
    private final ServerSocket server;

    /** Starts it on a free port. */
    public ModuleServer() {
        try {
            server = new ServerSocket(0, WAITING, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    private void accept() {
        try {
            while (true) {
                Socket client = server.accept();
                clients.add(client);
                threads.execute(() -> serve(client));
            }
        } catch (IOException | RejectedExecutionException e) {
            // It was closed.
            return;
        }
    }

    private void serve(Socket client) {
        try (client) {
            BufferedReader in =
                    new BufferedReader(new InputStreamReader(client.getInputStream(), ISO_8859_1));
            String request = in.readLine();
            requests.add(request);
            while (!in.readLine().isEmpty()) {
                // The rest of the head.
            }
            String path = request.substring(request.indexOf('/'), request.lastIndexOf(' '));
            answers.get(path).write(client, client.getOutputStream());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Its address and port. */
    public String authority() {
        return "127.0.0.1:" + server.getLocalPort();
    }

    /** The URI of a path that answers so. */
    String serving(String path, Answer answer) {
        answers.put(path, answer);
        return "http://" + authority() + path;
    }

    /** The URI of a module. */
    public String module(String path, byte[] module) {
        return serving(path, (client, out) -> answer(out, "200 OK", "", module));
    }

    static void answer(OutputStream out, String status, String headers, byte[] body)
            throws IOException {
        out.write(("HTTP/1.1 " + status + "\r\n" + headers).getBytes(ISO_8859_1));
        out.write(("Content-Length: " + body.length + "\r\n\r\n").getBytes(ISO_8859_1));
        out.write(body);
    }

    /** The first lines of the requests so far. */
    public List<String> requests() {
        return requests;
    }

    @Override
    public void close() {
        threads.shutdownNow();
        try {
            server.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
