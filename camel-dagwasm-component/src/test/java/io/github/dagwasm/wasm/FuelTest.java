package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.block;
import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Who says what fuel a call has, and what it is told where that does not do. */
class FuelTest {

    /** Far more than the guest uses. */
    private static final long ENOUGH = 20_000;

    private final List<WasmBackend> backends = new ArrayList<>();

    @TempDir Path folder;

    @AfterEach
    void closeBackends() {
        backends.forEach(WasmBackend::close);
    }

    private TextProcessor processor(
            WasmPolicy policy,
            byte[] module,
            Map<String, Object> options,
            Map<String, Object> settings) {
        WasmBackend backend = new WasmBackend(policy);
        backends.add(backend);
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        return (TextProcessor) backend.create(definition(file, Map.of(), options, settings));
    }

    private TextProcessor processor(Map<String, Object> options, Map<String, Object> settings) {
        return processor(WasmPolicy.DEFAULTS, TestModules.clearing(), options, settings);
    }

    private static WasmPolicy operator(Map<String, Long> byDefault, Map<String, Long> ceiling) {
        return WasmPolicy.DEFAULTS.withFuel(new Allowances(byDefault, ceiling));
    }

    private static Map<String, Long> units(long units) {
        return Map.of("fuel_level", units);
    }

    private static Map<String, Object> pipeline(long byDefault) {
        return Map.of("fuel", block("default", byDefault));
    }

    @Test
    void withoutAWordOfFuelThereIsNoBound() throws Exception {
        TextProcessor processor = processor(Map.of(), Map.of());

        assertThat(processor.process(with("")).text().string()).isEmpty();
        assertThat(processor.limits()).doesNotContainKey("fuel_level");
    }

    @Test
    void theProcessorSaysMoreThanThePipelineAndThatMoreThanTheOperator() {
        WasmPolicy operator = operator(units(3), units(ENOUGH));
        Map<String, Object> level = Map.of("fuel_level", 5L);

        assertThat(level(operator, level, pipeline(4))).isEqualTo(5);
        assertThat(level(WasmPolicy.DEFAULTS, level, Map.of())).isEqualTo(5);
        assertThat(level(operator, Map.of(), pipeline(4))).isEqualTo(4);
        assertThat(level(operator, Map.of(), Map.of())).isEqualTo(3);
    }

    @Test
    void aCeilingIsWhatACallHasOfWhichNobodySaysMore() {
        assertThat(level(operator(Map.of(), units(9)), Map.of(), Map.of())).isEqualTo(9);
    }

    private long level(
            WasmPolicy policy, Map<String, Object> options, Map<String, Object> settings) {
        return processor(policy, TestModules.clearing(), options, settings)
                .limits()
                .get("fuel_level");
    }

    @Test
    void everyCallHasItsOwn() throws Exception {
        TextProcessor processor = processor(Map.of("fuel_level", ENOUGH), Map.of());

        for (int call = 0; call < 20; call++) {
            assertThat(processor.process(with("")).text().string()).isEmpty();
        }
    }

    @Test
    void whatIsInterpretedIsRefusedWhereFuelIsBounded() {
        byte[] huge = TestModules.endlessLoopInHugeFunction();
        String why =
                "processor 'append' (guest.wasm): its fuel cannot be counted, since function 3 is too"
                        + " large for a JVM method and interpreted; divide it, or leave its fuel"
                        + " unbounded (option ";

        assertThat(processor(WasmPolicy.DEFAULTS, huge, Map.of(), Map.of())).isNotNull();
        refused(WasmPolicy.DEFAULTS, huge, Map.of("fuel_level", 5L), Map.of())
                .hasMessage(why + "options.fuel_level)");
        refused(WasmPolicy.DEFAULTS, huge, Map.of(), pipeline(5))
                .hasMessage(why + "wasm.fuel.default)");
        refused(operator(units(5), Map.of()), huge, Map.of(), Map.of())
                .hasMessage(why + "fuel of the component)");
        refused(operator(Map.of(), units(5)), huge, Map.of(), Map.of())
                .hasMessage(why + "fuelCeiling of the component)");
    }

    private AbstractThrowableAssert<?, ? extends Throwable> refused(
            WasmPolicy policy,
            byte[] module,
            Map<String, Object> options,
            Map<String, Object> settings) {
        return assertThatThrownBy(() -> processor(policy, module, options, settings))
                .isInstanceOf(ModuleRefusedException.class);
    }

    @Test
    void anInspectorGivesTheSameReason() {
        Path file =
                TestModule.write(
                        folder.resolve("guest.wasm"), TestModules.endlessLoopInHugeFunction());
        KeyValues settings = new KeyValues(pipeline(5));

        try (ModuleInspector inspector = new ModuleInspector(settings)) {
            assertThat(inspector.inspect(file.toString(), KeyValues.NONE).reasons())
                    .containsExactly(
                            "its fuel cannot be counted, since function 3 is too large for a JVM"
                                    + " method and interpreted; divide it, or leave its fuel"
                                    + " unbounded (option wasm.fuel.default)");
        }
        try (ModuleInspector inspector = new ModuleInspector(KeyValues.NONE)) {
            assertThat(inspector.inspect(file.toString(), KeyValues.NONE).admitted()).isTrue();
        }
    }

    @Test
    void listsAFewOfManyFunctions() {
        FuelLevel level = new FuelLevel(5, "x");

        assertThatThrownBy(() -> level.requireCountable(List.of(3, 40)))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "its fuel cannot be counted, since functions 3, 40 are too large for a JVM"
                                + " method and interpreted; divide them, or leave its fuel"
                                + " unbounded (option x)");
        assertThatThrownBy(() -> level.requireCountable(List.of(1, 2, 3, 4, 5, 6, 7, 8, 9, 10)))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "its fuel cannot be counted, since functions 1, 2, 3, 4, 5, 6, 7, 8 and 2 more"
                                + " are too large for a JVM method and interpreted; divide them, or"
                                + " leave its fuel unbounded (option x)");
    }
}
