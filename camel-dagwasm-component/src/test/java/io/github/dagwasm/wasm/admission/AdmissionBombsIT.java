package io.github.dagwasm.wasm.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.Bombs;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Every bomb in a JVM of its own, with 64 MB of heap (see the pom). */
@Timeout(600)
@Tag("small-heap")
class AdmissionBombsIT {

    private static final Budgets LARGE_MODULES =
            Budgets.DEFAULTS.with(Budget.MODULE_BYTES, Budget.MODULE_BYTES.most());

    static Stream<Arguments> bombs() {
        return Bombs.all().entrySet().stream()
                .map(bomb -> Arguments.of(bomb.getKey(), bomb.getValue()));
    }

    @Test
    void theHeapIsSmall() {
        assertThat(Runtime.getRuntime().maxMemory()).isLessThanOrEqualTo(64L << 20);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void isRefused(String name, Supplier<byte[]> bomb) {
        byte[] module = bomb.get();

        assertThatThrownBy(
                        () -> Admission.scan(module, LARGE_MODULES, GuestLimits.DEFAULTS, Map.of()))
                .isInstanceOf(ModuleRefusedException.class);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    void isExamined(String name, Supplier<byte[]> bomb) {
        byte[] module = bomb.get();

        Examination examination =
                Admission.examine(module, LARGE_MODULES, GuestLimits.DEFAULTS, Map.of());

        assertThat(examination.refusals()).isNotEmpty();
    }
}
