package io.github.dagwasm.camel;

import io.github.dagwasm.hostile.Crowd;
import io.github.dagwasm.wasm.TestModules;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/** Main class of a JVM of its own, whose heap is to hold the texts of many large messages. */
public final class LargeMessages {

    private static final int BYTES = 10_000_000;

    private final Path text;
    private final String kind;
    private final Crowd crowd = new Crowd();

    private LargeMessages(Path text, String kind) {
        this.text = text;
        this.kind = kind;
    }

    /**
     * Sends messages.
     *
     * @param args a folder, what the bodies are ({@code file}, {@code stream}, {@code string}), how
     *     many are sent at one time
     */
    public static void main(String[] args) throws Exception {
        Path folder = Path.of(args[0]);
        Path text = folder.resolve("large.txt");
        Files.writeString(text, "x".repeat(BYTES));
        LargeMessages messages = new LargeMessages(text, args[1]);
        int threads = Integer.parseInt(args[2]);
        try (CamelFixture camel = new CamelFixture(folder)) {
            String uri = camel.module("echo", TestModules.append("-wasm")) + "?resultType=bytes";
            // What Camel itself keeps of a stream is not in the sandbox's power.
            camel.context.setStreamCaching(false);
            camel.routes(routes -> routes.from("direct:in").to(uri + "&timeout=600000"));
            camel.context.start();
            Object shared = args[1].equals("string") ? Files.readString(text) : "";
            messages.crowd.run(threads, () -> messages.send(camel, shared));
            Exchange next = camel.send("direct:in", "abc");
            if (!"abc-wasm".equals(CamelFixture.text(next))) {
                throw new AssertionError("the next message: " + next.getException());
            }
        }
        messages.crowd.tell();
    }

    private Object send(CamelFixture camel, Object shared) throws Exception {
        if (kind.equals("stream")) {
            try (InputStream in = Files.newInputStream(text)) {
                count(camel.send("direct:in", in));
            }
        } else {
            count(camel.send("direct:in", kind.equals("file") ? text.toFile() : shared));
        }
        return kind;
    }

    private void count(Exchange exchange) {
        Exception failure = exchange.getException();
        if (failure == null) {
            byte[] answer = exchange.getMessage().getBody(byte[].class);
            String end = new String(answer, BYTES - 1, 6, StandardCharsets.UTF_8);
            if (answer.length != BYTES + 5 || !end.equals("x-wasm")) {
                throw new AssertionError(answer.length + " bytes that end in " + end);
            }
            crowd.answered();
        } else {
            crowd.failed(failure);
        }
    }
}
