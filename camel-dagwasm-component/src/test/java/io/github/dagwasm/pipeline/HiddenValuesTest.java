package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.wasm.WasmBackend;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** No fault of a file tells what a placeholder stands for. */
class HiddenValuesTest {

    private static final String LOCAL = "  - { id: a, backend: local, impl: reverse_text }\n";

    private static final String WASM =
            "processors:\n  - { id: a, backend: wasm, module: x.wasm, %s }\n";

    /** Every key that a file may have, with a placeholder as its value or in it. */
    private static final List<String> FILES =
            List.of(
                    "strategy: '@'\n" + "processors:\n" + LOCAL,
                    "failure_strategy: '@'\n" + "processors:\n" + LOCAL,
                    "executor_options: '@'\n" + "processors:\n" + LOCAL,
                    "executor_options: { max_concurrency: '@' }\nprocessors:\n" + LOCAL,
                    "executor_options: { timeout_seconds: '@' }\nprocessors:\n" + LOCAL,
                    "executor_options: { run_timeout_seconds: '@' }\nprocessors:\n" + LOCAL,
                    "executor_options: { retry_attempts: '@' }\nprocessors:\n" + LOCAL,
                    "max_input_bytes: '@'\nprocessors:\n" + LOCAL,
                    "strict: '@'\nprocessors:\n" + LOCAL,
                    "metadata_headers: '@'\nprocessors:\n" + LOCAL,
                    "output: '@'\nprocessors:\n" + LOCAL,
                    "output: 'a@'\nprocessors:\n" + LOCAL,
                    "processors: '@'\n",
                    "processors: ['@']\n",
                    "processors:\n  - { id: '@', backend: local }\n",
                    "processors:\n  - { id: '@', backend: local, impl: x }\n",
                    processors(
                            "{ id: 'x@', backend: local, impl: reverse_text }",
                            "{ id: 'x@', backend: local, impl: reverse_text }"),
                    "processors:\n  - { id: '@', backend: local, impl: reverse_text, depends_on: ['@'] }\n",
                    processors(
                            "{ id: '@', backend: local, impl: reverse_text, depends_on: [b] }",
                            "{ id: b, backend: local, impl: reverse_text, depends_on: ['@'] }"),
                    processors(
                            "{ id: '@', backend: local, impl: reverse_text }",
                            "{ id: b, backend: local, impl: reverse_text, depends_on: ['s3cr3t-x'] }"),
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, depends_on: ['@', '@'] }\n",
                    "processors:\n  - { id: a, backend: '@', impl: reverse_text }\n",
                    "processors:\n  - { id: a, backend: local, impl: '@' }\n",
                    "processors:\n  - { id: a, backend: local, impl: 'reverse_text@' }\n",
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, required: '@' }\n",
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, merge: '@' }\n",
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, timeout_seconds: '@' }\n",
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, retry_attempts: '@' }\n",
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, retry: { attempts: '@' } }\n",
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, retry: { attempts: 1, delay: '@' } }\n",
                    "processors:\n  - { id: a, backend: local, impl: reverse_text, resolve: '@' }\n",
                    "processors:\n  - { id: a, backend: local, impl: token_counter, resolve: true,"
                            + " options: { count_type: '@' } }\n",
                    "processors:\n  - { id: a, backend: local, impl: word_frequency_analyzer, resolve: true,"
                            + " options: { top: '@' } }\n",
                    WASM.formatted("sha256: '@'"),
                    WASM.formatted("sha256: 'ab@'"),
                    WASM.formatted("limits: { memory_mb: '@' }"),
                    WASM.formatted("limits: { log_bytes: '@' }"),
                    WASM.formatted("resolve: true, options: { abi: '@' }"),
                    WASM.formatted("resolve: true, options: { intent: '@' }"),
                    WASM.formatted("resolve: true, options: { isolation: '@' }"),
                    WASM.formatted("resolve: true, options: { fuel_level: '@' }"),
                    WASM.formatted("resolve: true, options: { grant: ['@'] }"),
                    WASM.formatted("resolve: true, options: { env: ['@'] }"),
                    WASM.formatted("resolve: true, options: { env: ['A=1', 'A=@', '@=x'] }"),
                    WASM.formatted("resolve: true, options: { headers: ['Camel@', '@'] }"),
                    WASM.formatted("resolve: true, options: { result: '@' }"),
                    "wasm: { limits: { memory_mb: '@' } }\n" + WASM.formatted("required: true"),
                    "wasm: { load_timeout_seconds: '@' }\n" + WASM.formatted("required: true"),
                    "wasm: { admission: { locals: '@' } }\n" + WASM.formatted("required: true"),
                    "wasm: { fuel: { default: '@', maximum: 5 } }\n"
                            + WASM.formatted("required: true"),
                    "wasm: { fuel: { default: 10, maximum: '@' } }\n"
                            + WASM.formatted("required: true, options: { fuel_level: 99999999 }"),
                    "from: '@'\nprocessors:\n" + LOCAL,
                    "to: '@'\nprocessors:\n" + LOCAL,
                    "route_configuration: '@\\n'\nprocessors:\n" + LOCAL);

    private static String processors(String first, String second) {
        return "processors:\n  - " + first + "\n  - " + second + "\n";
    }

    static Stream<String> files() {
        return FILES.stream();
    }

    private static String faults(String file, String value) {
        PipelineReader reader =
                new PipelineReader(
                        List.of(
                                LocalBackend.load(HiddenValuesTest.class.getClassLoader()),
                                new WasmBackend()),
                        Placeholders.of(key -> Optional.of(value)));
        try {
            reader.read("f.dagwasm.yaml", file.replace("@", "{{db.password}}"), Optional.empty());
            return "";
        } catch (PipelineFileException e) {
            return e.getMessage() + e.faults().stream().map(Fault::problem).toList();
        }
    }

    @ParameterizedTest
    @MethodSource("files")
    void noKeyTellsWhatAPlaceholderStandsFor(String file) {
        for (String value :
                List.of(
                        "s3cr3t-4711",
                        "7777777",
                        "-7777777",
                        "7777777.25",
                        "0x77777777",
                        "7777777e9",
                        "http://joe:s3cr3t-4711@7777777/x",
                        "s3cr3t-4711".repeat(20),
                        "\u202es3cr3t-4711",
                        "/var/s3cr3t-4711/x",
                        "")) {
            assertThat(faults(file, value))
                    .as(value)
                    .doesNotContain("s3cr3t-4")
                    .doesNotContain("77777");
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "strategy: '@' | 1:11: strategy: found a value that is not shown (from '{{db.password}}'); expected work_queue, level or reactive",
                "strategy: 'l@' | 1:11: strategy: found a value that is not shown (from 'l{{db.password}}'); expected work_queue, level or reactive",
                "max_input_bytes: '@' | 1:18: max_input_bytes: found a value that is not shown (from '{{db.password}}'); expected a whole number from 1 to 2147483639",
                "output: '@' | 1:9: output: no processor '{{db.password}}'; expected a",
                "from: '@' | 1:7: from: found a value that is not shown (from '{{db.password}}'); expected an endpoint URI such as file:inbox"
            })
    void aFaultShowsThePlaceholder(String line, String expected) {
        assertThatThrownBy(
                        () ->
                                new PipelineReader(
                                                List.of(
                                                        LocalBackend.load(
                                                                HiddenValuesTest.class
                                                                        .getClassLoader())),
                                                Placeholders.of(key -> Optional.of("vel")))
                                        .read(
                                                "f.yaml",
                                                line.strip().replace("@", "{{db.password}}")
                                                        + "\nprocessors:\n"
                                                        + LOCAL,
                                                Optional.empty()))
                .hasMessage("f.yaml:" + expected.strip());
    }

    @Test
    void idsAreShownAsTheyAreWritten() {
        assertThat(
                        faults(
                                "processors:\n"
                                        + "  - { id: 'x@', backend: local, impl: reverse_text }\n"
                                        + "  - { id: b, backend: local, impl: reverse_text,"
                                        + " depends_on: ['y@', c] }\n",
                                "prod"))
                .contains(
                        "processors[1].depends_on[0]: no processor 'y{{db.password}}'; expected x{{db.password}} or b")
                .contains(
                        "processors[1].depends_on[1]: no processor 'c'; expected x{{db.password}} or b");
    }
}
