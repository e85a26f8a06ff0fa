package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmEngineContract;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ChicoryEngineTest extends WasmEngineContract {

    @Override
    protected WasmEngine engine() {
        return new ChicoryEngine();
    }

    @Test
    void tellsWhatIsInterpretedAndWritesNothingToStandardError() {
        PrintStream before = System.err;
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        System.setErr(new PrintStream(error, true, StandardCharsets.UTF_8));
        try {
            assertThat(engine().load(TestModules.endlessLoopInHugeFunction()).partlyInterpreted())
                    .isTrue();
        } finally {
            System.setErr(before);
        }
        assertThat(error.toString(StandardCharsets.UTF_8)).isEmpty();
    }

    /** Such objects would lie outside of the memory that is limited. */
    @Test
    void refusesObjectsInConstants() {
        byte[] i31 =
                new TestModule()
                        .item(6, bytes(0x6c, 0, 0x41, 1, 0xfb, 0x1c, 0x0b)) // ref.i31
                        .bytes();

        assertThatThrownBy(() -> engine().load(i31))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("it uses ref_i31, and garbage collection is not supported");
    }
}
