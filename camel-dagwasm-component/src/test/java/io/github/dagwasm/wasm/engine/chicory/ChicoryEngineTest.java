package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

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
}
