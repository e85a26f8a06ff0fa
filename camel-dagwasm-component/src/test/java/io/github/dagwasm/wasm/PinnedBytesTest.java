package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is pinned is what runs, whatever becomes of the file. */
class PinnedBytesTest {

    private static final byte[] PINNED = TestModules.append("-pinned");
    private static final byte[] OTHER = TestModules.append("-other");
    private static final String PIN = ModuleFile.of("", PINNED).sha256();

    private final WasmEngine chicory = new ChicoryEngine();
    private final AtomicInteger loads = new AtomicInteger();
    private final List<byte[]> loaded = new ArrayList<>();

    /** Replaces the file while the engine is about to load what was read of it. */
    private final WasmBackend backend =
            new WasmBackend(
                    WasmPolicy.DEFAULTS,
                    wasm -> {
                        loads.incrementAndGet();
                        loaded.add(wasm.clone());
                        replace();
                        return chicory.load(wasm);
                    },
                    1);

    private Path file;

    @BeforeEach
    void write(@TempDir Path folder) {
        file = TestModule.write(folder.resolve("guest.wasm"), PINNED);
    }

    @AfterEach
    void close() {
        backend.close();
    }

    private void replace() {
        TestModule.write(file, OTHER);
    }

    private ProcessorDefinition pinned() {
        return definition(file, Map.of("sha256", PIN), Map.of(), Map.of());
    }

    private ProcessorDefinition free() {
        return definition(file);
    }

    private static String result(PipelineProcessor processor) throws Exception {
        return ((TextProcessor) processor).process(with("x")).text().string();
    }

    @Test
    void aFileThatIsReplacedAfterItWasReadDoesNotRun() throws Exception {
        PipelineProcessor processor = backend.create(pinned());

        assertThat(loaded).containsExactly(PINNED);
        assertThat(file).hasBinaryContent(OTHER);
        assertThat(result(processor)).isEqualTo("x-pinned");
        Files.delete(file);
        assertThat(result(processor)).isEqualTo("x-pinned");
    }

    @Test
    void aFileThatWasReplacedIsReadAgainForTheNextProcessor() throws Exception {
        PipelineProcessor first = backend.create(pinned());
        PipelineProcessor second = backend.create(free());

        assertThat(result(first)).isEqualTo("x-pinned");
        assertThat(result(second)).isEqualTo("x-other");
        assertThat(backend.loadedModules()).isEqualTo(2);
        assertThatThrownBy(() -> backend.create(pinned()))
                .hasMessage(
                        "processor 'append' (guest.wasm): its sha256 is "
                                + ModuleFile.of("", OTHER).sha256()
                                + ", but pinned is "
                                + PIN);
    }

    @Test
    void aModuleThatIsLoadedAlreadyIsNotTakenForAnotherByItsPath() throws Exception {
        replace();
        PipelineProcessor other = backend.create(free());
        TestModule.write(file, PINNED);
        PipelineProcessor first = backend.create(pinned());
        TestModule.write(file, PINNED);
        PipelineProcessor again = backend.create(free());

        assertThat(result(other)).isEqualTo("x-other");
        assertThat(result(first)).isEqualTo("x-pinned");
        assertThat(result(again)).isEqualTo("x-pinned");
        assertThat(loads).hasValue(2);
    }

    @Test
    void aPinIsNoNameByWhichAModuleIsFound() {
        backend.create(pinned());
        replace();

        // The pinned module is loaded, but the file holds another.
        assertThatThrownBy(() -> backend.create(pinned()))
                .hasMessageStartingWith("processor 'append' (guest.wasm): its sha256 is ");
        assertThat(loads).hasValue(1);
    }
}
