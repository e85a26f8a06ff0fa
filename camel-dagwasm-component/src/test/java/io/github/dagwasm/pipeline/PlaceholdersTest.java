package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static io.github.dagwasm.pipeline.PipelineFiles.processor;
import static io.github.dagwasm.pipeline.PipelineFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

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
        "{{sys:home}},         /home/me",
        "a}}b,                 a}}b",
        "{ {two}},             { {two}}"
    })
    void resolvesPlaceholders(String written, String id) {
        assertThat(read(withId(written)).processors().get(0).id()).isEqualTo(id);
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
