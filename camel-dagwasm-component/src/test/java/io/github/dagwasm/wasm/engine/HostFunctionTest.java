package io.github.dagwasm.wasm.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class HostFunctionTest {

    private static final long[] NOTHING = {};

    private int begun;
    private int ended;

    @Test
    void namesItselfAsGuestsImportIt() {
        HostFunction function =
                new HostFunction("env", "host_log", Signature.ofI32(2, 0), (m, a) -> NOTHING);

        assertThat(function.qualifiedName()).isEqualTo("env.host_log");
        assertThat(function.signature()).hasToString("(i32, i32) -> ()");
    }

    /** Repeated, so that it holds for interpreted and for compiled frames. */
    @RepeatedTest(30)
    void aBodyThatBeginsHasStackEnoughToEnd() {
        HostFunction function =
                new HostFunction(
                        "env",
                        "host_log",
                        Signature.ofI32(2, 0),
                        (memory, arguments) -> {
                            begun++;
                            descend(100);
                            ended++;
                            return NOTHING;
                        });

        assertThatThrownBy(() -> callAtEveryDepth(function)).isInstanceOf(StackOverflowError.class);

        assertThat(begun).isPositive().isEqualTo(ended);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends, as a guest would
    private void callAtEveryDepth(HostFunction function) {
        function.call(null, NOTHING);
        callAtEveryDepth(function);
    }

    private static int descend(int frames) {
        return frames == 0 ? 0 : descend(frames - 1) + 1;
    }
}
