package io.github.dagwasm.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.wasm.Allowances;
import io.github.dagwasm.wasm.WasmBackend;
import io.github.dagwasm.wasm.WasmPolicy;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a pipeline file may say of fuel, and what it is told where it may not. */
class FuelInFilesTest {

    private static PipelineDefinition read(String yaml, WasmPolicy policy) {
        try (WasmBackend backend = new WasmBackend(policy)) {
            return new PipelineReader(List.of(backend), Placeholders.NONE)
                    .read("f.yaml", yaml, Optional.empty());
        }
    }

    private static String file(String fuel, String options) {
        return """
        wasm: { fuel: %s }
        processors:
          - { id: a, backend: wasm, module: a.wasm, options: { %s } }
        """
                .formatted(fuel, options);
    }

    private static void refused(String fuel, String options, String... faults) {
        refused(file(fuel, options), WasmPolicy.DEFAULTS, faults);
    }

    private static void refused(String yaml, WasmPolicy policy, String... faults) {
        assertThatThrownBy(() -> read(yaml, policy))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(String.join("\n", faults));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{ default: 1 }",
                "{ default: 100000000, minimum: 1000000, maximum: 500000000 }",
                "{ default: 5, minimum: 5, maximum: 5 }",
                "{ default: 5, minimum: 4 }",
                "{ default: 5, maximum: 100000000000000 }"
            })
    void acceptsABlockInWhichTheDefaultIsInItsRange(String fuel) {
        assertThat(read(file(fuel, ""), WasmPolicy.DEFAULTS).settings().get("wasm").has("fuel"))
                .isTrue();
    }

    @Test
    void acceptsALevelInTheRangeOfTheBlockAndWithoutABlock() {
        read(file("{ default: 7, minimum: 5, maximum: 9 }", "fuel_level: 5"), WasmPolicy.DEFAULTS);
        read(file("{ default: 7, minimum: 5, maximum: 9 }", "fuel_level: 9"), WasmPolicy.DEFAULTS);
        read(file("{ default: 7 }", "fuel_level: 900"), WasmPolicy.DEFAULTS);

        String withoutBlock = file("", "fuel_level: 3").replace("wasm: { fuel:  }", "");
        PipelineDefinition plain = read(withoutBlock, WasmPolicy.DEFAULTS);

        assertThat(plain.processors().get(0).options().integer("fuel_level")).contains(3L);
    }

    @Test
    void refusesEverythingThatIsWrongAtOnce() {
        refused(
                "{ default: 5, minimum: 10, maximum: 20 }",
                "fuel_level: 21",
                "f.yaml:1:26: wasm.fuel.default: found 5; expected at least 10, which"
                        + " wasm.fuel.minimum says",
                "f.yaml:3:68: processors[0].options.fuel_level: found 21; expected at most 20, which"
                        + " wasm.fuel.maximum says");
        refused(
                "{ maximum: 20, default: 21 }",
                "fuel_level: 0",
                "f.yaml:1:39: wasm.fuel.default: found 21; expected at most 20, which"
                        + " wasm.fuel.maximum says",
                "f.yaml:3:68: processors[0].options.fuel_level: found 0; expected a whole number from"
                        + " 1 to 100000000000000");
        refused(
                "{ default: 10, minimum: 5 }",
                "fuel_level: 4",
                "f.yaml:3:68: processors[0].options.fuel_level: found 4; expected at least 5, which"
                        + " wasm.fuel.minimum says");
    }

    @Test
    void aRangeThatHoldsNothingIsTheOnlyFaultOfItsBlock() {
        refused(
                "{ default: 25, minimum: 30, maximum: 20 }",
                "fuel_level: 50",
                "f.yaml:1:39: wasm.fuel.minimum: found 30; expected at most 20, which"
                        + " wasm.fuel.maximum says");
    }

    @Test
    void aBlockNeedsADefault() {
        refused("{ minimum: 1 }", "", "f.yaml:1:15: wasm.fuel: 'fuel' needs 'default'");
        refused("", "", "f.yaml:1:9: wasm.fuel: 'fuel' needs 'default'");
    }

    @Test
    void tellsAWrongPlaceAndAWrongType() {
        refused(
                """
                fuel: { default: 5 }
                wasm: { fuel: { default: much, level: 5 } }
                processors:
                  - { id: a, backend: wasm, module: a.wasm, fuel_level: 5 }
                """,
                WasmPolicy.DEFAULTS,
                "f.yaml:1:1: unknown key 'fuel'; write it under 'wasm'",
                "f.yaml:2:26: wasm.fuel.default: found 'much'; expected a whole number from 1 to"
                        + " 100000000000000",
                "f.yaml:2:32: wasm.fuel: unknown key 'level'; expected default, minimum or maximum",
                "f.yaml:4:45: processors[0]: unknown key 'fuel_level'; write it under 'options'");
    }

    @Test
    void nothingIsAboveTheOperatorsCeiling() {
        WasmPolicy policy =
                WasmPolicy.DEFAULTS.withFuel(new Allowances(Map.of(), Map.of("fuel_level", 1000L)));
        String ceiling = "the operator's ceiling (option fuelCeiling of the component)";

        refused(
                file("{ default: 1001, minimum: 1002, maximum: 1003 }", "fuel_level: 1004"),
                policy,
                "f.yaml:1:26: wasm.fuel.default: found 1001; expected at most 1000, " + ceiling,
                "f.yaml:1:41: wasm.fuel.minimum: found 1002; expected at most 1000, " + ceiling,
                "f.yaml:1:56: wasm.fuel.maximum: found 1003; expected at most 1000, " + ceiling,
                "f.yaml:3:68: processors[0].options.fuel_level: found 1004; expected at most 1000, "
                        + ceiling);
        read(file("{ default: 1000, maximum: 1000 }", "fuel_level: 1000"), policy);
    }
}
