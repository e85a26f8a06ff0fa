package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A call that uses up its fuel names who gave it that much. */
class FuelRunsOutTest {

    /** {@link TestModules#clearing} uses more than this. */
    private static final long TOO_LITTLE = 1600;

    private static final long ENOUGH = 20_000;

    private final List<WasmBackend> backends = new ArrayList<>();

    @TempDir Path folder;

    @AfterEach
    void closeBackends() {
        backends.forEach(WasmBackend::close);
    }

    private TextProcessor processor(
            WasmPolicy policy, Map<String, Object> options, Map<String, Object> settings) {
        WasmBackend backend = new WasmBackend(policy);
        backends.add(backend);
        Path file = TestModule.write(folder.resolve("guest.wasm"), TestModules.clearing());
        return (TextProcessor) backend.create(definition(file, Map.of(), options, settings));
    }

    private static WasmPolicy operator(Map<String, Long> byDefault, Map<String, Long> ceiling) {
        return WasmPolicy.DEFAULTS.withFuel(new Allowances(byDefault, ceiling));
    }

    private static Map<String, Object> pipeline(long byDefault) {
        return Map.of("fuel", block("default", byDefault));
    }

    private static void runsOut(TextProcessor processor, String option) {
        assertThatThrownBy(() -> processor.process(with("x")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("the limit of 1600 fuel is exceeded (option " + option + ")");
    }

    @Test
    void ofTheProcessorsLevel() {
        runsOut(
                processor(
                        operator(Map.of("fuel_level", ENOUGH), Map.of()),
                        Map.of("fuel_level", TOO_LITTLE),
                        pipeline(ENOUGH)),
                "options.fuel_level");
    }

    @Test
    void ofThePipelinesDefault() {
        runsOut(
                processor(WasmPolicy.DEFAULTS, Map.of(), pipeline(TOO_LITTLE)),
                "wasm.fuel.default");
    }

    @Test
    void ofTheOperatorsDefault() {
        Map<String, Long> little = Map.of("fuel_level", TOO_LITTLE);

        runsOut(
                processor(operator(little, Map.of("fuel_level", ENOUGH)), Map.of(), Map.of()),
                "fuel of the component");
        runsOut(
                processor(operator(Map.of(), little), Map.of(), Map.of()),
                "fuelCeiling of the component");
    }

    @Test
    void theNextCallHasAllOfItAgain() throws Exception {
        TextProcessor processor =
                processor(WasmPolicy.DEFAULTS, Map.of("fuel_level", 3000L), Map.of());

        for (int call = 0; call < 3; call++) {
            assertThat(processor.process(with("")).text().string()).isEmpty();
        }
    }
}
