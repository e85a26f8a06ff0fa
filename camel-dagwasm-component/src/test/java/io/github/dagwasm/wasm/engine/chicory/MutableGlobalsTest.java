package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static org.assertj.core.api.Assertions.assertThat;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.Parser;
import io.github.dagwasm.wasm.TestModule;
import org.junit.jupiter.api.Test;

class MutableGlobalsTest {

    private static final int V128 = 0x7b;
    private static final int I32 = 0x7f;

    @Test
    void areSetWithBothHalves() {
        byte[] vector = new byte[16];
        vector[0] = 1;
        vector[8] = 2;
        byte[] module =
                new TestModule()
                        .item(6, bytes(I32, 0, 0x41, 5, 0x0b))
                        .item(6, join(bytes(V128, 1, 0xfd, 0x0c), vector, bytes(0x0b)))
                        .item(6, bytes(I32, 1, 0x41, 6, 0x0b))
                        .bytes();
        Instance instance = Instance.builder(Parser.parse(module)).build();
        MutableGlobals globals = new MutableGlobals(instance);
        long[] before = globals.values();
        assertThat(before).containsExactly(1, 2, 6, 0);

        instance.global(1).setValueLow(77);
        instance.global(1).setValueHigh(78);
        instance.global(2).setValue(79);
        assertThat(globals.values()).containsExactly(77, 78, 79, 0);
        globals.set(before);

        assertThat(globals.values()).containsExactly(1, 2, 6, 0);
    }
}
