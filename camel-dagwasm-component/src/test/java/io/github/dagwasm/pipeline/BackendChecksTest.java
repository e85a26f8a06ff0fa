package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.pipeline.ProcessorParameters.Parameter;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a backend finds wrong with values that fit their specs is told where they stand. */
class BackendChecksTest {

    private static final PipelineReader READER =
            new PipelineReader(List.of(new Shelf()), Placeholders.of(key -> Optional.of("9")));

    /** Has a rack of a height, into which every box must fit. */
    private static final class Shelf implements Backend {

        @Override
        public String name() {
            return "shelf";
        }

        @Override
        public List<KeySpec> settings() {
            KeySpec height =
                    KeySpec.of("height", KeySpec.Type.INTEGER, "Height.").alias("tallness");
            return List.of(KeySpec.block("rack", "The rack.", List.of(height)));
        }

        @Override
        public List<KeySpec> keys() {
            return List.of(KeySpec.of("colour", KeySpec.Type.STRING, "The colour."));
        }

        @Override
        public List<KeySpec> options() {
            return List.of(KeySpec.of("size", KeySpec.Type.INTEGER, "Its size."));
        }

        @Override
        public List<KeyFault> settingsFaults(KeyValues settings) {
            return settings
                    .block("rack")
                    .integer("height")
                    .filter(height -> height > 7)
                    .map(height -> new KeyFault("rack.height", "it falls over"))
                    .or(
                            () ->
                                    settings.has("rack")
                                            ? Optional.empty()
                                            : Optional.of(new KeyFault("rack", "there is none")))
                    .stream()
                    .toList();
        }

        @Override
        public List<KeyFault> faults(KeyValues keys, KeyValues options, KeyValues settings) {
            long height = settings.block("rack").integer("height").orElse(3L);
            return options
                    .integer("size")
                    .filter(size -> size > height)
                    .map(size -> new KeyFault("options.size", "no room"))
                    .or(
                            () ->
                                    keys.string("colour")
                                            .filter("grey"::equals)
                                            .map(grey -> new KeyFault("options.size", "too dull")))
                    .stream()
                    .toList();
        }

        @Override
        public PipelineProcessor create(ProcessorDefinition definition) {
            TextProcessor same = call -> ProcessorResult.of(call.text());
            return same;
        }
    }

    private static void refused(String yaml, String... faults) {
        assertThatThrownBy(() -> READER.read("f.yaml", yaml, Optional.empty()))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(String.join("\n", faults));
    }

    @Test
    void acceptsWhatGoesTogether() {
        String yaml =
                """
                shelf: { rack: { height: 7 } }
                processors:
                  - { id: a, backend: shelf, options: { size: 7 } }
                """;

        assertThat(READER.read("f.yaml", yaml, Optional.empty()).processors()).hasSize(1);
    }

    @Test
    void tellsWhatDoesNotGoTogetherInTheOrderOfTheFile() {
        refused(
                """
                shelf:
                  rack:
                    height: 8
                processors:
                  - { id: a, backend: shelf, options: { size: 9 } }
                  - { id: b, backend: shelf, retry_attempts: -1, options: { size: 8 } }
                  - { id: b, backend: shelf, options: { size: 10 } }
                """,
                "f.yaml:3:13: shelf.rack.height: it falls over",
                "f.yaml:5:47: processors[0].options.size: no room",
                "f.yaml:6:46: processors[1].retry_attempts: found -1; expected a whole number from 0"
                        + " to 100",
                "f.yaml:7:11: processors[2].id: processor 'b' is declared twice; the first is in line"
                        + " 6",
                "f.yaml:7:47: processors[2].options.size: no room");
    }

    @Test
    void findsAKeyInItsOtherSpellingAndBehindAPlaceholder() {
        refused(
                """
                shelf: { rack: { tallness: "{{nine}}" } }
                processors:
                  - { id: a, backend: shelf }
                """,
                "f.yaml:1:28: shelf.rack.height: it falls over");
    }

    @Test
    void tellsOfAKeyThatIsAbsentWhereItsBlockOrProcessorIs() {
        refused(
                """
                shelf: {}
                processors:
                  - { id: a, backend: shelf, colour: grey }
                """,
                "f.yaml:1:8: shelf.rack: there is none",
                "f.yaml:3:5: processors[0].options.size: too dull");
    }

    @Test
    void aValueThatDoesNotFitItsSpecIsNoMeasure() {
        refused(
                """
                shelf: { rack: { height: tall } }
                processors:
                  - { id: a, backend: shelf, options: { size: 3 } }
                  - { id: b, backend: shelf, options: { size: big } }
                """,
                "f.yaml:1:26: shelf.rack.height: found 'tall'; expected a whole number",
                "f.yaml:4:47: processors[1].options.size: found 'big'; expected a whole number");
    }

    @Test
    void callsAnOptionOfParametersByItsOwnName() {
        ProcessorParameters parameters =
                new ProcessorParameters(
                        "dagwasm:shelf:x",
                        "x",
                        "shelf",
                        List.of(),
                        List.of(new Parameter("size", "4")),
                        Map.of());

        assertThatThrownBy(() -> READER.read(parameters))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage("dagwasm:shelf:x: option.size: no room");
    }
}
