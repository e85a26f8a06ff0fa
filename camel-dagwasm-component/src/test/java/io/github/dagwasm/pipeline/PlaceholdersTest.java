package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static io.github.dagwasm.pipeline.PipelineFiles.processor;
import static io.github.dagwasm.pipeline.PipelineFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlaceholdersTest {

    private static String withId(String id) {
        return "processors:\n" + processor("'" + id + "'", "");
    }

    @ParameterizedTest
    @CsvSource({
        "{{two}},              2",
        "a{{two}}b{{two}}c,    a2b2c",
        "{{ two }},            2",
        "{{none:default}},     default",
        "{{none:a:b}},         a:b",
        "{{none: x}},          ' x'",
        "{{two:3}},            2",
        "{{env}},              a key",
        "a}}b,                 a}}b",
        "{ {two}},             { {two}}"
    })
    void resolvesPlaceholders(String written, String id) {
        assertThat(read(withId(written)).processors().get(0).id()).isEqualTo(id);
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{env:PATH}}", "{{ env: path :x}}", "{{env:PATH:x:y}}"})
    void resolvesVariablesOfTheEnvironment(String written) {
        assertThat(read(withId(written)).processors().get(0).id()).isEqualTo(System.getenv("PATH"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"{{sys:file.encoding}}", "{{ sys: file.encoding :x}}"})
    void resolvesPropertiesOfTheJvm(String written) {
        assertThat(read(withId(written)).processors().get(0).id())
                .isEqualTo(System.getProperty("file.encoding"));
    }

    @ParameterizedTest
    @CsvSource({
        "{{env:DAGWASM_NONE:dev}},  dev",
        "{{env:DAGWASM_NONE:a:b}},  a:b",
        "{{env:two:dev}},           dev",
        "{{sys:two: x}},            ' x'"
    })
    void asksNoPropertyForWhatAFunctionIsAskedFor(String written, String id) {
        assertThat(read(withId(written)).processors().get(0).id()).isEqualTo(id);
    }

    private static Stream<String> functionsOfCamel() {
        return PropertyFunctions.OF_CAMEL.stream();
    }

    @ParameterizedTest
    @MethodSource("functionsOfCamel")
    void refusesAFunctionThatOnlyCamelHasByItsName(String function) {
        assertThat(faults(withId("{{" + function + ":a:b}}")))
                .containsExactly(
                        "2:10: processors[0].id: the placeholder {{%1$s:a:b}} calls Camel's function '%1$s', which is not available here; expected a key, env:NAME or sys:NAME"
                                .formatted(function));
    }

    @Test
    void doesNotResolveWhatAPlaceholderStandsFor() {
        assertThat(read(withId("{{nested}}")).processors().get(0).id()).isEqualTo("{{two}}");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{{none}}      | no value for the placeholder {{none}}; define it or write {{none:default}}",
                "a{{two        | '{{' without '}}' in 'a{{two'",
                "{{}}          | a placeholder without a key in '{{}}'",
                "{{:x}}        | a placeholder without a key in '{{:x}}'",
                "{{?two}}      | the placeholder {{?two}} has '?' before its key; expected {{key}} or {{key:default}}",
                "{{!two:x}}    | the placeholder {{!two:x}} has '!' before its key; expected {{key}} or {{key:default}}",
                "{{env:?TWO}}  | the placeholder {{env:?TWO}} has '?' before its key; expected {{key}} or {{key:default}}",
                "{{env:}}      | a placeholder without a key in '{{env:}}'",
                "{{sys: :x}}   | a placeholder without a key in '{{sys: :x}}'",
                "{{env:DAGWASM_NONE}} | no value for the placeholder {{env:DAGWASM_NONE}}; define it or write {{env:DAGWASM_NONE:default}}",
                "{{sys:dagwasm.none}} | no value for the placeholder {{sys:dagwasm.none}}; define it or write {{sys:dagwasm.none:default}}",
                "{{a:{{two}}}} | a placeholder in a placeholder in '{{a:{{two}}}}'"
            })
    void reportsAPlaceholderAtItsPlace(String written, String problem) {
        assertThat(faults(withId(written))).containsExactly("2:10: processors[0].id: " + problem);
    }

    @Test
    void readsWhatAPlaceholderStandsForAsIfItWereWrittenThere() {
        String yaml =
                """
                strict: "{{yes}}"
                max_input_bytes: "{{two}}"
                processors:
                  - id: a
                    backend: "{{local}}"
                    impl: "{{upper}}"
                    timeout_seconds: "0.{{two}}"
                """;

        PipelineDefinition pipeline = read(yaml);

        assertThat(pipeline.strict()).isTrue();
        assertThat(pipeline.maxInputBytes()).isEqualTo(2);
        assertThat(pipeline.processors().get(0).timeout())
                .hasValueSatisfying(t -> assertThat(t).hasMillis(200));
    }

    @Test
    void saysWhatWasWrittenWhereWhatItStandsForIsWrong() {
        assertThat(faults("strict: '{{two}}'\n" + withId("a")))
                .containsExactly(
                        "1:9: strict: found a value that is not shown (from '{{two}}'); expected true or false");
        assertThat(faults("strategy: '{{text}}'\n" + withId("a")))
                .containsExactly(
                        "1:11: strategy: found a value that is not shown (from '{{text}}'); expected"
                                + " work_queue, level or reactive");
    }

    @Test
    void leavesOptionsAloneUnlessToldToResolveThem() {
        String yaml =
                """
                processors:
                  - id: a
                    backend: local
                    impl: prefix_suffix_adder
                    options: { prefix: "{{two}}" }
                  - id: b
                    backend: local
                    impl: prefix_suffix_adder
                    options: { prefix: "{{two}}" }
                    resolve: true
                """;

        PipelineDefinition pipeline = read(yaml);

        assertThat(pipeline.processors().get(0).options().string("prefix")).contains("{{two}}");
        assertThat(pipeline.processors().get(1).options().string("prefix")).contains("2");
    }
}
