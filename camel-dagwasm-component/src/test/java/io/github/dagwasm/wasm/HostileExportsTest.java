package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** No module takes long to be refused, however long its names are and however many it has. */
@Timeout(120)
class HostileExportsTest {

    private static final int MOST_NAME_BYTES = 1 << 20;
    private static final int MOST_EXPORTS = 20_000;

    private static WasmModule module(TestModule module) {
        return new ChicoryEngine().load(module.memory(1).exportMemory("memory").bytes());
    }

    private static void assertRefused(WasmModule module) {
        assertThatThrownBy(() -> AbiDetector.detect(module, AbiOptions.NONE))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageMatching("(?s).{1,2000}");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {":", ":/", "/", "#", ":/#", "_", "cabi_post_", "__wbindgen_", "proxy_on_"})
    void aLongName(String part) {
        String name = part.repeat(MOST_NAME_BYTES / part.length());

        assertRefused(module(new TestModule().exported(name, 1, 1, 0, code().i32(0))));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 1", "3, 1", "0, 0"})
    void manyFunctions(int parameters, int results) {
        TestModule module = new TestModule();
        module.exported("f0", parameters, results, 0, results == 0 ? code() : code().i32(0));
        for (int i = 1; i < MOST_EXPORTS - 1; i++) {
            module.item(
                    7,
                    TestModule.join(
                            TestModule.name("f" + i), TestModule.bytes(0), TestModule.leb(0)));
        }

        assertRefused(module(module));
    }
}
