package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.io.IOException;
import java.io.InputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.ObjectName;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nothing of a message is left in the JVM when its call is over: neither in a thread local, a name
 * of a thread or a pool, nor in anything else that is alive. A dump of the heap is searched.
 */
@Tag("ci")
class ResidueTest {

    private static final Path MODULES = Path.of("../wasm_modules");
    private static final byte MASK = 0x5a;
    private static final int HALF = 16;

    /** Enough for a good guest on a busy machine, and short for one that never ends. */
    private static final long TIME = TimeUnit.SECONDS.toNanos(2);

    private static final Map<String, Object> PATIENT = Map.of("load_timeout_seconds", 600.0);

    private record Call(Text text, Map<String, String> attributes, long deadline)
            implements ProcessorCall {

        @Override
        public long remainingNanos() {
            return deadline - System.nanoTime();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }

    @TempDir Path folder;

    /** The secret is in the heap in this form alone. */
    private final byte[] masked = new byte[HALF];

    private final List<PipelineProcessor> processors = new ArrayList<>();

    ResidueTest() {
        new SecureRandom().nextBytes(masked);
    }

    private String secret() {
        byte[] plain = masked.clone();
        for (int i = 0; i < plain.length; i++) {
            plain[i] ^= MASK;
        }
        return HexFormat.of().formatHex(plain);
    }

    /** Calls a processor so that only the JVM could remember the text. */
    private String endOf(TextProcessor processor) throws Exception {
        try {
            Text text = Text.of("{\"k\":\"" + secret() + "\"}");
            long deadline = System.nanoTime() + TIME;
            processor.process(new Call(text, Map.of(), deadline));
            return "answered";
        } catch (DagWasmException | DeadlinePassedException e) {
            return e.getMessage().contains(secret()) ? "told it" : "failed";
        }
    }

    private TextProcessor processor(WasmBackend backend, Path module, Map<String, Object> options) {
        PipelineProcessor processor =
                backend.create(Calls.definition(module, Map.of(), options, PATIENT));
        processors.add(processor);
        return (TextProcessor) processor;
    }

    @Test
    void nothingOfAMessageIsLeftInTheHeap() throws Exception {
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (WasmBackend backend = new WasmBackend()) {
            for (TextProcessor each : guests(backend)) {
                String name = thread.submit(() -> Thread.currentThread().getName()).get();
                assertThat(thread.submit(() -> endOf(each)).get()).isNotEqualTo("told it");
                assertThat(thread.submit(() -> Thread.currentThread().getName()).get())
                        .isEqualTo(name);
            }

            assertThat(found(folder.resolve("heap.hprof"))).isEmpty();

            processors.forEach(PipelineProcessor::close);
        } finally {
            thread.shutdownNow();
        }
    }

    /** So the search would find it. */
    @Test
    void aTextThatIsHeldIsFound() throws Exception {
        String held = secret();

        assertThat(found(folder.resolve("heap.hprof"))).isNotEmpty();
        assertThat(held).hasSize(2 * HALF);
    }

    private List<TextProcessor> guests(WasmBackend backend) throws IOException {
        List<TextProcessor> guests = new ArrayList<>();
        try (Stream<Path> files = Files.walk(MODULES)) {
            for (Path module :
                    files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList()) {
                guests.add(processor(backend, module, Map.of()));
            }
        }
        guests.add(
                processor(
                        backend,
                        MODULES.resolve("text_stats.wasm"),
                        Map.of("intent", "analyze", "result", "json")));
        guests.add(own(backend, "echo", code().get(0)));
        guests.add(own(backend, "trap", code().unreachable()));
        guests.add(own(backend, "endless", code().loop().br(0).end().get(0)));
        return guests;
    }

    private TextProcessor own(WasmBackend backend, String name, Code process) {
        byte[] module = TestModules.guest("", process).bytes();
        return processor(
                backend, TestModule.write(folder.resolve(name + ".wasm"), module), Map.of());
    }

    /** The forms in which the secret is among what is alive. */
    private List<String> found(Path dump) throws Exception {
        ManagementFactory.getPlatformMBeanServer()
                .invoke(
                        new ObjectName("com.sun.management:type=HotSpotDiagnostic"),
                        "dumpHeap",
                        new Object[] {dump.toString(), true},
                        new String[] {String.class.getName(), boolean.class.getName()});
        List<String> forms = new ArrayList<>();
        for (Charset charset :
                List.of(
                        StandardCharsets.ISO_8859_1,
                        StandardCharsets.UTF_16LE,
                        StandardCharsets.UTF_16BE)) {
            if (contains(dump, secret().getBytes(charset))) {
                forms.add(charset.name());
            }
        }
        return forms;
    }

    private static boolean contains(Path file, byte[] needle) throws IOException {
        byte[] window = new byte[1 << 20];
        int kept = 0;
        try (InputStream in = Files.newInputStream(file)) {
            for (int read; (read = in.read(window, kept, window.length - kept)) > 0; ) {
                int end = kept + read;
                for (int i = 0; i + needle.length <= end; i++) {
                    if (window[i] == needle[0]
                            && Arrays.equals(
                                    window, i, i + needle.length, needle, 0, needle.length)) {
                        return true;
                    }
                }
                kept = Math.min(end, needle.length - 1);
                System.arraycopy(window, end - kept, window, 0, kept);
            }
        }
        return false;
    }
}
