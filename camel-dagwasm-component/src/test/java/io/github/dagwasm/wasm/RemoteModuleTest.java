package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ResourceRoots;
import java.io.IOException;
import java.io.OutputStream;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is fetched, and what a server can do about it. */
@Timeout(600)
class RemoteModuleTest {

    private static final String SECRET = "what only this process reaches";
    private static final byte[] MODULE = TestModules.echo();
    private static final String PIN = sha256(MODULE);

    private final ModuleServer server = new ModuleServer();
    private final WasmBackend backend = backend(true);

    @AfterEach
    void close() {
        backend.close();
        server.close();
    }

    private static WasmBackend backend(boolean remote) {
        return new WasmBackend(
                WasmPolicy.DEFAULTS.withSources(new ModuleSources(ResourceRoots.ANYWHERE, remote)));
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }

    private static ProcessorDefinition definition(String module, String... pin) {
        return within(10, module, pin);
    }

    private static ProcessorDefinition within(double seconds, String module, String... pin) {
        Map<String, Object> keys = new HashMap<>(Map.of("module", module));
        List.of(pin).forEach(sha256 -> keys.put("sha256", sha256));
        return new ProcessorDefinition(
                "orders",
                "append",
                Optional.empty(),
                new KeyValues(keys),
                KeyValues.NONE,
                new KeyValues(
                        Map.of(
                                "load_timeout_seconds",
                                seconds,
                                "admission",
                                new KeyValues(Map.of("module_bytes", 1000L)))));
    }

    private void assertRefused(ProcessorDefinition definition, String problem) {
        Throwable thrown = catchThrowable(() -> backend.create(definition));

        assertThat(thrown)
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' ("
                                + definition.keys().requiredString("module")
                                + "): "
                                + problem);
        for (Throwable t = thrown; t != null; t = t.getCause()) {
            assertThat(String.valueOf(t.getMessage())).doesNotContain(SECRET);
        }
    }

    @Test
    void aPinnedModuleIsFetchedOnceWhereTheOperatorAllowsIt() {
        String uri = server.module("/guest.wasm", MODULE);

        assertThat(backend.create(definition(uri, PIN))).isNotNull();
        assertThat(server.requests()).containsExactly("GET /guest.wasm HTTP/1.1");
    }

    @Test
    void rootsHoldForFilesOnly(@TempDir Path folder) {
        WasmBackend confined =
                new WasmBackend(
                        WasmPolicy.DEFAULTS.withSources(
                                new ModuleSources(
                                        ResourceRoots.of("moduleRoots", List.of("" + folder)),
                                        true)));
        try {
            assertThat(confined.create(definition(server.module("/guest.wasm", MODULE), PIN)))
                    .isNotNull();
        } finally {
            confined.close();
        }
    }

    @Test
    void withoutLeaveOrPinNothingIsAsked() {
        String uri = server.module("/guest.wasm", MODULE);
        String other = "HTTPS://example.org/x.wasm";
        WasmBackend closed = backend(false);
        String label = "processor 'append' (" + uri + "): scheme 'http' is not allowed without ";
        String otherwise = "; otherwise expected a path, file: or classpath:";

        assertThatThrownBy(() -> closed.create(definition(uri, PIN)))
                .hasMessage(label + "allowRemoteModules=true on the component" + otherwise);
        assertThatThrownBy(() -> closed.create(definition(uri)))
                .hasMessage(
                        label
                                + "allowRemoteModules=true on the component and sha256 on the"
                                + " processor"
                                + otherwise);
        assertRefused(
                definition(uri),
                "scheme 'http' is not allowed without sha256 on the processor" + otherwise);
        assertRefused(
                definition(other),
                "scheme 'https' is not allowed without sha256 on the processor" + otherwise);
        assertRefused(
                definition("http://example.org/a x.wasm"),
                "scheme 'http' is not allowed without sha256 on the processor" + otherwise);
        assertThat(server.requests()).isEmpty();
        closed.close();
    }

    @Test
    void aLineBreakHidesNoScheme() {
        assertThatThrownBy(() -> backend.create(definition("http://example.org/\nx.wasm", PIN)))
                .hasMessage(
                        "processor 'append' (http://example.org/\\u{a}x.wasm): its URI is malformed:"
                                + " Illegal character in path at index 19");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://example.org/x.wasm", "jar:http://example.org/x.jar!/x.wasm", "ref:x"})
    void anotherSchemeIsRefusedByItsName(String module) {
        assertRefused(
                definition(module, PIN),
                "scheme '"
                        + module.substring(0, module.indexOf(':'))
                        + "' is not allowed; expected a path, file: or classpath:");
    }

    @Test
    void anotherModuleThanThePinnedOneIsRefusedBeforeAnybodyLooksIntoIt() {
        byte[] secret = SECRET.getBytes(UTF_8);

        assertRefused(
                definition(server.module("/x.wasm", secret), PIN),
                "its sha256 is " + sha256(secret) + ", but pinned is " + PIN);
    }

    @ParameterizedTest
    @CsvSource({
        "201,''",
        "204,''",
        "301,', since redirects are not followed'",
        "302,', since redirects are not followed'",
        "307,', since redirects are not followed'",
        "308,', since redirects are not followed'",
        "401,''",
        "403,''",
        "404,''",
        "407,''",
        "500,''"
    })
    void anotherStatusIsNoModule(int status, String why) {
        String target = server.module("/target.wasm", MODULE);
        String headers =
                "Location: "
                        + target
                        + "\r\nWWW-Authenticate: Basic realm=x\r\n"
                        + "Proxy-Authenticate: Basic realm=x\r\n";
        String uri =
                server.serving(
                        "/guest.wasm",
                        (client, out) ->
                                ModuleServer.answer(
                                        out,
                                        status + " " + SECRET,
                                        headers,
                                        status == 204 ? new byte[0] : MODULE));

        assertRefused(
                definition(uri, PIN),
                "the server answers with status " + status + "; expected 200" + why);
        assertThat(server.requests()).containsExactly("GET /guest.wasm HTTP/1.1");
    }

    @ParameterizedTest
    @ValueSource(ints = {200, 404})
    void anEndlessBodyIsReadNoFurtherThanOneByteTooMany(int status) throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        ModuleServer.Answer endless =
                (client, out) -> {
                    out.write(("HTTP/1.1 " + status + " X\r\n\r\n").getBytes(UTF_8));
                    writeUntilClosed(out, new byte[700], ended);
                };

        assertRefused(
                definition(server.serving("/endless.wasm", endless), PIN),
                status == 200
                        ? "module bytes: 1001, over the budget of 1000 (option"
                                + " wasm.admission.module_bytes)"
                        : "the server answers with status 404; expected 200");
        // This side has closed the connection.
        assertThat(ended.await(10, TimeUnit.MINUTES)).isTrue();
    }

    private static void writeUntilClosed(OutputStream out, byte[] piece, CountDownLatch ended) {
        try {
            while (true) {
                out.write(piece);
            }
        } catch (IOException e) {
            ended.countDown();
        }
    }

    @Test
    void theLargestModuleIsReadAndALargerOneIsNot() {
        byte[] most = new byte[1000];

        assertRefused(
                definition(server.module("/most.wasm", most), PIN),
                "its sha256 is " + sha256(most) + ", but pinned is " + PIN);
        assertRefused(
                definition(server.module("/more.wasm", new byte[1_000_000]), PIN),
                "module bytes: 1001, over the budget of 1000 (option wasm.admission.module_bytes)");
    }

    @Test
    void aComponentThatIsTooLargeIsAComponent() {
        byte[] component = Arrays.copyOf(TestModules.componentHeader(), 1_000_000);

        assertRefused(
                definition(server.module("/component.wasm", component), PIN),
                "it is a WebAssembly component; only core modules are supported (what it is made of"
                        + " can be taken out with `wasm-tools component unbundle`)");
    }

    @ParameterizedTest
    @CsvSource({
        "'',false",
        "'HTTP/1.1 200 OK\r\nX: ',true",
        "'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n',false",
        "'HTTP/1.1 200 OK\r\nContent-Length: 900\r\n\r\n',true"
    })
    void oneDeadlineHoldsForAllThatAServerDoesSlowly(String begin, boolean trickles)
            throws Exception {
        CountDownLatch ended = new CountDownLatch(1);
        String uri =
                server.serving(
                        "/x.wasm",
                        (client, out) -> {
                            out.write(begin.getBytes(UTF_8));
                            trickle(client, out, trickles);
                            ended.countDown();
                        });

        assertRefused(
                within(0.3, uri, PIN),
                "it was not fetched within 0.3 s (option wasm.load_timeout_seconds)");
        // This side has closed the connection, or the server would write for ever.
        assertThat(ended.await(10, TimeUnit.MINUTES)).isTrue();
    }

    /** Writes a byte now and then, or nothing, until the connection is closed. */
    private static void trickle(Socket client, OutputStream out, boolean trickles)
            throws IOException {
        client.setSoTimeout(20);
        while (true) {
            try {
                if (client.getInputStream().read() < 0) {
                    return;
                }
            } catch (SocketTimeoutException e) {
                if (trickles) {
                    out.write('x');
                }
            } catch (SocketException e) {
                return;
            }
        }
    }

    @Test
    void aServerThatIsNotThereIsToldOf() throws Exception {
        int port;
        try (ServerSocket free = new ServerSocket(0)) {
            port = free.getLocalPort();
        }

        assertRefused(
                definition("http://localhost:" + port + "/x.wasm", PIN),
                "it cannot be fetched: no connection");
    }

    @ParameterizedTest
    @CsvSource({
        "'',the answer is malformed",
        "'HTTP/1.1 200 OK\r\nContent-Length: ',the answer is malformed",
        "'HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n',it ends early"
    })
    void whatIsNoAnswerOfHttpIsNotQuoted(String begin, String problem) {
        byte[] answer = (begin + SECRET + "\r\n\r\n").getBytes(UTF_8);
        String uri = server.serving("/x.wasm", (client, out) -> out.write(answer));

        assertRefused(definition(uri, PIN), "it cannot be fetched: " + problem);
    }

    @Test
    void aPasswordIsNeitherSentNorShown() {
        for (String user : List.of("user:secret@", "token@", "a@b:secret@", "@")) {
            assertThatThrownBy(
                            () ->
                                    backend.create(
                                            definition(
                                                    "http://"
                                                            + user
                                                            + server.authority()
                                                            + "/x.wasm",
                                                    PIN)))
                    .isInstanceOf(ModuleRefusedException.class)
                    .hasMessage(
                            "processor 'append' (http://***@"
                                    + server.authority()
                                    + "/x.wasm): its URI has a user or a password, and none is ever"
                                    + " sent; expected one such as https://example.org/x.wasm");
        }
        assertThat(server.requests()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "http:x.wasm,its URI names no host; expected one such as https://example.org/x.wasm",
        "http:///x.wasm,its URI names no host; expected one such as https://example.org/x.wasm",
        "https:/x.wasm,its URI names no host; expected one such as https://example.org/x.wasm",
        "http://[::1/x.wasm,its URI is malformed: Expected closing bracket for IPv6 address at index 11",
        "http://,its URI is malformed: Expected authority at index 7"
    })
    void aUriWithoutAHostIsRefused(String module, String problem) {
        assertRefused(definition(module, PIN), problem);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        CountDownLatch asked = new CountDownLatch(1);
        String uri =
                server.serving(
                        "/x.wasm",
                        (client, out) -> {
                            asked.countDown();
                            trickle(client, out, false);
                        });
        ExecutorService other = Executors.newSingleThreadExecutor();
        Thread caller = Thread.currentThread();
        Future<Boolean> interrupted =
                other.submit(
                        () -> {
                            asked.await();
                            caller.interrupt();
                            return true;
                        });

        assertRefused(definition(uri, PIN), "the thread was interrupted while it was fetched");
        assertThat(Thread.interrupted()).isTrue();
        assertThat(interrupted.get()).isTrue();
        other.shutdownNow();
    }

    @Test
    void noThreadStays() {
        backend.create(definition(server.module("/a.wasm", MODULE), PIN));
        assertRefused(
                within(
                        0.05,
                        server.serving("/b.wasm", (client, out) -> trickle(client, out, false)),
                        PIN),
                "it was not fetched within 0.05 s (option wasm.load_timeout_seconds)");

        Awaitility.await()
                .untilAsserted(
                        () -> {
                            // The client's own thread ends once the client is collected.
                            System.gc();
                            assertThat(Thread.getAllStackTraces().keySet())
                                    .extracting(Thread::getName)
                                    .noneMatch(name -> name.startsWith("dagwasm-fetch"))
                                    .noneMatch(name -> name.startsWith("HttpClient"));
                        });
    }
}
