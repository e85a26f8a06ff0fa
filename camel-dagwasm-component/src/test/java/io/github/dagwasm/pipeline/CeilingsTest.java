package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.pipeline.ProcessorParameters.Parameter;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What the operator does not allow is refused where it stands, whoever wrote it. */
class CeilingsTest {

    private static final String PROCESSOR = "processors:\n  - {id: a, backend: box, file: x";

    private static final KeySpec LIMITS =
            KeySpec.block(
                    "limits",
                    "Limits.",
                    List.of(
                            KeySpec.of("memory_mb", KeySpec.Type.INTEGER, "Memory.")
                                    .between(1, 2047)
                                    .under(new Ceiling(128, "", "memoryMbCeiling"))));

    /** Has ceilings on memory and on time. */
    private static final class Box implements Backend {

        @Override
        public String name() {
            return "box";
        }

        @Override
        public List<KeySpec> settings() {
            return List.of(LIMITS);
        }

        @Override
        public List<KeySpec> keys() {
            return List.of(KeySpec.of("file", KeySpec.Type.STRING, "The file."), LIMITS);
        }

        @Override
        public Optional<Ceiling> timeoutCeiling() {
            return Optional.of(new Ceiling(10, "s", "timeoutCeiling"));
        }

        @Override
        public PipelineProcessor create(ProcessorDefinition definition) {
            TextProcessor same = call -> ProcessorResult.of(call.text());
            return same;
        }
    }

    private static PipelineReader reader() {
        List<Backend> backends = new ArrayList<>(SampleBackends.ALL);
        backends.add(new Box());
        return new PipelineReader(backends, Placeholders.of(key -> Optional.of("4096")));
    }

    private static void refused(String yaml, String... faults) {
        assertThatThrownBy(() -> reader().read("f.yaml", yaml, Optional.empty()))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(String.join("\n", faults));
    }

    private static void accepted(String yaml) {
        assertThat(reader().read("f.yaml", yaml, Optional.empty()).processors()).isNotEmpty();
    }

    @Test
    void acceptsWhatIsAtTheCeiling() {
        accepted(PROCESSOR + ", limits: {memory_mb: 128}, timeout_seconds: 10}\n");
    }

    @Test
    void refusesWhatIsAboveTheCeilingAtItsPlace() {
        refused(
                "box: {limits: {memory_mb: 129}}\n" + PROCESSOR + ", limits: {memory_mb: 4096}}\n",
                "f.yaml:1:27: box.limits.memory_mb: found 129; expected at most 128, the operator's"
                        + " ceiling (option memoryMbCeiling)",
                "f.yaml:3:56: processors[0].limits.memory_mb: found 4096; expected a whole number from"
                        + " 1 to 2047");
    }

    @Test
    void refusesWhatAPlaceholderStandsFor() {
        refused(
                PROCESSOR + ", timeout_seconds: \"{{seconds}}\"}\n",
                "f.yaml:2:53: processors[0].timeout_seconds: found a value that is not shown (from"
                        + " '{{seconds}}'); expected at most 10 s, the operator's ceiling (option timeoutCeiling)");
    }

    @Test
    void refusesWhatParametersSayByTheirOwnName() {
        ProcessorParameters parameters =
                new ProcessorParameters(
                        "dagwasm:box:x",
                        "x",
                        "box",
                        List.of(
                                new Parameter("file", "x"),
                                new Parameter("limits.memory_mb", "129"),
                                new Parameter("timeout_seconds", "10.5")),
                        List.of(),
                        Map.of("limits.memory_mb", "memoryMb", "timeout_seconds", "timeout"));

        assertThatThrownBy(() -> reader().read(parameters))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "dagwasm:box:x: timeout: found 10.5; expected at most 10 s, the operator's"
                                + " ceiling (option timeoutCeiling)\n"
                                + "dagwasm:box:x: memoryMb: found 129; expected at most 128, the"
                                + " operator's ceiling (option memoryMbCeiling)");
    }

    @Test
    void refusesTheTimeoutOfAllWhereAProcessorOfTheBackendGetsIt() {
        refused(
                "executor_options:\n  timeout_seconds: 30\n" + PROCESSOR + "}\n",
                "f.yaml:2:20: executor_options.timeout_seconds: found 30; expected at most 10 s for"
                        + " processors of backend box, the operator's ceiling (option"
                        + " timeoutCeiling)");
    }

    @Test
    void bindsNoProcessorOfAnotherBackend() {
        accepted(
                "executor_options: {timeout_seconds: 30}\n"
                        + PROCESSOR
                        + ", timeout_seconds: 9}\n"
                        + "  - {id: b, backend: local, impl: reverse_text, depends_on: [a]}\n"
                        + "  - {id: c, backend: local, impl: reverse_text, depends_on: [b],"
                        + " timeout_seconds: 60}\n");
    }

    @Test
    void aSchemaHasTheCeilingForItsMaximum() {
        assertThat(PipelineSchema.of(List.of(new Box())).toJson())
                .contains("\"maximum\": 128")
                .doesNotContain("\"maximum\": 2047");
    }
}
