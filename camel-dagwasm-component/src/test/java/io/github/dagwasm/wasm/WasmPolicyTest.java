package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

class WasmPolicyTest {

    private static final WasmPolicy DEFAULTS = WasmPolicy.DEFAULTS;

    private static void refused(ThrowingCallable making, String message) {
        assertThatThrownBy(making).isInstanceOf(IllegalArgumentException.class).hasMessage(message);
    }

    private static Allowances allowances(Map<String, Long> defaults, Map<String, Long> ceilings) {
        return new Allowances(defaults, ceilings);
    }

    private static TimeAllowance times(long defaultSeconds, long ceilingSeconds) {
        return new TimeAllowance(
                Optional.of(Duration.ofSeconds(defaultSeconds)),
                Optional.of(Duration.ofSeconds(ceilingSeconds)));
    }

    private static KeySpec limit(WasmPolicy policy, String name) {
        try (WasmBackend backend = new WasmBackend(policy)) {
            return named(named(backend.keys(), "limits").keys(), name);
        }
    }

    private static KeySpec setting(WasmPolicy policy, String name) {
        try (WasmBackend backend = new WasmBackend(policy)) {
            return named(backend.settings(), name);
        }
    }

    private static KeySpec named(List<KeySpec> specs, String name) {
        return specs.stream().filter(spec -> spec.name().equals(name)).findFirst().orElseThrow();
    }

    @Test
    void refusesADefaultAboveItsCeiling() {
        refused(
                () ->
                        DEFAULTS.withLimits(
                                allowances(Map.of("memory_mb", 128L), Map.of("memory_mb", 64L))),
                "memoryMb: found 128; expected at most 64, which memoryMbCeiling says");
        refused(
                () ->
                        DEFAULTS.withAdmission(
                                allowances(Map.of("module_bytes", 9L), Map.of("module_bytes", 8L))),
                "admission[module_bytes]: found 9; expected at most 8, which"
                        + " admissionCeilings[module_bytes] says");
        refused(
                () -> DEFAULTS.withTimeout(times(30, 10)),
                "timeout: found 30 s; expected at most 10 s, which timeoutCeiling says");
        refused(
                () -> DEFAULTS.withLoadTimeout(times(30, 10)),
                "loadTimeout: found 30 s; expected at most 10 s, which loadTimeoutCeiling says");
        refused(
                () ->
                        DEFAULTS.withFuel(
                                allowances(Map.of("fuel_level", 9L), Map.of("fuel_level", 8L))),
                "fuel: found 9; expected at most 8, which fuelCeiling says");
    }

    @Test
    void refusesANumberOutOfItsRange() {
        refused(
                () -> DEFAULTS.withLimits(allowances(Map.of("memory_mb", 0L), Map.of())),
                "memoryMb: found 0; expected 1 to 2047");
        refused(
                () -> DEFAULTS.withLimits(allowances(Map.of(), Map.of("memory_mb", 4096L))),
                "memoryMbCeiling: found 4096; expected 1 to 2047");
        refused(
                () -> DEFAULTS.withTimeout(times(0, 10)),
                "timeout: found 0 s; expected 0.001 s to 1000000 s");
        refused(
                () -> DEFAULTS.withLoadTimeout(times(10, 7200)),
                "loadTimeoutCeiling: found 7200 s; expected 0.001 s to 3600 s");
        refused(
                () -> DEFAULTS.withFuel(allowances(Map.of("fuel_level", 0L), Map.of())),
                "fuel: found 0; expected 1 to 100000000000000");
        refused(
                () -> DEFAULTS.withFuel(allowances(Map.of(), Map.of("fuel_level", 1L << 60))),
                "fuelCeiling: found 1152921504606846976; expected 1 to 100000000000000");
    }

    @Test
    void refusesAKeyThatThereIsNot() {
        refused(
                () -> DEFAULTS.withAdmission(allowances(Map.of("modul_bytes", 1L), Map.of())),
                "admission[modul_bytes]: there is no such key (did you mean 'module_bytes'?)");
        refused(
                () -> DEFAULTS.withAdmission(allowances(Map.of(), Map.of("localz", 1L))),
                "admissionCeilings[localz]: there is no such key (did you mean 'locals'?)");
        refused(
                () -> DEFAULTS.withLimits(allowances(Map.of("x", 1L), Map.of())),
                "x: there is no such key; expected one of memory_mb, table_entries, call_depth,"
                        + " stack_kb,"
                        + " input_bytes, output_bytes, log_bytes");
    }

    @Test
    void refusesBoundsThatLetNobodyIn() {
        refused(
                () -> new SandboxBounds(0, 1, Duration.ZERO),
                "instances: found 0; expected at least 1");
        refused(
                () -> new SandboxBounds(1, 0, Duration.ZERO),
                "memoryBytes: found 0 bytes; expected at least 1");
        refused(
                () -> new SandboxBounds(1, 1, Duration.ofSeconds(-1)),
                "patience: found -1 s; expected 0 s to 3600 s");
        refused(
                () -> new SandboxBounds(1, 1, Duration.ofSeconds(3601)),
                "patience: found 3601 s; expected 0 s to 3600 s");
    }

    @Test
    void aDefaultAndACeilingAreThoseOfTheKey() {
        WasmPolicy policy =
                DEFAULTS.withLimits(
                        allowances(Map.of("memory_mb", 100L), Map.of("memory_mb", 200L)));

        KeySpec memory = limit(policy, "memory_mb");

        assertThat(memory.defaultValue()).contains("100");
        assertThat(memory.range())
                .contains(
                        new KeySpec.Range(
                                1,
                                2047,
                                Optional.of(
                                        new Ceiling(200, "", "memoryMbCeiling of the component"))));
        assertThat(limit(policy, "table_entries")).isEqualTo(limit(DEFAULTS, "table_entries"));
    }

    @Test
    void aCeilingBelowTheBuiltInDefaultIsTheDefault() {
        Optional<Duration> second = Optional.of(Duration.ofSeconds(1));
        TimeAllowance atMostASecond = new TimeAllowance(Optional.empty(), second);
        WasmPolicy policy =
                DEFAULTS.withLimits(allowances(Map.of(), Map.of("memory_mb", 16L)))
                        .withTimeout(atMostASecond)
                        .withLoadTimeout(atMostASecond);

        assertThat(limit(policy, "memory_mb").defaultValue()).contains("16");
        assertThat(setting(policy, "load_timeout_seconds").defaultValue()).contains("1");
        try (WasmBackend backend = new WasmBackend(policy)) {
            assertThat(backend.defaultTimeout()).isEqualTo(second);
            assertThat(backend.timeoutCeiling())
                    .contains(new Ceiling(1, "s", "timeoutCeiling of the component"));
        }
    }

    @Test
    void aCeilingAboveTheBuiltInDefaultLeavesTheDefault() {
        WasmPolicy policy =
                DEFAULTS.withLimits(allowances(Map.of(), Map.of("memory_mb", 1024L)))
                        .withTimeout(
                                new TimeAllowance(
                                        Optional.empty(), Optional.of(Duration.ofMinutes(1))));

        assertThat(limit(policy, "memory_mb").defaultValue()).contains("64");
        try (WasmBackend backend = new WasmBackend(policy)) {
            assertThat(backend.defaultTimeout()).contains(Duration.ofSeconds(5));
        }
    }

    @Test
    void fuelHasNoDefaultButWhatTheOperatorSays() {
        assertThat(level(DEFAULTS).defaultValue()).isEmpty();
        assertThat(level(DEFAULTS.withFuel(allowances(Map.of("fuel_level", 7L), Map.of()))))
                .extracting(KeySpec::defaultValue)
                .isEqualTo(Optional.of("7"));
        KeySpec atMostNine =
                level(DEFAULTS.withFuel(allowances(Map.of(), Map.of("fuel_level", 9L))));
        assertThat(atMostNine.defaultValue()).contains("9");
        assertThat(atMostNine.range().orElseThrow().ceiling())
                .contains(new Ceiling(9, "", "fuelCeiling of the component"));
    }

    private static KeySpec level(WasmPolicy policy) {
        try (WasmBackend backend = new WasmBackend(policy)) {
            return named(backend.options(), "fuel_level");
        }
    }

    @Test
    void tellsTheLargestInputByDefault() {
        assertThat(DEFAULTS.defaultInputBytes()).isEqualTo(10 << 20);
        assertThat(
                        DEFAULTS.withLimits(allowances(Map.of("input_bytes", 7L), Map.of()))
                                .defaultInputBytes())
                .isEqualTo(7);
    }
}
