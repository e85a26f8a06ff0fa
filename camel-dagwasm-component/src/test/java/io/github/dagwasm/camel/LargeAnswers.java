package io.github.dagwasm.camel;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.hostile.Crowd;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.WasiGuests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.Exchange;

/**
 * Main class of a JVM of its own, whose heap is to hold what many processors answer at one time: 10
 * MB each, for a message of one character.
 */
public final class LargeAnswers {

    private static final int BYTES = 10_000_000;
    private static final int MESSAGES = 3;
    private static final String TIMEOUT = "?timeout=600000&";

    private LargeAnswers() {}

    /** Who answers. */
    enum Source {
        /** A guest that returns a pointer. */
        MEMORY,
        /** A guest that writes to standard output, piece by piece. */
        STREAM,
        /** An endpoint. */
        ENDPOINT
    }

    /**
     * Sends messages.
     *
     * @param args a folder, the {@link Source}, the type of the result, how many threads send
     */
    public static void main(String[] args) throws Exception {
        Source source = Source.valueOf(args[1]);
        Crowd crowd = new Crowd();
        try (CamelFixture camel = new CamelFixture(Path.of(args[0]))) {
            String uri = uri(camel, source) + "resultType=" + args[2];
            Path large = Files.write(Path.of(args[0], "large"), new byte[BYTES]);
            // What an endpoint or Camel has in memory is not in the sandbox's power.
            camel.context.setStreamCaching(false);
            camel.routes(
                    routes -> {
                        routes.from("direct:in").to(uri);
                        routes.from("direct:large").process(e -> answer(e, large));
                    });
            camel.context.start();
            crowd.run(
                    Integer.parseInt(args[3]),
                    () -> {
                        for (int i = 0; i < MESSAGES; i++) {
                            count(camel.send("direct:in", "x"), crowd);
                        }
                        return null;
                    });
            Exchange next = camel.send("direct:in", "x");
            if (next.getException() != null) {
                throw new AssertionError(next.getException());
            }
        }
        crowd.tell();
    }

    private static void answer(Exchange exchange, Path large) throws IOException {
        exchange.getMessage().setBody(Files.newInputStream(large));
    }

    /** How many messages a number of threads sends. */
    static int messages(int threads) {
        return threads * MESSAGES;
    }

    private static void count(Exchange exchange, Crowd crowd) {
        if (exchange.getException() != null) {
            crowd.failed(exchange.getException());
            return;
        }
        byte[] answer = exchange.getMessage().getBody(byte[].class);
        if (answer.length != BYTES) {
            throw new AssertionError(answer.length + " bytes");
        }
        crowd.answered();
    }

    private static String uri(CamelFixture camel, Source source) {
        return switch (source) {
            case MEMORY -> camel.module("large", pointed()) + TIMEOUT;
            case STREAM -> camel.module("large", written()) + TIMEOUT;
            case ENDPOINT ->
                    camel.pipeline(
                                    "large",
                                    """
                            processors:
                              - id: large
                                backend: camel
                                timeout_seconds: 600
                                endpoint: "direct:large"
                            """)
                            + "?";
        };
    }

    private static byte[] pointed() {
        Code fill = code().i32(1 << 16).i32('x').i32(BYTES).memoryFill();
        Code process = code().i32(160).memoryGrow().drop().then(fill).i32(1 << 16);
        return TestModules.guest("", process).bytes();
    }

    private static byte[] written() {
        String piece = "x".repeat(10_000);
        Code start =
                code().i32(BYTES / piece.length())
                        .set(0)
                        .loop()
                        .then(WasiGuests.say(1))
                        .get(0)
                        .i32(1)
                        .sub()
                        .tee(0)
                        .brIf(0)
                        .end();
        return WasiGuests.command(piece, start).bytes();
    }
}
