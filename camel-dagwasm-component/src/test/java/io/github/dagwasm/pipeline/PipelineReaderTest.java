package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.processor;
import static io.github.dagwasm.pipeline.PipelineFiles.read;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.Strategy;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PipelineReaderTest {

    static final String FULL =
            """
            strategy: level
            failure_strategy: best_effort
            executor_options:
              max_concurrency: 2
              timeout_seconds: 0.5
              run_timeout_seconds: 30
              retry_attempts: 3
            wasm:
              limits: { memory_mb: 64 }
            max_input_bytes: 1000
            strict: true
            output: last
            processors:
              - id: prepare
                type: local
                processor: prefix_suffix_adder
                depends_on:
                options: { prefix: "[", suffix: "{{x}}" }
              - id: hello
                backend: wasm
                module: wasm_modules/hello.wasm
                sha256: 0123456789012345678901234567890123456789012345678901234567890123
                limits:
                  memory_mb: 8
                depends_on: [prepare]
                options: { intent: analyze }
                required: true
                timeout_seconds: 2
                retry_attempts: 0
              - id: last
                backend: local
                impl: reverse_text
                depends_on: [hello, prepare]
                merge: concat
                merge_separator: " | "
                options:
            """;

    @Test
    void readsAFileThatSaysEverything() {
        PipelineDefinition pipeline = read(FULL);

        assertThat(pipeline.name()).isEqualTo("demo");
        assertThat(pipeline.file()).isEqualTo("demo.dagwasm.yaml");
        assertThat(pipeline.directory()).isEmpty();
        assertThat(pipeline.strategy()).isEqualTo(Strategy.LEVEL);
        assertThat(pipeline.failureStrategy()).isEqualTo(FailureStrategy.BEST_EFFORT);
        assertThat(pipeline.maxConcurrency()).contains(2);
        assertThat(pipeline.timeout()).contains(Duration.ofMillis(500));
        assertThat(pipeline.runTimeout()).contains(Duration.ofSeconds(30));
        assertThat(pipeline.retryAttempts()).isEqualTo(3);
        assertThat(pipeline.maxInputBytes()).isEqualTo(1000);
        assertThat(pipeline.strict()).isTrue();
        assertThat(pipeline.output()).contains("last");
        assertThat(pipeline.settings()).containsOnlyKeys("wasm");
        assertThat(pipeline.settings().get("wasm").block("limits").integer("memory_mb"))
                .contains(64L);
        assertThat(pipeline.processors())
                .extracting(ProcessorNode::id)
                .containsExactly("prepare", "hello", "last");
    }

    @Test
    void readsTheKeysOfARoute() {
        String yaml =
                """
                strict: true
                from: "file:{{sys:dagwasm.none:/home/me}}/inbox?delete=true"
                to: '{{none:direct:out}}'
                route_configuration: "{{text}}"
                metadata_headers: true
                processors:
                """;

        PipelineDefinition pipeline = read(yaml + processor("a", ""));

        assertThat(pipeline.from()).contains("file:/home/me/inbox?delete=true");
        assertThat(pipeline.to()).contains("direct:out");
        assertThat(pipeline.routeConfiguration()).contains("some text");
        assertThat(pipeline.metadataHeaders()).isTrue();
    }

    @Test
    void saysInWhichLineAKeyOfTheTopStands() {
        PipelineDefinition pipeline =
                read(
                        "\n# a comment\nstrict: true\nfrom:\n  file:inbox\nprocessors:\n"
                                + processor("a", ""));

        assertThat(pipeline.lineOf("from")).isEqualTo(5);
        assertThat(pipeline.lineOf("processors")).isEqualTo(7);
        assertThat(pipeline.lineOf("to")).isEqualTo(3);
    }

    @Test
    void readsWhatAProcessorSays() {
        ProcessorNode hello = read(FULL).processors().get(1);

        assertThat(hello.index()).isEqualTo(1);
        assertThat(hello.backend()).isEqualTo("wasm");
        assertThat(hello.required()).isTrue();
        assertThat(hello.timeout()).contains(Duration.ofSeconds(2));
        assertThat(hello.retry()).contains(Retry.of(0));
        assertThat(hello.dependsOn()).containsExactly("prepare");
        assertThat(hello.merge()).isEmpty();
        assertThat(hello.keys().requiredString("module")).isEqualTo("wasm_modules/hello.wasm");
        assertThat(hello.keys().requiredString("sha256")).hasSize(64).startsWith("0123");
        assertThat(hello.keys().block("limits").integer("memory_mb")).contains(8L);
        assertThat(hello.options().string("intent")).contains("analyze");
    }

    @Test
    void takesBothSpellingsAndEmptyForNothing() {
        ProcessorNode prepare = read(FULL).processors().get(0);

        assertThat(prepare.backend()).isEqualTo("local");
        assertThat(prepare.keys().string("impl")).contains("prefix_suffix_adder");
        assertThat(prepare.dependsOn()).isEmpty();
        assertThat(prepare.options().string("suffix")).contains("{{x}}");
    }

    @Test
    void readsHowTextsAreMerged() {
        ProcessorNode last = read(FULL).processors().get(2);

        assertThat(last.merge()).contains(Merge.CONCAT);
        assertThat(last.mergeSeparator()).isEqualTo(" | ");
        assertThat(last.options().has("prefix")).isFalse();
    }

    @Test
    void numbersTheGraphInTheOrderOfTheFile() {
        PipelineDefinition pipeline = read(FULL);

        assertThat(pipeline.graph().size()).isEqualTo(3);
        assertThat(pipeline.graph().dependency(2, 0)).isEqualTo(1);
        assertThat(pipeline.graph().dependency(2, 1)).isZero();
        assertThat(pipeline.graph().level(2)).isEqualTo(2);
    }

    @Test
    void leavesDefaultsWhereTheFileSaysNothing() {
        PipelineDefinition pipeline = read("processors:\n" + processor("a", ""));

        assertThat(pipeline.strategy()).isEqualTo(Strategy.WORK_QUEUE);
        assertThat(pipeline.failureStrategy()).isEqualTo(FailureStrategy.FAIL_FAST);
        assertThat(pipeline.maxConcurrency()).isEmpty();
        assertThat(pipeline.timeout()).isEmpty();
        assertThat(pipeline.runTimeout()).isEmpty();
        assertThat(pipeline.retryAttempts()).isZero();
        assertThat(pipeline.maxInputBytes()).isEqualTo(10_485_760);
        assertThat(pipeline.strict()).isFalse();
        assertThat(pipeline.output()).isEmpty();
        assertThat(pipeline.from()).isEmpty();
        assertThat(pipeline.to()).isEmpty();
        assertThat(pipeline.routeConfiguration()).isEmpty();
        assertThat(pipeline.metadataHeaders()).isFalse();
        assertThat(pipeline.settings()).isEmpty();
        assertThat(pipeline.processors().get(0).mergeSeparator()).isEqualTo("\n");
    }

    @Test
    void takesEmptyBlocksForNothing() {
        String yaml = "executor_options:\nwasm: ~\nprocessors:\n" + processor("a", "");

        PipelineDefinition pipeline = read(yaml);

        assertThat(pipeline.maxConcurrency()).isEmpty();
        assertThat(pipeline.settings().get("wasm").has("limits")).isFalse();
    }

    @Test
    void makesTheBackendsViewOfAProcessor() {
        PipelineDefinition pipeline = read(FULL);

        ProcessorDefinition hello = pipeline.definitionOf(pipeline.processors().get(1));
        ProcessorDefinition last = pipeline.definitionOf(pipeline.processors().get(2));

        assertThat(hello.pipeline()).isEqualTo("demo");
        assertThat(hello.id()).isEqualTo("hello");
        assertThat(hello.keys().string("module")).contains("wasm_modules/hello.wasm");
        assertThat(hello.settings().block("limits").integer("memory_mb")).contains(64L);
        assertThat(last.settings()).isSameAs(KeyValues.NONE);
    }

    @Test
    void callsKeysByTheirPathsInTheFile() {
        PipelineDefinition pipeline = read(FULL);
        ProcessorNode hello = pipeline.processors().get(1);

        assertThat(pipeline.nameOf("max_input_bytes")).isEqualTo("max_input_bytes");
        assertThat(pipeline.nameOf(hello, "timeout_seconds"))
                .isEqualTo("processors[1].timeout_seconds");
        assertThat(pipeline.definitionOf(hello).nameOf("limits.memory_mb"))
                .isEqualTo("limits.memory_mb");
    }

    @Test
    void makesFaultsAtEveryPlaceThatALaterAnalysisMayName() {
        PipelineDefinition pipeline = read(FULL);
        ProcessorNode last = pipeline.processors().get(2);

        assertThat(pipeline.fault("p")).hasToString("demo.dagwasm.yaml:1:1: p");
        assertThat(pipeline.fault("output", "p")).hasToString("demo.dagwasm.yaml:12:9: output: p");
        assertThat(pipeline.fault(last, "p"))
                .hasToString("demo.dagwasm.yaml:30:5: processors[2]: p");
        assertThat(pipeline.fault(last, "merge", "p"))
                .hasToString("demo.dagwasm.yaml:34:12: processors[2].merge: p");
        assertThat(pipeline.fault(last, "depends_on", "p"))
                .hasToString("demo.dagwasm.yaml:33:17: processors[2].depends_on: p");
        assertThat(pipeline.fault(last, "depends_on[1]", "p"))
                .hasToString("demo.dagwasm.yaml:33:25: processors[2].depends_on[1]: p");
        assertThat(pipeline.fault(pipeline.processors().get(0), "options.prefix", "p"))
                .hasToString("demo.dagwasm.yaml:18:24: processors[0].options.prefix: p");
        assertThat(pipeline.fault(last, "required", "p"))
                .isEqualTo(new Fault("demo.dagwasm.yaml", 30, 5, "processors[2]", "p"));
    }

    @ParameterizedTest
    @CsvSource({
        "demo.dagwasm.yaml,            demo",
        "a/b/orders.v2.dagwasm.yaml,   orders.v2",
        "C:\\pipes\\demo.yml,          demo",
        "classpath:demo.dagwasm.yaml,  demo",
        "classpath:camel/demo.yaml,    demo",
        "demo,                         demo",
        ".yaml,                        .yaml"
    })
    void namesThePipelineAfterItsFile(String file, String name) {
        PipelineDefinition pipeline =
                new PipelineReader(SampleBackends.ALL, Placeholders.NONE)
                        .read(file, "processors:\n" + processor("a", ""), Optional.empty());

        assertThat(pipeline.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource({"2", "2.0", "2e0", "0x2", "0o2", "+2", "002", "20e-1", "'\"{{two}}\"'"})
    void takesAWholeNumberHoweverItIsWritten(String number) {
        String yaml = "executor_options: {max_concurrency: " + number + "}\nprocessors:\n";

        assertThat(read(yaml + processor("a", "")).maxConcurrency()).contains(2);
    }

    @Test
    void readsSharedBlocks() {
        String yaml =
                """
                processors:
                  - id: a
                    backend: local
                    impl: prefix_suffix_adder
                    options: &brackets { prefix: "[", suffix: "]" }
                  - id: b
                    backend: local
                    impl: prefix_suffix_adder
                    options: *brackets
                """;

        assertThat(read(yaml).processors().get(1).options().string("suffix")).contains("]");
    }

    @Test
    void keepsTextAsItIsWritten() {
        String yaml =
                """
                processors:
                  - id: Größe 👍 名前
                    backend: local
                    impl: prefix_suffix_adder
                    options: { prefix: " \\t", suffix: 'é👍' }
                """;

        ProcessorNode node = read(yaml).processors().get(0);

        assertThat(node.id()).isEqualTo("Größe 👍 名前");
        assertThat(node.options().string("prefix")).contains(" \t");
        assertThat(node.options().string("suffix")).contains("é👍");
    }

    @Test
    void takesTheDefaultChoicesOptions() {
        String yaml =
                "processors:\n  - {id: a, backend: echo, options: {label: 007, loud: TRUE}}\n";

        ProcessorNode node = read(yaml).processors().get(0);

        assertThat(node.options().string("label")).contains("007");
        assertThat(node.options().bool("loud")).contains(true);
    }
}
