package io.github.dagwasm.spi;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.LimitExceededException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunReportTest {

    private static final long NONE = ProcessorReport.NOT_MEASURED;

    @Test
    void writesOneJsonForm() {
        Map<String, String> metadata =
                Metadata.keys("module_path", "input_length", "a\n")
                        .of("wasm_modules/hello_world.wasm", 11, "\"é🦀\"");
        FailureReport failure =
                FailureReport.of(new LimitExceededException("input bytes", 10, 11, "input_bytes"));
        RunReport report =
                new RunReport(
                        new GivenRun(
                                "demo",
                                Strategy.WORK_QUEUE,
                                FailureStrategy.BEST_EFFORT,
                                2,
                                RunOutcome.PARTIAL,
                                5_000_000,
                                Optional.of("hello"),
                                List.of("prepare", "hello"),
                                List.of(
                                        processor("hello", ProcessorOutcome.SUCCEEDED, metadata),
                                        new ProcessorReport(
                                                "big",
                                                "wasm",
                                                ProcessorOutcome.FAILED,
                                                1,
                                                2,
                                                3,
                                                11,
                                                NONE,
                                                70,
                                                Map.of(),
                                                Optional.of(failure)),
                                        new ProcessorReport(
                                                "late",
                                                "local",
                                                ProcessorOutcome.SKIPPED,
                                                NONE,
                                                NONE,
                                                0,
                                                NONE,
                                                NONE,
                                                NONE,
                                                Map.of(),
                                                Optional.empty()))));

        assertThat(report.toJson())
                .isEqualTo(
                        "{\"pipeline\":\"demo\",\"strategy\":\"work_queue\","
                                + "\"failure_strategy\":\"best_effort\",\"max_concurrency\":2,"
                                + "\"outcome\":\"partial\",\"duration_ns\":5000000,"
                                + "\"output_from\":\"hello\","
                                + "\"critical_path\":[\"prepare\",\"hello\"],\"processors\":["
                                + "{\"id\":\"hello\",\"backend\":\"wasm\",\"outcome\":\"succeeded\","
                                + "\"start_ns\":0,\"duration_ns\":7,\"tries\":1,\"bytes_in\":11,"
                                + "\"bytes_out\":16,\"fuel\":5,\"metadata\":{"
                                + "\"module_path\":\"wasm_modules/hello_world.wasm\","
                                + "\"input_length\":\"11\",\"a\\n\":\"\\\"é🦀\\\"\"},"
                                + "\"failure\":null},"
                                + "{\"id\":\"big\",\"backend\":\"wasm\",\"outcome\":\"failed\","
                                + "\"start_ns\":1,\"duration_ns\":2,\"tries\":3,\"bytes_in\":11,"
                                + "\"bytes_out\":null,\"fuel\":70,\"metadata\":{},\"failure\":{\"kind\":\"limit\","
                                + "\"limit\":\"input bytes\",\"message\":\"the limit of 10 input bytes"
                                + " is exceeded: 11 asked for (option input_bytes)\","
                                + "\"retryable\":false}},"
                                + "{\"id\":\"late\",\"backend\":\"local\",\"outcome\":\"skipped\","
                                + "\"start_ns\":null,\"duration_ns\":null,\"tries\":0,"
                                + "\"bytes_in\":null,\"bytes_out\":null,\"fuel\":null,\"metadata\":{},"
                                + "\"failure\":null}]}");
        assertThat(report.executed()).isEqualTo(2);
        assertThat(report).hasToString("demo: partial, 2 of 3 processors executed");
    }

    @Test
    void writesNullWhereNoProcessorGaveTheOutput() {
        RunReport report =
                new RunReport(
                        new GivenRun(
                                "empty",
                                Strategy.LEVEL,
                                FailureStrategy.FAIL_FAST,
                                1,
                                RunOutcome.FAILED,
                                0,
                                Optional.empty(),
                                List.of(),
                                List.of()));

        assertThat(report.toJson())
                .isEqualTo(
                        "{\"pipeline\":\"empty\",\"strategy\":\"level\","
                                + "\"failure_strategy\":\"fail_fast\",\"max_concurrency\":1,"
                                + "\"outcome\":\"failed\",\"duration_ns\":0,\"output_from\":null,"
                                + "\"critical_path\":[],\"processors\":[]}");
    }

    @Test
    void countsThoseThatSucceededOrFailedAsExecuted() {
        assertThat(ProcessorOutcome.values())
                .filteredOn(outcome -> processor("p", outcome, Map.of()).executed())
                .containsExactly(ProcessorOutcome.SUCCEEDED, ProcessorOutcome.FAILED);
    }

    @Test
    void tellsNeitherMetadataNorFailureInItsShortForm() {
        assertThat(processor("p", ProcessorOutcome.CANCELLED, Map.of("result", "secret")))
                .hasToString("p: cancelled");
    }

    @Test
    void isACopyOfWhatItIsMadeOf() {
        Map<String, String> metadata = new LinkedHashMap<>(Map.of("a", "1"));
        List<ProcessorReport> processors = new ArrayList<>();
        processors.add(processor("p", ProcessorOutcome.SUCCEEDED, metadata));
        RunReport report =
                new RunReport(
                        new GivenRun(
                                "demo",
                                Strategy.REACTIVE,
                                FailureStrategy.CONTINUE_ON_ERROR,
                                1,
                                RunOutcome.SUCCEEDED,
                                0,
                                Optional.empty(),
                                List.of(),
                                processors));

        metadata.put("b", "2");
        processors.clear();

        assertThat(report.processors()).hasSize(1);
        assertThat(report.processors().get(0).metadata()).containsOnlyKeys("a");
        assertThat(report.toJson())
                .contains("\"reactive\"", "\"continue_on_error\"", "\"succeeded\"");
    }

    private static ProcessorReport processor(
            String id, ProcessorOutcome outcome, Map<String, String> metadata) {
        return new ProcessorReport(
                id, "wasm", outcome, 0, 7, 1, 11, 16, 5, metadata, Optional.empty());
    }
}
