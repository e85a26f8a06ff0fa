package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static io.github.dagwasm.pipeline.PipelineFiles.processor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.PipelineFileException;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of keys and values, with whole messages. */
class PipelineFaultTest {

    private static final String GOOD = "processors:\n" + processor("a", "");

    static Stream<Arguments> keyFaults() {
        return Stream.of(
                Arguments.of(
                        "max_concurrency: 2",
                        "1:1: unknown key 'max_concurrency'; write it under 'executor_options'"),
                Arguments.of(
                        "log_bytes: 2",
                        "1:1: unknown key 'log_bytes'; write it under 'wasm.limits'"),
                Arguments.of(
                        "stratgy: level", "1:1: unknown key 'stratgy' (did you mean 'strategy'?)"),
                Arguments.of(
                        "Strategy: level",
                        "1:1: unknown key 'Strategy' (did you mean 'strategy'?)"),
                Arguments.of(
                        "maxInputBytes: 1",
                        "1:1: unknown key 'maxInputBytes' (did you mean 'max_input_bytes'?)"),
                Arguments.of(
                        "input: direct:x",
                        "1:1: unknown key 'input'; expected strategy, failure_strategy, executor_options,"
                                + " wasm, max_input_bytes, strict, output, from, to, route_configuration,"
                                + " metadata_headers or processors"),
                Arguments.of("? [a]\n: b", "1:3: found a list; expected a key"),
                Arguments.of(
                        "strategy: levle",
                        "1:11: strategy: no strategy 'levle' (did you mean 'level'?)"),
                Arguments.of(
                        "strategy: fast",
                        "1:11: strategy: no strategy 'fast'; expected work_queue, level or reactive"),
                Arguments.of(
                        "strategy: 5",
                        "1:11: strategy: found 5; expected work_queue, level or reactive"),
                Arguments.of(
                        "strategy: [level]",
                        "1:11: strategy: found a list; expected work_queue, level or reactive"),
                Arguments.of(
                        "strategy:",
                        "1:1: strategy: found nothing; expected work_queue, level or reactive"));
    }

    static Stream<Arguments> valueFaults() {
        return Stream.of(
                Arguments.of(
                        "max_input_bytes: 0",
                        "1:18: max_input_bytes: found 0; expected a whole number from 1 to 2147483639"),
                Arguments.of(
                        "max_input_bytes: ten",
                        "1:18: max_input_bytes: found 'ten'; expected a whole number from 1 to 2147483639"),
                Arguments.of(
                        "max_input_bytes: 1.5",
                        "1:18: max_input_bytes: found 1.5; expected a whole number from 1 to 2147483639"),
                Arguments.of(
                        "max_input_bytes: 99999999999999999999",
                        "1:18: max_input_bytes: found 99999999999999999999; expected a whole number from 1"
                                + " to 2147483639"),
                Arguments.of(
                        "max_input_bytes: '5'",
                        "1:18: max_input_bytes: found '5'; expected a whole number from 1 to 2147483639:"
                                + " write 5 without quotes"),
                Arguments.of(
                        "max_input_bytes: {{two}}",
                        "1:18: max_input_bytes: found a block of keys; expected a whole number from 1 to"
                                + " 2147483639: write a placeholder in quotes, as in \"{{key}}\""),
                Arguments.of(
                        "strict: yes",
                        "1:9: strict: found 'yes'; expected true or false (did you mean 'true'?)"),
                Arguments.of(
                        "strict: 'true'",
                        "1:9: strict: found 'true'; expected true or false: write true without quotes"),
                Arguments.of("strict: 1", "1:9: strict: found 1; expected true or false"),
                Arguments.of(
                        "strict: !x 1", "1:9: strict: found the tag '!x'; expected true or false"),
                Arguments.of(
                        "executor_options: 2",
                        "1:19: executor_options: found 2; expected a block of keys"),
                Arguments.of(
                        "executor_options: {run_timeout_seconds: 0}",
                        "1:41: executor_options.run_timeout_seconds: found 0; expected a number from 0.001"
                                + " to 1000000"),
                Arguments.of(
                        "executor_options: {timeout_seconds: .inf}",
                        "1:37: executor_options.timeout_seconds: found .inf; expected a number from 0.001"
                                + " to 1000000"),
                Arguments.of(
                        "executor_options: {timeout_seconds: .nan}",
                        "1:37: executor_options.timeout_seconds: found .nan; expected a number from 0.001"
                                + " to 1000000"),
                Arguments.of(
                        "executor_options: {fuel: 1}",
                        "1:20: executor_options: unknown key 'fuel'; expected max_concurrency,"
                                + " timeout_seconds, run_timeout_seconds or retry_attempts"),
                Arguments.of(
                        "wasm: {limits: {memory_mb: 0}}",
                        "1:28: wasm.limits.memory_mb: found 0; expected a whole number from 1 to 4096"),
                Arguments.of("output: b", "1:9: output: no processor 'b'; expected a"),
                Arguments.of(
                        "output: 7",
                        "1:9: output: found 7; expected a string: write \"7\" in quotes"),
                Arguments.of(
                        "output: true",
                        "1:9: output: found true; expected a string: write \"true\" in quotes"));
    }

    static Stream<Arguments> routeKeyFaults() {
        return Stream.of(
                Arguments.of(
                        "from: inbox",
                        "1:7: from: found 'inbox'; expected an endpoint URI such as file:inbox"),
                Arguments.of(
                        "from: ''",
                        "1:7: from: found ''; expected an endpoint URI such as file:inbox"),
                Arguments.of(
                        "from: 5", "1:7: from: found 5; expected a string: write \"5\" in quotes"),
                Arguments.of(
                        "from: '{{text}}'",
                        "1:7: from: found a value that is not shown (from '{{text}}'); expected an endpoint"
                                + " URI such as file:inbox"),
                Arguments.of(
                        "from: 'http_x:joe:secret@host'",
                        "1:7: from: found 'http_x:...'; expected an endpoint URI such as file:inbox"),
                Arguments.of(
                        "to: \"{{none}}:a\"",
                        "1:5: to: no value for the placeholder {{none}}; define it or write"
                                + " {{none:default}}"),
                Arguments.of(
                        "to: \"log:a\\nb\"",
                        "1:5: to: found 'log:...'; expected an endpoint URI such as file:inbox"),
                Arguments.of(
                        "route_configuration: ''",
                        "1:22: route_configuration: found ''; expected the id of a route configuration"),
                Arguments.of(
                        "route_configuration:",
                        "1:1: route_configuration: found nothing; expected a string"));
    }

    @ParameterizedTest
    @MethodSource({"keyFaults", "valueFaults", "routeKeyFaults"})
    void reportsAFaultAtTheTop(String line, String fault) {
        assertThat(faults(line + "\n" + GOOD)).containsExactly(fault);
    }

    @Test
    void reportsThatThereAreNoProcessors() {
        assertThat(faults("strict: true\n"))
                .containsExactly("1:1: the pipeline needs 'processors'");
        assertThat(faults("processors: []\n"))
                .containsExactly("1:13: processors: found no processor; expected at least one");
        assertThat(faults("processors:\n"))
                .containsExactly("1:1: processors: found nothing; expected a list of processors");
        assertThat(faults("processors: {a: b}\n"))
                .containsExactly(
                        "1:13: processors: found a block of keys; expected a list of processors");
    }

    @Test
    void reportsAllFaultsOfAFileAtOnceInItsOrder() {
        String yaml =
                """
                output: finl
                strategy: levl
                executor_options:
                  max_concurrency: 0
                  max_concurency: 1
                processors:
                  - id: a
                    backend: local
                    impl: uper
                    options: { anything: goes }
                  - id: b
                    backend: wasm
                    depends_on: [A, c]
                  - id: final
                    backend: wsm
                    depends_on: [a, b, 5]
                    merge: frist
                    merge_separator: ","
                """;

        assertThat(faults(yaml))
                .containsExactly(
                        "1:9: output: no processor 'finl' (did you mean 'final'?)",
                        "2:11: strategy: no strategy 'levl' (did you mean 'level'?)",
                        "4:20: executor_options.max_concurrency: found 0; expected a whole number from 1 to"
                                + " 1024",
                        "5:3: executor_options: unknown key 'max_concurency' (did you mean"
                                + " 'max_concurrency'?)",
                        "9:11: processors[0].impl: no impl 'uper'; expected change_text_case_upper,"
                                + " change_text_case_lower, reverse_text, prefix_suffix_adder, token_counter,"
                                + " word_frequency_analyzer or replace_text",
                        "11:5: processors[1]: processor 'b' (backend wasm) needs 'module'",
                        "13:18: processors[1].depends_on[0]: no processor 'A' (did you mean 'a'?)",
                        "13:21: processors[1].depends_on[1]: no processor 'c'; expected a, b or final",
                        "15:14: processors[2].backend: no backend 'wsm' (did you mean 'wasm'?)",
                        "16:24: processors[2].depends_on[2]: found 5; expected a string: write \"5\" in"
                                + " quotes",
                        "17:12: processors[2].merge: no merge 'frist' (did you mean 'first'?)");
    }

    @Test
    void saysTheSameInTheExceptionsMessageALineForEach() {
        assertThatThrownBy(() -> PipelineFiles.read("strict: 1\nprocessors: []\n"))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "demo.dagwasm.yaml:1:9: strict: found 1; expected true or false\n"
                                + "demo.dagwasm.yaml:2:13: processors: found no processor; expected at"
                                + " least one");
    }

    @Test
    void repeatsTheAuthorsTextBoundedAndWithoutControls() {
        String yaml = "\"\\e[31m\\u202e" + "x".repeat(100) + "\": 1\n" + GOOD;

        assertThat(faults(yaml).get(0))
                .isEqualTo(
                        "1:1: unknown key '\\u{1b}[31m\\u{202e}"
                                + "x".repeat(54)
                                + "…'; expected"
                                + " strategy, failure_strategy, executor_options, wasm,"
                                + " max_input_bytes, strict, output, from, to, route_configuration,"
                                + " metadata_headers or processors");
    }

    @Test
    void countsColumnsInCodePoints() {
        assertThat(faults("processors:\n" + processor("\"👍👍\"", ", depends_on: [no]")))
                .containsExactly(
                        "2:65: processors[0].depends_on[0]: no processor 'no'; expected 👍👍");
    }

    @Test
    void countsLinesWhateverEndsThem() {
        String yaml = "strict: true\r\n\r\noutput: x\rprocessors:\n" + processor("abc", "");

        assertThat(faults(yaml)).containsExactly("3:9: output: no processor 'x'; expected abc");
    }
}
