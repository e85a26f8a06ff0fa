package io.github.dagwasm.wasm.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class FeatureTest {

    @Test
    void saysOfEachThatIsNotSupportedWhatToDo() {
        assertThat(
                        Arrays.stream(Feature.values())
                                .filter(feature -> !feature.supported())
                                .map(feature -> feature.refusal("type 0")))
                .containsExactly(
                        "it uses a proposal that is not supported: legacy exceptions (type 0); build"
                                + " it without exceptions, or with those of try_table",
                        "it uses a proposal that is not supported: SIMD (type 0); build it without"
                                + " vector instructions (-msimd128, simd128)",
                        "it uses a proposal that is not supported: relaxed SIMD (type 0); build it"
                                + " without vector instructions (-mrelaxed-simd, relaxed-simd)",
                        "it uses a proposal that is not supported: threads (type 0); build it for"
                                + " one thread (without -pthread and atomics)",
                        "it uses a proposal that is not supported: multiple memories (type 0); link"
                                + " it with one memory",
                        "it uses a proposal that is not supported: 64-bit memory (type 0); build it"
                                + " for wasm32",
                        "it uses a proposal that is not supported: garbage collection (type 0);"
                                + " only languages that keep their objects in linear memory can be"
                                + " used, not Kotlin or Dart",
                        "it uses a proposal that is not supported: string references (type 0);"
                                + " build it with strings in linear memory",
                        "it uses a proposal that is not supported: stack switching (type 0); build"
                                + " it without continuations");
    }

    @Test
    void hasNothingToSayOfOneThatIsSupported() {
        assertThatThrownBy(() -> Feature.BULK_MEMORY.refusal("type 0"))
                .isInstanceOf(NoSuchElementException.class);
    }
}
