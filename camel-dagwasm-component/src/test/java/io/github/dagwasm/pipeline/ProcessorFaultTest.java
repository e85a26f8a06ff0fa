package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static io.github.dagwasm.pipeline.PipelineFiles.processor;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The faults of processors and of their graph, with whole messages. */
class ProcessorFaultTest {

    static Stream<Arguments> generalKeyFaults() {
        return Stream.of(
                Arguments.of("5", "2:5: processors[0]: found 5; expected a block of keys"),
                Arguments.of("", "2:4: processors[0]: found nothing; expected a block of keys"),
                Arguments.of(
                        "{backend: local, impl: reverse_text}",
                        "2:5: processors[0]: the processor (backend local) needs 'id'"),
                Arguments.of(
                        "{id: x, impl: reverse_text}",
                        "2:5: processors[0]: processor 'x' needs 'backend'"),
                Arguments.of(
                        "{id: x, backend: wasm}",
                        "2:5: processors[0]: processor 'x' (backend wasm) needs 'module'"),
                Arguments.of(
                        "{id: x, type: wsm, module: y}",
                        "2:19: processors[0].type: no backend 'wsm' (did you mean 'wasm'?)"),
                Arguments.of(
                        "{id: x, backend: camel, endpoint: y}",
                        "2:22: processors[0].backend: no backend 'camel'; expected local, wasm or echo"),
                Arguments.of(
                        "{id: x, type: local, backend: local, impl: reverse_text}",
                        "2:26: processors[0]: 'type' and 'backend' mean the same; expected one of them"),
                Arguments.of(
                        "{id: x, backend: local, impl: upper}",
                        "2:35: processors[0].impl: no impl 'upper' (did you mean 'change_text_case_upper'?)"),
                Arguments.of(
                        "{id: x, backend: local, processor: rot13}",
                        "2:40: processors[0].processor: no impl 'rot13'; expected change_text_case_upper,"
                                + " change_text_case_lower, reverse_text, prefix_suffix_adder, token_counter,"
                                + " word_frequency_analyzer or replace_text"),
                Arguments.of(
                        "{id: x, backend: local, impl: reverse_text, id: y}",
                        "2:49: processors[0]: key 'id' is written twice; the first is in line 2"),
                Arguments.of(
                        "{id: '', backend: local, impl: reverse_text}",
                        "2:10: processors[0].id: found ''; expected 1 to 200 characters, no control"
                                + " characters"),
                Arguments.of(
                        "{id: \"a\\nb\", backend: local, impl: reverse_text}",
                        "2:10: processors[0].id: found 'a\\u{a}b'; expected 1 to 200 characters, no control"
                                + " characters"),
                Arguments.of(
                        "{id: 7, backend: local, impl: reverse_text}",
                        "2:10: processors[0].id: found 7; expected a string: write \"7\" in quotes"),
                Arguments.of(
                        "{id: x, backend: local, impl: reverse_text, depends_on: x}",
                        "2:61: processors[0].depends_on: found 'x'; expected a list of strings: write ['x']"),
                Arguments.of(
                        "{id: x, backend: local, impl: reverse_text, depends_on: [5]}",
                        "2:62: processors[0].depends_on[0]: found 5; expected a string: write \"5\" in"
                                + " quotes"));
    }

    static Stream<Arguments> ownKeyFaults() {
        return Stream.of(
                Arguments.of(
                        "{id: x, backend: local, impl: reverse_text, options: {suffix: a}}",
                        "2:59: processors[0].options: unknown key 'suffix'; none is known here"),
                Arguments.of(
                        "{id: x, backend: local, impl: prefix_suffix_adder, options: {sufix: a}}",
                        "2:66: processors[0].options: unknown key 'sufix' (did you mean 'suffix'?)"),
                Arguments.of(
                        "{id: x, backend: local, impl: replace_text}",
                        "2:5: processors[0]: processor 'x' (backend local) needs 'options.search'"),
                Arguments.of(
                        "{id: x, backend: local, impl: replace_text, options: {}}",
                        "2:58: processors[0].options: 'options' needs 'search'"),
                Arguments.of(
                        "{id: x, backend: local, impl: replace_text, options: {search: a, scale: 1e999}}",
                        "2:77: processors[0].options.scale: found 1e999; expected a number"),
                Arguments.of(
                        "{id: x, backend: wasm, module: m, sha256: 5f1c}",
                        "2:47: processors[0].sha256: found '5f1c'; expected 64 hex digits"),
                Arguments.of(
                        "{id: x, backend: wasm, module: m, fuel_level: 1}",
                        "2:39: processors[0]: unknown key 'fuel_level'"),
                Arguments.of(
                        "{id: x, backend: local, impl: prefix_suffix_adder, prefix: a}",
                        "2:56: processors[0]: unknown key 'prefix'; write it under 'options'"),
                Arguments.of(
                        "{id: x, backend: wasm, module: m, intent: analyze}",
                        "2:39: processors[0]: unknown key 'intent'; write it under 'options'"),
                Arguments.of(
                        "{id: x, backend: wasm, module: m, log_bytes: 1}",
                        "2:39: processors[0]: unknown key 'log_bytes'; write it under 'limits'"),
                Arguments.of(
                        "{id: x, backend: wasm, module: m, options: {intent: analyse}}",
                        "2:57: processors[0].options.intent: no intent 'analyse' (did you mean 'analyze'?)"),
                Arguments.of(
                        "{id: x, backend: wasm, module: m, limits: {log_bytes: 9223372036854775808}}",
                        "2:59: processors[0].limits.log_bytes: found 9223372036854775808; expected a whole"
                                + " number"),
                Arguments.of(
                        "{id: x, backend: echo, mode: once, options: {times: 2}}",
                        "2:50: processors[0].options: unknown key 'times'; expected label, loud or tags"),
                Arguments.of(
                        "{id: x, backend: local, impl: reverse_text, merge: first}",
                        "2:56: processors[0].merge: found no dependency; expected at least two to merge"),
                Arguments.of(
                        "{id: x, backend: local, impl: reverse_text, merge_separator: ','}",
                        "2:66: processors[0].merge_separator: a separator without 'merge: concat' separates"
                                + " nothing"));
    }

    @ParameterizedTest
    @MethodSource({"generalKeyFaults", "ownKeyFaults"})
    void reportsAFaultOfAProcessor(String processor, String fault) {
        assertThat(faults("processors:\n  - " + processor)).containsExactly(fault);
    }

    static Stream<Arguments> graphFaults() {
        return Stream.of(
                Arguments.of(
                        processor("upper", "") + processor("b", ", depends_on: [uper]"),
                        "3:62: processors[1].depends_on[0]: no processor 'uper' (did you mean 'upper'?)"),
                Arguments.of(
                        processor("a", "") + processor("a", ""),
                        "3:10: processors[1].id: processor 'a' is declared twice; the first is in line 2"),
                Arguments.of(
                        processor("a", ", depends_on: [a]"),
                        "2:62: processors[0].depends_on[0]: processor 'a' depends on itself"),
                Arguments.of(
                        processor("a", "") + processor("b", ", depends_on: [a, a]"),
                        "3:65: processors[1].depends_on[1]: processor 'a' is named twice"),
                Arguments.of(
                        processor("a", ", depends_on: [b]")
                                + processor("b", ", depends_on: [c]")
                                + processor("c", ", depends_on: [a]"),
                        "2:62: processors[0].depends_on[0]: cycle of dependencies: a -> b -> c -> a"),
                Arguments.of(
                        processor("a", "") + processor("b", ", depends_on: [a], merge: json"),
                        "3:73: processors[1].merge: found one dependency; expected at least two to merge"));
    }

    @ParameterizedTest
    @MethodSource("graphFaults")
    void reportsAFaultOfTheGraph(String processors, String fault) {
        assertThat(faults("processors:\n" + processors)).containsExactly(fault);
    }

    @Test
    void reportsEveryCycle() {
        String yaml =
                "processors:\n"
                        + processor("a", ", depends_on: [b]")
                        + processor("b", ", depends_on: [a]")
                        + processor("c", ", depends_on: [d]")
                        + processor("d", ", depends_on: [c]");

        assertThat(faults(yaml))
                .containsExactly(
                        "2:62: processors[0].depends_on[0]: cycle of dependencies: a -> b -> a",
                        "4:62: processors[2].depends_on[0]: cycle of dependencies: c -> d -> c");
    }
}
