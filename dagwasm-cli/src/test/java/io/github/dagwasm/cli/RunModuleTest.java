package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.Shell.dagwasm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.WasiGuests;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A module in place of a pipeline file is a pipeline of its own. */
class RunModuleTest {

    private static final Path MODULES =
            Path.of(System.getProperty("basedir", ""))
                    .toAbsolutePath()
                    .getParent()
                    .resolve("wasm_modules");

    @TempDir private Path folder;

    static List<Path> hellos() throws IOException {
        try (Stream<Path> files = Files.walk(MODULES)) {
            return files.filter(file -> file.getFileName().toString().matches("hello.*\\.wasm"))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("hellos")
    void everyHelloGivesTheSameText(Path module) {
        Answer answer = dagwasm("run", module.toString(), "--output", "text", "Grüße, 🌍");

        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo("Grüße, 🌍-wasm\n");
        assertThat(answer.code()).isZero();
    }

    @Test
    void thereAreHellosInEveryLanguage() throws IOException {
        assertThat(hellos()).hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void reportsItUnderItsOwnName() {
        String module = guest(TestModules.append("-x"));

        Answer answer = dagwasm("run", module, "text");

        assertThat(answer.out())
                .contains("📋 Configuration: " + module + "\n")
                .contains("  1. guest → \"text-x\"\n")
                .contains("      • module_path: " + module + "\n");
        assertThat(answer.code()).isZero();
    }

    @Test
    void takesOptions() {
        String module = guest(TestModules.append("-x"));

        assertThat(
                        dagwasm(
                                        "run",
                                        module,
                                        "--output",
                                        "text",
                                        "--option",
                                        "abi=cstring",
                                        "text")
                                .out())
                .isEqualTo("text-x\n");
        assertFault(
                dagwasm("run", module, "--option", "abi=wasi", "text"),
                module
                        + ": processor 'guest' ("
                        + module
                        + "): it exports no function '_start', which abi wasi needs; exported"
                        + " functions: allocate, deallocate, process (option abi: did you mean"
                        + " 'cstring'?)");
        assertFault(
                dagwasm("run", module, "--option", "abj=wasi", "text"),
                module + ": option.abj: unknown option 'abj' (did you mean 'abi'?)");
        assertFault(
                dagwasm(
                        "run",
                        module,
                        "--option",
                        "abi=cstring",
                        "--option",
                        "abi=wasi",
                        "--option",
                        "abi",
                        "text"),
                module + ": option.abi: found more than one value; expected one");
    }

    @Test
    void valuesOfOptionsAreTakenAsTheyAre() {
        String module = guest(WasiGuests.filter("-x"));

        assertThat(
                        dagwasm(
                                        "run",
                                        module,
                                        "--output",
                                        "text",
                                        "--option",
                                        "env=A={{b}}=c",
                                        "text")
                                .out())
                .isEqualTo("text-x\n");
    }

    @Test
    void optionsOfAPipelineFileAreItsOwn() throws IOException {
        Path file = folder.resolve("demo.dagwasm.yaml");
        Files.writeString(file, "processors: [{id: a, backend: local, impl: reverse_text}]");

        assertFault(
                dagwasm("run", file.toString(), "--option", "abi=wasi", "text"),
                "--option is for a module; a pipeline file says the options of its processors itself"
                        + " (see 'dagwasm run --help')");
    }

    private String guest(byte[] module) {
        return TestModule.write(folder.resolve("guest.wasm"), module).toString();
    }

    private static void assertFault(Answer answer, String sentence) {
        assertThat(answer.err()).isEqualTo(sentence + "\n");
        assertThat(answer.out()).isEmpty();
        assertThat(answer.code()).isEqualTo(2);
    }
}
