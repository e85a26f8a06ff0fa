package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeyValues;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Files that are no modules: that is the reason, whatever their size. */
class NoModuleTest {

    private static final int MORE_THAN_THE_BUDGET = 4 << 20;

    private static final String COMPONENT =
            "it is a WebAssembly component; only core modules are supported (what it is made of can"
                    + " be taken out with `wasm-tools component unbundle`)";

    @TempDir Path folder;

    @Test
    void aLargeComponentIsRefusedAsAComponent() {
        refusedAs(COMPONENT, new String(TestModules.componentHeader(), ISO_8859_1));
    }

    @Test
    void anotherVersionIsRefusedForIt() {
        refusedAs("its version is 02 00 00 00; supported is 01 00 00 00", "\0asm\2\0\0\0");
    }

    @Test
    void aCompressedFileIsOne() {
        refusedAs("it is not a WebAssembly binary: it looks like a gzip file", "\u001f\u008b\b\0");
    }

    @ParameterizedTest
    @CsvSource({
        "'  (module (memory 1))',WebAssembly text: compile it first",
        "';; a comment\n(module)',WebAssembly text: compile it first",
        "'(component)',WebAssembly text: compile it first",
        "'some text',text"
    })
    void textIsText(String beginning, String format) {
        refusedAs("it is not a WebAssembly binary: it looks like " + format, beginning);
    }

    @Test
    void whatIsEmptyIsEmpty() {
        assertThatThrownBy(() -> create(new byte[0])).hasMessageEndingWith(": it is empty");
    }

    private void refusedAs(String reason, String beginning) {
        byte[] small = beginning.getBytes(ISO_8859_1);
        byte[] large = Arrays.copyOf(small, MORE_THAN_THE_BUDGET);

        assertThatThrownBy(() -> create(large))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageEndingWith("guest.wasm): " + reason);
        assertThatThrownBy(() -> inspect(large))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageEndingWith("guest.wasm: " + reason);
    }

    private void create(byte[] file) {
        try (WasmBackend backend = new WasmBackend()) {
            backend.create(definition(guest(file))).close();
        }
    }

    /** What begins as WebAssembly is inspected, and told as refused. */
    private void inspect(byte[] file) {
        try (ModuleInspector inspector = new ModuleInspector(KeyValues.NONE)) {
            String module = guest(file).toString();
            throw new ModuleRefusedException(
                    module + ": " + inspector.inspect(module, KeyValues.NONE).reasons().get(0));
        }
    }

    private Path guest(byte[] file) {
        return TestModule.write(folder.resolve("guest.wasm"), file);
    }
}
