package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.pipeline.ProcessorParameters.Parameter;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.Retry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A single processor that is written without a file, held against the same specs. */
class ProcessorParametersTest {

    private static final Map<String, String> NAMES =
            Map.of(
                    "impl", "",
                    "module", "",
                    "limits.memory_mb", "memoryMb",
                    "limits.log_bytes", "logBytes",
                    "timeout_seconds", "timeout",
                    "max_input_bytes", "maxInput");

    private static PipelineDefinition read(ProcessorParameters parameters) {
        return new PipelineReader(SampleBackends.ALL, PipelineFiles.PLACEHOLDERS).read(parameters);
    }

    /** Parameters written as in {@code limits.memory_mb=1} and {@code option.prefix=a}. */
    private static ProcessorParameters parameters(
            String source, String backend, List<String> written) {
        List<Parameter> keys = new ArrayList<>();
        List<Parameter> options = new ArrayList<>();
        for (String each : written) {
            String[] parts = each.split("=", 2);
            if (parts[0].startsWith("option.")) {
                options.add(new Parameter(parts[0].substring("option.".length()), parts[1]));
            } else {
                keys.add(new Parameter(parts[0], parts[1]));
            }
        }
        return new ProcessorParameters(source, "one", backend, keys, options, NAMES);
    }

    private static ProcessorParameters local(String name, String... more) {
        List<String> written = new ArrayList<>(List.of("impl=" + name));
        written.addAll(List.of(more));
        return parameters("dagwasm:local:" + name, "local", written);
    }

    private static ProcessorParameters wasm(String... more) {
        List<String> written = new ArrayList<>(List.of("module=a.wasm"));
        written.addAll(List.of(more));
        return parameters("dagwasm:wasm:a.wasm", "wasm", written);
    }

    private static ProcessorParameters echo(String... written) {
        return parameters("dagwasm:echo:any", "echo", List.of(written));
    }

    @Test
    void readsAPipelineOfOneProcessor() {
        PipelineDefinition pipeline =
                read(
                        wasm(
                                "limits.memory_mb=8",
                                "limits.log_bytes=0x10",
                                "timeout_seconds=0.5",
                                "retry_attempts=2",
                                "max_input_bytes=1000",
                                "option.intent=analyze"));

        ProcessorNode node = pipeline.processors().get(0);
        assertThat(pipeline.name()).isEqualTo("one");
        assertThat(pipeline.file()).isEqualTo("dagwasm:wasm:a.wasm");
        assertThat(pipeline.directory()).isEmpty();
        assertThat(pipeline.maxInputBytes()).isEqualTo(1000);
        assertThat(pipeline.lineOf("max_input_bytes")).isZero();
        assertThat(pipeline.processors()).hasSize(1);
        assertThat(pipeline.graph().size()).isEqualTo(1);
        assertThat(node.id()).isEqualTo("one");
        assertThat(node.backend()).isEqualTo("wasm");
        assertThat(node.timeout()).contains(Duration.ofMillis(500));
        assertThat(node.retry()).contains(Retry.of(2));
        assertThat(node.dependsOn()).isEmpty();
    }

    @Test
    void makesTheBackendsViewOfIt() {
        PipelineDefinition pipeline =
                read(wasm("limits.memory_mb=8", "sha256=" + "1".repeat(64), "option.function=f"));

        ProcessorDefinition definition = pipeline.definitionOf(pipeline.processors().get(0));

        assertThat(definition.pipeline()).isEqualTo("one");
        assertThat(definition.id()).isEqualTo("one");
        assertThat(definition.directory()).isEmpty();
        assertThat(definition.keys().string("module")).contains("a.wasm");
        assertThat(definition.keys().string("sha256")).contains("1".repeat(64));
        assertThat(definition.keys().block("limits").integer("memory_mb")).contains(8L);
        assertThat(definition.options().string("function")).contains("f");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "007", "true", "", "null", "~", " a ", "a\nb", "[a]", "a, b", "{{two}}", "+"
            })
    void keepsAStringAsItIs(String value) {
        ProcessorNode suffix =
                read(local("prefix_suffix_adder", "option.suffix=" + value)).processors().get(0);
        ProcessorNode label = read(echo("option.label=" + value)).processors().get(0);

        assertThat(suffix.options().string("suffix")).contains(value);
        assertThat(label.options().string("label")).contains(value);
    }

    @ParameterizedTest
    @CsvSource({"2", "2.0", "+2", "002", "0o2"})
    void takesAWholeNumberHoweverItIsWritten(String number) {
        ProcessorNode node =
                read(local("word_frequency_analyzer", "option.top=" + number)).processors().get(0);

        assertThat(node.options().integer("top")).contains(2L);
    }

    @Test
    void takesTruthValues() {
        ProcessorNode node = read(echo("option.loud=TRUE")).processors().get(0);

        assertThat(node.options().bool("loud")).contains(true);
    }

    @Test
    void partsAListAtItsCommas() {
        ProcessorNode several = read(echo("option.tags=a, 5,{{two}}")).processors().get(0);
        ProcessorNode none = read(echo("option.tags=")).processors().get(0);

        assertThat(several.options().strings("tags")).containsExactly("a", "5", "{{two}}");
        assertThat(none.options().has("tags")).isTrue();
        assertThat(none.options().strings("tags")).isEmpty();
    }

    @Test
    void takesTheOptionsThatAChoiceBrings() {
        ProcessorNode often = read(echo("mode=often", "option.times=3")).processors().get(0);

        assertThat(often.options().integer("times")).contains(3L);
    }

    static Stream<Arguments> keyFaults() {
        return Stream.of(
                Arguments.of(
                        local("reverse_txt", "option.a=b"),
                        "dagwasm:local:reverse_txt: no local processor 'reverse_txt' (did you mean"
                                + " 'reverse_text'?)"),
                Arguments.of(
                        local("rot13"),
                        "dagwasm:local:rot13: no local processor 'rot13'; expected"
                                + " change_text_case_upper, change_text_case_lower, reverse_text,"
                                + " prefix_suffix_adder, token_counter, word_frequency_analyzer or"
                                + " replace_text"),
                Arguments.of(
                        wasm("limits.memory_mb=0"),
                        "dagwasm:wasm:a.wasm: memoryMb: found 0; expected a whole number from 1 to"
                                + " 4096"),
                Arguments.of(
                        wasm("limits.memory_mb=lots"),
                        "dagwasm:wasm:a.wasm: memoryMb: found 'lots'; expected a whole number from 1"
                                + " to 4096"),
                Arguments.of(
                        wasm("limits.memory_mb="),
                        "dagwasm:wasm:a.wasm: memoryMb: found nothing; expected a whole number from"
                                + " 1 to 4096"),
                Arguments.of(
                        wasm("timeout_seconds=0"),
                        "dagwasm:wasm:a.wasm: timeout: found 0; expected a number from 0.001 to"
                                + " 1000000"),
                Arguments.of(
                        wasm("max_input_bytes=0"),
                        "dagwasm:wasm:a.wasm: maxInput: found 0; expected a whole number from 1 to"
                                + " 2147483639"),
                Arguments.of(
                        wasm("sha256=5f1c"),
                        "dagwasm:wasm:a.wasm: sha256: found '5f1c'; expected 64 hex digits"),
                Arguments.of(
                        local("reverse_text", "limits.memory_mb=1"),
                        "dagwasm:local:reverse_text: memoryMb: processors of backend local have no"
                                + " such option"),
                Arguments.of(
                        wasm("limits=1"),
                        "dagwasm:wasm:a.wasm: limits: processors of backend wasm have no such"
                                + " option"),
                Arguments.of(
                        wasm("depends_on=a"),
                        "dagwasm:wasm:a.wasm: depends_on: processors of backend wasm have no such"
                                + " option"),
                Arguments.of(
                        parameters("x:y", "wasm", List.of()), "x:y: the processor needs 'module'"),
                Arguments.of(
                        parameters("x:y", "wsm", List.of("module=a", "option.b=c")),
                        "x:y: backend: no backend 'wsm' (did you mean 'wasm'?)"),
                Arguments.of(
                        wasm("limits.memory_mb=1", "limits.memory_mb=2", "limits.memory_mb=3"),
                        "dagwasm:wasm:a.wasm: memoryMb: found more than one value; expected one"),
                Arguments.of(
                        local("reverse_text", "impl=token_counter"),
                        "dagwasm:local:reverse_text: found more than one value; expected one"),
                Arguments.of(
                        local("reverse_text", "processor=token_counter"),
                        "dagwasm:local:reverse_text: processor: 'impl' and 'processor' mean the"
                                + " same; expected one of them"));
    }

    static Stream<Arguments> optionFaults() {
        return Stream.of(
                Arguments.of(
                        local("prefix_suffix_adder", "option.prefx=a"),
                        "dagwasm:local:prefix_suffix_adder: option.prefx: unknown option 'prefx'"
                                + " (did you mean 'prefix'?)"),
                Arguments.of(
                        local("prefix_suffix_adder", "option.colour=red"),
                        "dagwasm:local:prefix_suffix_adder: option.colour: unknown option 'colour';"
                                + " expected prefix or suffix"),
                Arguments.of(
                        local("reverse_text", "option.a\nb=c"),
                        "dagwasm:local:reverse_text: option.a\\u{a}b: unknown option 'a\\u{a}b';"
                                + " none is known here"),
                Arguments.of(
                        local("word_frequency_analyzer", "option.top=many"),
                        "dagwasm:local:word_frequency_analyzer: option.top: found 'many'; expected"
                                + " a whole number from 1 to 1000"),
                Arguments.of(
                        local("word_frequency_analyzer", "option.top=1001"),
                        "dagwasm:local:word_frequency_analyzer: option.top: found 1001; expected a"
                                + " whole number from 1 to 1000"),
                Arguments.of(
                        local("word_frequency_analyzer", "option.top={{two}}"),
                        "dagwasm:local:word_frequency_analyzer: option.top: found '{{two}}';"
                                + " expected a whole number from 1 to 1000"),
                Arguments.of(
                        local("token_counter", "option.count_type=word"),
                        "dagwasm:local:token_counter: option.count_type: no count_type 'word' (did"
                                + " you mean 'words'?)"),
                Arguments.of(
                        wasm("option.intent=sing"),
                        "dagwasm:wasm:a.wasm: option.intent: no intent 'sing'; expected transform"
                                + " or analyze"),
                Arguments.of(
                        echo("option.loud=yes"),
                        "dagwasm:echo:any: option.loud: found 'yes'; expected true or false (did"
                                + " you mean 'true'?)"),
                Arguments.of(
                        echo("option.tags=a,\ud800"),
                        "dagwasm:echo:any: option.tags[1]: an unpaired surrogate in '\\u{d800}'"),
                Arguments.of(
                        local("replace_text"),
                        "dagwasm:local:replace_text: the processor needs 'option.search'"),
                Arguments.of(
                        echo("option.label=a", "option.label=b"),
                        "dagwasm:echo:any: option.label: found more than one value; expected one"));
    }

    @ParameterizedTest
    @MethodSource({"keyFaults", "optionFaults"})
    void reportsAFaultInTheWordsOfTheParameters(ProcessorParameters parameters, String fault) {
        assertThatThrownBy(() -> read(parameters))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(fault);
    }

    @Test
    void reportsAllFaultsAtOnceWithoutLines() {
        ProcessorParameters parameters =
                wasm("sha256=5f", "limits.memory_mb=0", "option.intnt=analyze", "option.abi=c");

        assertThatThrownBy(() -> read(parameters))
                .hasMessage(
                        """
                        dagwasm:wasm:a.wasm: sha256: found '5f'; expected 64 hex digits
                        dagwasm:wasm:a.wasm: memoryMb: found 0; expected a whole number from 1 to 4096
                        dagwasm:wasm:a.wasm: option.intnt: unknown option 'intnt' (did you mean 'intent'?)
                        dagwasm:wasm:a.wasm: option.abi: no abi 'c'; expected cstring, buffer or wasi""")
                .isInstanceOfSatisfying(
                        PipelineFileException.class,
                        e -> assertThat(e.faults()).extracting(Fault::line).containsOnly(0));
    }

    @Test
    void makesFaultsThatALaterAnalysisMayName() {
        PipelineDefinition pipeline = read(wasm("limits.memory_mb=8", "option.intent=analyze"));
        ProcessorNode node = pipeline.processors().get(0);

        assertThat(pipeline.fault("p")).hasToString("dagwasm:wasm:a.wasm: p");
        assertThat(pipeline.fault("max_input_bytes", "p"))
                .hasToString("dagwasm:wasm:a.wasm: maxInput: p");
        assertThat(pipeline.fault(node, "p")).hasToString("dagwasm:wasm:a.wasm: p");
        assertThat(pipeline.fault(node, "module", "p")).hasToString("dagwasm:wasm:a.wasm: p");
        assertThat(pipeline.fault(node, "options.intent", "p"))
                .hasToString("dagwasm:wasm:a.wasm: option.intent: p");
    }

    @Test
    void callsKeysAsTheUserDoesWhetherHeWroteThemOrNot() {
        PipelineDefinition pipeline = read(wasm());
        ProcessorNode node = pipeline.processors().get(0);
        ProcessorDefinition definition = pipeline.definitionOf(node);

        assertThat(pipeline.nameOf("max_input_bytes")).isEqualTo("maxInput");
        assertThat(pipeline.nameOf(node, "timeout_seconds")).isEqualTo("timeout");
        assertThat(pipeline.nameOf(node, "retry_attempts")).isEqualTo("retry_attempts");
        assertThat(definition.nameOf("limits.memory_mb")).isEqualTo("memoryMb");
        assertThat(definition.nameOf("options.intent")).isEqualTo("option.intent");
    }

    @Test
    void tellsNoValuesInItsText() {
        assertThat(wasm("limits.memory_mb=8", "option.function=secret"))
                .hasToString("ProcessorParameters[dagwasm:wasm:a.wasm, 2 keys, 1 options]");
    }
}
