package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.wasm.Allowances;
import io.github.dagwasm.wasm.Grants;
import io.github.dagwasm.wasm.ModuleSources;
import io.github.dagwasm.wasm.SandboxBounds;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.TimeAllowance;
import io.github.dagwasm.wasm.WasiGuests;
import io.github.dagwasm.wasm.WasmPolicy;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.camel.Exchange;
import org.apache.camel.main.Main;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What the operator says at the component holds for every pipeline file and URI. */
class OperatorOptionsIT extends EndpointFixture {

    private DagWasmComponent component() {
        return camel.context.getComponent("dagwasm", DagWasmComponent.class);
    }

    private Throwable failureToStart(String uri) {
        route(uri);
        return catchThrowable(camel.context::start);
    }

    private Pipeline started(String uri) {
        route(uri);
        camel.context.start();
        return camel.context.getEndpoint(uri, DagWasmEndpoint.class).pipeline().orElseThrow();
    }

    private static Map<String, Long> limits(Pipeline pipeline) {
        PipelineProcessor only = pipeline.plan().processors().get(0).processor();
        return only.limits();
    }

    private static Map<String, Long> limits(
            long memory, long tables, long depth, long input, long output, long log) {
        return Map.of(
                "memory_mb", memory,
                "table_entries", tables,
                "call_depth", depth,
                "input_bytes", input,
                "output_bytes", output,
                "log_bytes", log);
    }

    private static TimeAllowance seconds(long byDefault, long ceiling) {
        return new TimeAllowance(
                Optional.of(Duration.ofSeconds(byDefault)),
                Optional.of(Duration.ofSeconds(ceiling)));
    }

    @Test
    void camelMainBindsEveryOption() throws Exception {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        String prefix = "camel.component.dagwasm.";
        Map<String, String> options =
                Map.ofEntries(
                        Map.entry("memory-mb", "32"),
                        Map.entry("tableEntries", "1"),
                        Map.entry("call-depth", "2"),
                        Map.entry("input-bytes", "3"),
                        Map.entry("outputBytes", "4"),
                        Map.entry("logBytes", "5"),
                        Map.entry("fuel", "6"),
                        Map.entry("timeout", "2s"),
                        Map.entry("memoryMbCeiling", "64"),
                        Map.entry("table-entries-ceiling", "11"),
                        Map.entry("callDepthCeiling", "12"),
                        Map.entry("inputBytesCeiling", "13"),
                        Map.entry("outputBytesCeiling", "14"),
                        Map.entry("logBytesCeiling", "15"),
                        Map.entry("fuel-ceiling", "16"),
                        Map.entry("timeoutCeiling", "1m"),
                        Map.entry("loadTimeout", "3s"),
                        Map.entry("loadTimeoutCeiling", "20s"),
                        Map.entry("admission[module_bytes]", "1000000"),
                        Map.entry("admissionCeilings[module_bytes]", "2000000"),
                        Map.entry("admission-ceilings[locals]", "3000000"),
                        Map.entry("maxInstances", "7"),
                        Map.entry("max-sandbox-memory-mb", "8"),
                        Map.entry("sandboxWait", "250ms"),
                        Map.entry("allowed-grants", "clock"));
        options.forEach((key, value) -> main.addInitialProperty(prefix + key, value));
        main.start();
        try {
            assertThat(main.getCamelContext().getComponent("dagwasm", DagWasmComponent.class))
                    .extracting(OperatorOptions::policy)
                    .isEqualTo(
                            new WasmPolicy(
                                    new Allowances(
                                            limits(32, 1, 2, 3, 4, 5),
                                            limits(64, 11, 12, 13, 14, 15)),
                                    new Allowances(
                                            Map.of("fuel_level", 6L), Map.of("fuel_level", 16L)),
                                    new Allowances(
                                            Map.of("module_bytes", 1_000_000L),
                                            Map.of(
                                                    "module_bytes",
                                                    2_000_000L,
                                                    "locals",
                                                    3_000_000L)),
                                    seconds(2, 60),
                                    seconds(3, 20),
                                    new SandboxBounds(7, 8 << 20, Duration.ofMillis(250)),
                                    ModuleSources.FILES,
                                    Grants.ALL));
            assertThat(main.getCamelContext().getComponent("dagwasm", DagWasmComponent.class))
                    .extracting(DagWasmComponent::getAllowedGrants)
                    .isEqualTo("clock");
        } finally {
            main.stop();
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memoryMb=65&memoryMbCeiling=64 | memoryMb: found 65; expected at most 64, which"
                        + " memoryMbCeiling says",
                "timeoutCeiling=0 | timeoutCeiling: found 0 s; expected 0.001 s to 1000000 s",
                "fuel=6&fuelCeiling=5 | fuel: found 6; expected at most 5, which fuelCeiling says",
                "fuelCeiling=0 | fuelCeiling: found 0; expected 1 to 100000000000000",
                "maxInstances=0 | maxInstances: found 0; expected at least 1",
                "maxSandboxMemoryMb=0 | maxSandboxMemoryMb: found 0 bytes; expected at least 1",
                "sandboxWait=61m | sandboxWait: found 3660 s; expected 0 s to 3600 s",
                "admission[modul_bytes]=5 | admission[modul_bytes]: there is no such key (did you mean"
                        + " 'module_bytes'?)",
                "allowedGrants=clock,files | allowedGrants: found 'files'; expected some of clock,"
                        + " random, or none",
                "admissionCeilings[locals]=many | admissionCeilings[locals]: found 'many'; expected a"
                        + " whole number"
            })
    void optionsThatCannotBeKeptFailTheStart(String options, String why) {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        for (String option : options.split("&", -1)) {
            String[] parts = option.split("=", 2);
            main.addInitialProperty("camel.component.dagwasm." + parts[0], parts[1]);
        }

        Throwable thrown = catchThrowable(main::start);

        main.stop();
        assertThat(thrown)
                .satisfies(
                        t -> assertThat(causes(t)).anySatisfy(c -> assertThat(c).hasMessage(why)));
    }

    private static List<Throwable> causes(Throwable thrown) {
        return Stream.iterate(thrown, Objects::nonNull, Throwable::getCause).toList();
    }

    @Test
    void defaultsHoldWhereNobodySaysOtherwise() {
        component().setMemoryMb(8);
        component().setInputBytes(20L << 20);
        component().setLogBytesCeiling(100);
        component().setTimeout(Duration.ofMillis(1500));
        String module = camel.module("echo", TestModules.echo());

        Pipeline pipeline = started(module + "?memoryMb=9");

        assertThat(limits(pipeline))
                .containsEntry("memory_mb", 9L)
                .containsEntry("input_bytes", 20L << 20)
                .containsEntry("log_bytes", 100L);
        assertThat(pipeline.maxInputBytes()).isEqualTo(20L << 20);
        assertThat(pipeline.plan().processors().get(0).timeout().orElseThrow().duration())
                .isEqualTo(Duration.ofMillis(1500));
    }

    @Test
    void theRunsInputIsBoundedByTheDefaultOfTheModules() {
        component().setInputBytes(3L);

        Exchange result = sent(camel.module("echo", TestModules.echo()), "abcd");

        assertThat(result.getException())
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "pipeline 'echo': the input: the limit of 3 input bytes is exceeded: 4 asked"
                                + " for (option inputBytes)");
    }

    @Test
    void aUriAboveCeilingsIsRefusedWithAllOfThem() {
        component().setMemoryMbCeiling(128);
        component().setInputBytesCeiling(1000L);
        component().setTimeoutCeiling(Duration.ofSeconds(2));
        String module = camel.module("echo", TestModules.echo());

        Throwable thrown = failureToStart(module + "?memoryMb=200&inputBytes=1001&timeout=2500ms");

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        """
                        %s: timeout: found 2.5; expected at most 2 s, the operator's ceiling (option timeoutCeiling of the component)
                        %s: memoryMb: found 200; expected at most 128, the operator's ceiling (option memoryMbCeiling of the component)
                        %s: inputBytes: found 1001; expected at most 1000, the operator's ceiling (option inputBytesCeiling of the component)"""
                                .formatted(module, module, module));
    }

    @Test
    void aUriOverTheCeilingOfFuelIsRefused() {
        component().setFuelCeiling(1000L);
        String module = camel.module("echo", TestModules.echo());

        Throwable thrown = failureToStart(module + "?option.fuel_level=1001");

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "%s: option.fuel_level: found 1001; expected at most 1000, the operator's"
                                + " ceiling (option fuelCeiling of the component)",
                        module);
    }

    @ParameterizedTest
    @ValueSource(strings = {"random", "clock,random", "RAW(random)", "{{wish:random}}"})
    void aUriThatGrantsMoreThanTheOperatorAllowsIsRefused(String grant) {
        component().setAllowedGrants("clock");
        String module = camel.module("filter", WasiGuests.filter("!"));

        assertThat(failureToStart(module + "?option.grant=" + grant))
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "%s: option.grant: found random; expected nothing but clock, the operator's"
                                + " ceiling (option allowedGrants of the component)",
                        module);
    }

    @Test
    void aFileGrantsNoMoreThanTheOperatorAllowsWhateverAPlaceholderStandsFor() {
        component().setAllowedGrants("none");
        camel.module("filter", WasiGuests.filter("!"));
        String yaml =
                """
                processors:
                  - id: a
                    backend: wasm
                    module: filter.wasm
                    resolve: true
                    options: { grant: [clock, "{{wish:random}}", clock] }
                """;
        String uri = camel.pipeline("p", yaml);
        Path file = folder.resolve("p.dagwasm.yaml");

        assertThat(failureToStart(uri))
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        """
                        FILE:6:23: processors[0].options.grant: found clock; expected no grant, the operator's ceiling (option allowedGrants of the component)
                        FILE:6:23: processors[0].options.grant: found random; expected no grant, the operator's ceiling (option allowedGrants of the component)"""
                                .replace("FILE", file.toString()));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "      |      | 1600 | option.fuel_level",
                "1600  |      |      | fuel of the component",
                "16000 |      | 1600 | option.fuel_level",
                "      | 1600 |      | fuelCeiling of the component",
                "1600  | 1700 |      | fuel of the component"
            })
    void whatSetTheFuelIsNamedWhereACallRunsOutOfIt(
            Long byDefault, Long ceiling, Long level, String option) {
        component().setFuel(byDefault);
        component().setFuelCeiling(ceiling);
        String module = camel.module("clearing", TestModules.clearing());
        String uri = level == null ? module : module + "?option.fuel_level=" + level;

        Exchange result = sent(uri, "x");

        assertThat(result.getException())
                .hasMessage(
                        "pipeline 'clearing': processor 'clearing' (%s): the limit of 1600 fuel is"
                                + " exceeded (option %s)",
                        module.substring("dagwasm:wasm:".length()), option);
    }

    @Test
    void fuelInAUriIsAWholeNumber() {
        String module = camel.module("echo", TestModules.echo());

        Throwable thrown = failureToStart(module + "?option.fuel_level=lots");

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "%s: option.fuel_level: found 'lots'; expected a whole number from 1 to"
                                + " 100000000000000",
                        module);
    }

    @Test
    void whatIsInterpretedIsRefusedWhereAUriBoundsItsFuel() {
        String module = camel.module("huge", TestModules.endlessLoopInHugeFunction());

        Throwable thrown = failureToStart(module + "?option.fuel_level=5");

        assertThat(causes(thrown))
                .anySatisfy(
                        cause ->
                                assertThat(cause)
                                        .isInstanceOf(ModuleRefusedException.class)
                                        .hasMessage(
                                                "processor 'huge' (%s): its fuel cannot be counted,"
                                                        + " since function 3 is too large for a JVM"
                                                        + " method and interpreted; divide it, or leave"
                                                        + " its fuel unbounded (option"
                                                        + " option.fuel_level)",
                                                module.substring("dagwasm:wasm:".length())));
    }

    @Test
    void aFileAboveCeilingsIsRefusedAtTheirPlaces() {
        component().setMemoryMbCeiling(128);
        component().setLoadTimeoutCeiling(Duration.ofSeconds(5));
        component().setTimeoutCeiling(Duration.ofSeconds(2));
        component().setAdmissionCeilings(Map.of("locals", 10));
        String yaml =
                """
                executor_options: { timeout_seconds: 3 }
                wasm:
                  load_timeout_seconds: 6
                  admission: { locals: 11 }
                processors:
                  - id: a
                    backend: wasm
                    module: echo.wasm
                    limits: { memory_mb: 200 }
                """;
        String uri = camel.pipeline("p", yaml);
        Path file = folder.resolve("p.dagwasm.yaml");

        Throwable thrown = failureToStart(uri);

        assertThat(thrown)
                .rootCause()
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        """
                        FILE:1:38: executor_options.timeout_seconds: found 3; expected at most 2 s for processors of backend wasm, the operator's ceiling (option timeoutCeiling of the component)
                        FILE:3:25: wasm.load_timeout_seconds: found 6; expected at most 5 s, the operator's ceiling (option loadTimeoutCeiling of the component)
                        FILE:4:24: wasm.admission.locals: found 11; expected at most 10, the operator's ceiling (option admissionCeilings[locals] of the component)
                        FILE:9:26: processors[0].limits.memory_mb: found 200; expected at most 128, the operator's ceiling (option memoryMbCeiling of the component)"""
                                .replace("FILE", file.toString()));
    }

    @Test
    void aBudgetIsCalledByTheOptionThatAUriUserCanHaveSet() {
        component().setAdmission(Map.of("module_bytes", 10));
        String module = camel.module("echo", TestModules.echo());

        Throwable thrown = failureToStart(module);

        assertThat(causes(thrown))
                .anySatisfy(
                        cause ->
                                assertThat(cause)
                                        .isInstanceOf(ModuleRefusedException.class)
                                        .hasMessageEndingWith(
                                                "over the budget of 10 (option"
                                                        + " admission[module_bytes] of the"
                                                        + " component)"));
    }
}
