package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.wasm.Parser;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.CodeStore;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Code outlives the process that compiled it. */
class KeptModulesTest {

    private static final String KEY = "5f1c";

    /** The second function is too large for a JVM method. */
    private static final byte[] WASM =
            new TestModule()
                    .exported("f", 1, 1, 0, code().get(0).i32(1).add())
                    .function(0, 0, 0, code().row(25_000, code().i32(1 << 20).drop()))
                    .bytes();

    private final Map<String, byte[]> kept = new HashMap<>();
    private final CodeStore store =
            new CodeStore() {
                @Override
                public Optional<byte[]> find(String key) {
                    return Optional.ofNullable(kept.get(key));
                }

                @Override
                public void keep(String key, byte[] code) {
                    kept.put(key, code);
                }
            };

    private static int answer(WasmModule module, long depth) throws InterruptedException {
        return (int)
                module.instantiate(
                                List.of(),
                                new InstanceLimits(1 << 20, 0, depth),
                                MemoryReserve.UNLIMITED)
                        .call("f", 41)[0];
    }

    private WasmModule known() {
        return new KeptModules(store, FlatMemory::new)
                .module(
                        KEY,
                        () -> Parser.parse(WASM),
                        () -> {
                            throw new AssertionError("not known");
                        },
                        module -> {
                            throw new AssertionError("not known");
                        },
                        FunctionNames.NONE);
    }

    @Test
    void whatOneEngineCompiledAnotherNeedNotCompile() throws Exception {
        WasmModule compiled = new ChicoryEngine(store).load(WASM, KEY);

        WasmModule known = known();

        assertThat(answer(compiled, 2)).isEqualTo(42);
        assertThat(answer(known, 2)).isEqualTo(42);
        assertThat(known.interpretedFunctions())
                .isEqualTo(compiled.interpretedFunctions())
                .containsExactly(1);
    }

    @Test
    void keptCodeIsHeldToItsLimits() {
        new ChicoryEngine(store).load(WASM, KEY);

        assertThatThrownBy(() -> answer(known(), 0)).isInstanceOf(LimitExceededException.class);
    }

    @Test
    void anotherModuleIsNotKnown() {
        new ChicoryEngine(store).load(WASM, "another");

        assertThatThrownBy(this::known).hasMessage("not known");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 100, 1000})
    void whatIsCutShortIsCompiledAnewAndReplaced(int bytes) throws Exception {
        ChicoryEngine engine = new ChicoryEngine(store);
        engine.load(WASM, KEY);
        kept.put(KEY, Arrays.copyOf(kept.get(KEY), bytes));

        assertThatThrownBy(this::known).hasMessage("not known");
        assertThat(answer(engine.load(WASM, KEY), 2)).isEqualTo(42);
        assertThat(answer(known(), 2)).isEqualTo(42);
    }

    @Test
    void whatIsRefusedIsNotKept() {
        ChicoryEngine engine = new ChicoryEngine(store);
        byte[] wasm = new TestModule().exported("f", 0, 1, 0, code()).bytes();

        assertThatThrownBy(() -> engine.load(wasm, KEY)).isInstanceOf(ModuleRefusedException.class);
        assertThat(kept).doesNotContainKey(KEY);
    }
}
