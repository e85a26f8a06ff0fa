package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SchemaLocation;
import com.networknt.schema.SpecVersion;
import com.networknt.schema.ValidationMessage;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PipelineSchemaTest {

    private static final JsonSchemaFactory FACTORY =
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V7);
    private static final String JSON = PipelineSchema.of(SampleBackends.ALL).toJson();
    private static final JsonSchema SCHEMA = FACTORY.getSchema(JSON);
    private static final String PIN = "0123456789abcdef".repeat(4);

    static Set<ValidationMessage> complaints(String yaml) {
        return SCHEMA.validate(JsonView.of(yaml));
    }

    @Test
    void isASchemaOfDraft7() throws Exception {
        JsonSchema draft7 =
                FACTORY.getSchema(SchemaLocation.of("http://json-schema.org/draft-07/schema#"));

        assertThat(draft7.validate(new ObjectMapper().readTree(JSON))).isEmpty();
    }

    @Test
    void isTheSameTextForTheSameBackends() {
        assertThat(PipelineSchema.of(SampleBackends.ALL).toJson())
                .isEqualTo(JSON)
                .startsWith(
                        """
                        {
                          "$schema": "http://json-schema.org/draft-07/schema#",
                          "title": "dagwasm pipeline",
                        """)
                .contains(
                        """
                            "max_input_bytes": {
                              "description": "The largest input of a run, in bytes.",
                              "default": 10485760,
                              "anyOf": [
                                { "type": "integer", "minimum": 1, "maximum": 2147483639 },
                                { "$ref": "#/definitions/placeholder" }
                              ]
                            },
                        """)
                .endsWith("\n}\n");
    }

    @Test
    void acceptsAFileThatSaysEverything() {
        assertThat(complaints(PipelineReaderTest.FULL)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id: x, backend: local, impl: reverse_text}",
                "{id: x, type: local, processor: reverse_text, options: , depends_on: }",
                "{id: x, backend: local, impl: reverse_text, timeout_seconds: 0.001, retry_attempts: 1e2}",
                "{id: x, backend: local, impl: word_frequency_analyzer, options: {top: 2.0}}",
                "{id: x, backend: local, impl: word_frequency_analyzer, options: {top: '{{two}}'}, resolve: true}",
                "{id: x, backend: local, impl: word_frequency_analyzer, options: {top: '{{two}}'}, resolve: '{{yes}}'}",
                "{id: x, backend: local, impl: prefix_suffix_adder, options: {prefix: '{{two}}'}}",
                "{id: x, backend: '{{local}}', impl: '{{upper}}', options: {}}",
                "{id: x, backend: wasm, module: '{{module}}'}",
                "{id: x, backend: wasm, module: a, limits: {log_bytes: 9223372036854775807}}",
                "{id: x, backend: wasm, module: a, limits: {log_bytes: -9223372036854775808}}",
                "{id: x, backend: wasm, module: a, options: {intent: analyze, abi: wasi}}",
                "{id: x, backend: echo}",
                "{id: x, backend: echo, mode: often, options: {times: 3, loud: TRUE, tags: [a, b]}}",
                "{id: x, backend: echo, options: {label: 007}}",
                "{id: x, backend: echo, options: {label: false, tags: }}",
                "{id: '👍', backend: echo}",
                "{id: '{{text}}', backend: echo, required: '{{yes}}', depends_on: []}"
            })
    void acceptsWhatTheReaderAccepts(String processor) {
        String yaml = "processors:\n  - " + processor;

        assertThat(faults(yaml)).isEmpty();
        assertThat(complaints(yaml)).isEmpty();
    }

    @Test
    void takesAPinOfDigitsOnlyForTheNumberThatYamlReads() {
        String digits = "processors:\n  - {id: x, backend: wasm, module: a, sha256: %s}";

        for (String pin : List.of("1".repeat(64), "1e" + "2".repeat(62), PIN)) {
            assertThat(faults(digits.formatted(pin))).isEmpty();
        }
        assertThat(complaints(digits.formatted("1".repeat(64)))).isEmpty();
        assertThat(complaints(digits.formatted(PIN))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{id: x, backend: local}",
                "{id: x, impl: reverse_text}",
                "{backend: echo}",
                "{id: '', backend: echo}",
                "{id: \"a\\nb\", backend: echo}",
                "{id: \"a\\n\", backend: echo}",
                "{id: 5, backend: echo}",
                "{id: x, backend: ech}",
                "{id: x, backend: echo, type: echo}",
                "{id: x, backend: echo, mode: nver}",
                "{id: x, backend: echo, module: a}",
                "{id: x, backend: echo, options: {times: 3}}",
                "{id: x, backend: echo, mode: once, options: {times: 3}}",
                "{id: x, backend: echo, mode: often, options: {times: 3.5}}",
                "{id: x, backend: echo, mode: often, options: {times: '{{two}}'}}",
                "{id: x, backend: echo, mode: often, options: {times: '{{two}}'}, resolve: false}",
                "{id: x, backend: echo, options: {loud: yes}}",
                "{id: x, backend: echo, options: {tags: a}}",
                "{id: x, backend: echo, options: {tags: [5]}}",
                "{id: x, backend: echo, options: {label: }}",
                "{id: x, backend: echo, options: [a]}",
                "{id: x, backend: echo, depends_on: a}",
                "{id: x, backend: echo, depends_on: [5]}",
                "{id: x, backend: echo, timeout_seconds: 0}",
                "{id: x, backend: echo, timeout_seconds: 1000000.1}",
                "{id: x, backend: echo, timeout_seconds: .inf}",
                "{id: x, backend: echo, timeout_seconds: }",
                "{id: x, backend: echo, retry_attempts: 101}",
                "{id: x, backend: echo, merge: deep}",
                "{id: x, backend: local, impl: replace_text}",
                "{id: x, backend: local, impl: replace_text, options: }",
                "{id: x, backend: local, impl: replace_text, options: {search: a, scale: 1e999}}",
                "{id: x, backend: local, impl: reverse_text, processor: reverse_text}",
                "{id: x, backend: local, impl: reverse_text, options: {prefix: a}}",
                "{id: x, backend: wasm, module: a, sha256: 5f}",
                "{id: x, backend: wasm, module: a, sha256: true}",
                "{id: x, backend: wasm, module: a, limits: {memory: 1}}",
                "{id: x, backend: wasm, module: a, limits: {log_bytes: 9223372036854775808}}",
                "{id: x, backend: wasm, module: a, options: {intent: }}",
                "5",
                ""
            })
    void refusesWhatTheReaderRefuses(String processor) {
        String yaml = "processors:\n  - " + processor;

        assertThat(faults(yaml)).isNotEmpty();
        assertThat(complaints(yaml)).isNotEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "from: file:inbox",
                "from: 'timer:tick?period=1000&delay=5'",
                "from: \"aws2-s3://{{text}}?x={{two}}\"",
                "from: \"{{none:file:inbox}}\"",
                "to: 'direct:Größe 👍'",
                "to: 'a+b.c-d:\\é'",
                "route_configuration: my errors",
                "route_configuration: '{{text}}'",
                "metadata_headers: true"
            })
    void acceptsRouteKeysAsTheReaderDoes(String key) {
        String yaml = "processors: [{id: x, backend: echo}]\n" + key;

        assertThat(faults(yaml)).isEmpty();
        assertThat(complaints(yaml)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "processors: []",
                "processors:",
                "strict: true",
                "processors: [{id: x, backend: echo}]\nwasm: {limit: {}}",
                "processors: [{id: x, backend: echo}]\nstrategy: fast",
                "processors: [{id: x, backend: echo}]\nstrategy:",
                "processors: [{id: x, backend: echo}]\nfrom:",
                "processors: [{id: x, backend: echo}]\nfrom: ''",
                "processors: [{id: x, backend: echo}]\nfrom: inbox",
                "processors: [{id: x, backend: echo}]\nfrom: \"file:\"",
                "processors: [{id: x, backend: echo}]\nfrom: 1st:inbox",
                "processors: [{id: x, backend: echo}]\nto: 5",
                "processors: [{id: x, backend: echo}]\nto: [a:b]",
                "processors: [{id: x, backend: echo}]\nto: \"file:a\\n\"",
                "processors: [{id: x, backend: echo}]\nto: \"file:a\\u2028b\"",
                "processors: [{id: x, backend: echo}]\nroute_configuration: ''",
                "processors: [{id: x, backend: echo}]\nroute_configuration: \"a\\tb\"",
                "processors: [{id: x, backend: echo}]\nmetadata_headers: 'yes'",
                "processors: [{id: x, backend: echo}]\nmetadata_headers:",
                "processors: [{id: x, backend: echo}]\nexecutor_options: {max_concurrency: 1025}",
                "processors: [{id: x, backend: echo}]\nmax_input_bytes: 2147483640",
                "processors: [{id: x, backend: echo}]\nstrict: '{two}'"
            })
    void refusesAtTheTopWhatTheReaderRefuses(String yaml) {
        assertThat(faults(yaml)).isNotEmpty();
        assertThat(complaints(yaml)).isNotEmpty();
    }

    @Test
    void refusesBackendsWhoseKeysMeanTwoThings() {
        assertThatThrownBy(() -> PipelineSchema.of(List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("backends must not be empty");
        assertThatThrownBy(() -> PipelineSchema.of(List.of(withKeys("merge"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'merge' means two things in a processor of backend odd");
        assertThatThrownBy(() -> PipelineSchema.of(List.of(withKeys("a"), withKeys("b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'odd' means two things in the backends");
        assertThatThrownBy(() -> PipelineSchema.of(List.of(withKeys("a", "b"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("more than one key brings options to a processor of backend odd");
    }

    /** A backend each of whose keys has one value, which brings one option. */
    private static Backend withKeys(String... names) {
        KeySpec option = KeySpec.of("o", KeySpec.Type.STRING, "");
        return new Backend() {
            @Override
            public String name() {
                return "odd";
            }

            @Override
            public List<KeySpec> keys() {
                return List.of(names).stream()
                        .map(name -> KeySpec.of(name, KeySpec.Type.STRING, ""))
                        .map(spec -> spec.choosing(Map.of("x", List.of(option))))
                        .toList();
            }

            @Override
            public PipelineProcessor create(ProcessorDefinition definition) {
                throw new AssertionError("nothing is created here");
            }
        };
    }
}
