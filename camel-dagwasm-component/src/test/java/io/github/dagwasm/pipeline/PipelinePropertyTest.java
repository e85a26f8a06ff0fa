package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.github.dagwasm.spi.PipelineFileException;
import java.util.List;
import java.util.Random;
import java.util.regex.Pattern;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Reader and schema held against each other, and the reader against damaged files. */
class PipelinePropertyTest {

    private static final int FILES = 2000;

    /** What no schema can see; everything else that the reader refuses, the schema refuses too. */
    private static final Pattern UNSEEN =
            Pattern.compile(
                    "\\(from '"
                            + "|no value for the placeholder|'\\{\\{' without|a placeholder "
                            + "|is (declared|named|written) twice|depends on itself|cycle of"
                            + "|no processor '|expected at least two to merge|separates nothing"
                            + "|sha256: found [0-9.]");

    /** Where a placeholder stands for one of these, the schema cannot know which keys are right. */
    private static final Pattern DECIDES_BY_PLACEHOLDER =
            Pattern.compile("\\b(backend|type|impl|processor|mode|resolve): \"\\{\\{");

    static LongStream moreSeeds() {
        return LongStream.of(2, new Random().nextLong());
    }

    @Tag("ci")
    @ParameterizedTest(name = "seed {0}")
    @MethodSource("moreSeeds")
    void theSameHoldsForMoreSeeds(long seed) {
        schemaAndReaderAgree(seed);
        readsDamagedTextOrSaysWhyNot(seed);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 1)
    void schemaAndReaderAgree(long seed) {
        MutatedPipelines files = new MutatedPipelines(seed);
        int accepted = 0;
        int refused = 0;

        for (int i = 0; i < FILES; i++) {
            String yaml = files.next();
            List<String> faults = faults(yaml);
            var complaints = PipelineSchemaTest.complaints(yaml);
            String story = "seed " + seed + ", file " + i + "\n" + yaml + faults;
            if (faults.isEmpty()) {
                accepted++;
                assertThat(complaints).as(story).isEmpty();
            } else if (faults.stream().anyMatch(f -> !UNSEEN.matcher(f).find())
                    && !DECIDES_BY_PLACEHOLDER.matcher(yaml).find()) {
                refused++;
                assertThat(complaints).as(story).isNotEmpty();
            }
        }

        assertThat(accepted).as("seed " + seed).isGreaterThan(FILES / 5);
        assertThat(refused).as("seed " + seed).isGreaterThan(FILES / 5);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = 1)
    void readsDamagedTextOrSaysWhyNot(long seed) {
        Random random = new Random(seed);
        String damage = "{}[]:,-&*!|>'\"%@`#?\t \n\u0000\u0085\u2028👍~<=aé0.";
        int[] parts = damage.codePoints().toArray();

        for (int i = 0; i < FILES; i++) {
            StringBuilder yaml = new StringBuilder(PipelineReaderTest.FULL);
            for (int change = random.nextInt(4); change >= 0; change--) {
                int at = random.nextInt(yaml.length());
                yaml.delete(at, Math.min(yaml.length(), at + random.nextInt(4)));
                yaml.insert(at, Character.toString(parts[random.nextInt(parts.length)]));
            }

            assertThatCode(() -> readOrRefuse(yaml.toString()))
                    .as("seed " + seed + ", file " + i + "\n" + yaml)
                    .doesNotThrowAnyException();
        }
    }

    private static void readOrRefuse(String yaml) {
        try {
            assertThat(PipelineFiles.read(yaml).processors()).isNotEmpty();
        } catch (PipelineFileException e) {
            assertThat(e.faults()).isNotEmpty().allSatisfy(f -> assertThat(f.line()).isPositive());
        }
    }
}
