package io.github.dagwasm.pipeline;

import static io.github.dagwasm.pipeline.PipelineFiles.faults;
import static io.github.dagwasm.pipeline.PipelineFiles.processor;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ResourceFolder;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What keeps a file from being read at all, and what must not keep the reader from ending. */
@Timeout(600)
class PipelineFileTest {

    private static final String GOOD = "processors:\n" + processor("a", "");

    private final PipelineReader reader = new PipelineReader(SampleBackends.ALL, Placeholders.NONE);

    @TempDir private Path folder;

    @Test
    void readsAFileAndRemembersItsFolder() throws IOException {
        Path file = Files.writeString(folder.resolve("demo.dagwasm.yaml"), GOOD);

        PipelineDefinition pipeline = reader.read(file);

        assertThat(pipeline.name()).isEqualTo("demo");
        assertThat(pipeline.file()).isEqualTo(file.toString());
        assertThat(pipeline.directory()).contains(ResourceFolder.of(folder));
    }

    @Test
    void saysWhereAMissingFileWasExpected() {
        Path relative = Path.of("no-such-folder", "x.yaml");
        Path absolute = folder.resolve("x.yaml");

        assertThatThrownBy(() -> reader.read(relative))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        relative
                                + ":1:1: no such file; expected it at "
                                + relative.toAbsolutePath());
        assertThatThrownBy(() -> reader.read(absolute)).hasMessage(absolute + ":1:1: no such file");
    }

    @Test
    void refusesAFolder() {
        assertThatThrownBy(() -> reader.read(folder))
                .hasMessage(folder + ":1:1: found a folder; expected a file");
    }

    @Test
    void refusesMalformedUtf8AndNamesTheByte() throws IOException {
        byte[] bytes = "strict: true\noutput: é_\n".getBytes(StandardCharsets.UTF_8);
        bytes[bytes.length - 2] = (byte) 0xff;
        Path file = Files.write(folder.resolve("x.yaml"), bytes);

        assertThatThrownBy(() -> reader.read(file))
                .hasMessage(
                        file
                                + ":2:10: malformed UTF-8 at byte 23 (0xff); a pipeline file is UTF-8");
    }

    @Test
    void refusesAFileThatIsTooLarge() throws IOException {
        Path file = Files.write(folder.resolve("x.yaml"), new byte[(1 << 20) + 1]);

        assertThatThrownBy(() -> reader.read(file))
                .hasMessage(file + ":1:1: the file is too large; expected at most 1048576 bytes");
        assertThat(faults(" ".repeat((1 << 20) + 1)))
                .containsExactly("1:1: the file is too large; expected at most 1048576 bytes");
    }

    @Test
    void readsAScalarAsLargeAsAFileMayBe() {
        String yaml = "processors: []\noutput: '" + "9".repeat((1 << 20) - 26) + "'\n";

        assertThat(faults(yaml)).hasSize(1);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "''                        | 1:1: the file is empty; expected a pipeline",
                "'# only a comment'        | 1:1: the file is empty; expected a pipeline",
                "---                       | 1:4: the file is empty; expected a pipeline",
                "~                         | 1:1: the file is empty; expected a pipeline",
                "hello                     | 1:1: found 'hello'; expected a block of keys",
                "- a                       | 1:1: found a list; expected a block of keys",
                "!!set {a}                 | 1:1: found the tag 'tag:yaml.org,2002:set'; expected a block of keys",
                "a: 1#---#b: 2             | 2:1: a second document begins here; expected one pipeline in a file",
                "a: [1                     | 1:6: not YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>",
                "a: 1#  b: 2               | 2:4: not YAML: mapping values are not allowed here",
                "a: *b                     | 1:4: not YAML: found undefined alias b",
            })
    void refusesWhatIsNoPipeline(String yaml, String fault) {
        assertThat(faults(yaml.replace("#", yaml.startsWith("#") ? "#" : "\n")))
                .containsExactly(fault);
    }

    @Test
    void aByteOrderMarkIsNoPartOfTheText() throws IOException {
        Path file = Files.writeString(folder.resolve("x.yaml"), "\uFEFF" + GOOD);

        assertThat(reader.read(file).processors())
                .hasSameSizeAs(PipelineFiles.read(GOOD).processors());
        assertThat(PipelineFiles.read("\uFEFF" + GOOD).processors())
                .hasSameSizeAs(PipelineFiles.read(GOOD).processors());
    }

    @Test
    void placesFaultsAfterAByteOrderMarkAndLinesThatEndWithCrLf() {
        String text = "strict: 1\nprocessors:\n" + processor("a", ", nonsense: 1");

        assertThat(faults("\uFEFF" + text.replace("\n", "\r\n"))).isEqualTo(faults(text));
        assertThat(faults(text)).hasSize(2).first().asString().startsWith("1:9: strict: ");
    }

    @Test
    void namesTheByteOfMalformedUtf8AfterAByteOrderMark() throws IOException {
        byte[] bytes = "\uFEFFab_".getBytes(StandardCharsets.UTF_8);
        bytes[5] = (byte) 0xff;
        Path file = Files.write(folder.resolve("x.yaml"), bytes);

        assertThatThrownBy(() -> reader.read(file))
                .hasMessage(
                        file + ":1:3: malformed UTF-8 at byte 5 (0xff); a pipeline file is UTF-8");
    }

    @ParameterizedTest
    @CsvSource({
        "UTF-16, UTF-16", "UTF-16BE, UTF-16", "UTF-16LE, UTF-16",
        "UTF-32, UTF-32", "UTF-32BE, UTF-32", "UTF-32LE, UTF-32"
    })
    void refusesAnotherEncodingByItsName(String charset, String name) throws IOException {
        for (String text : List.of(GOOD, "\uFEFF" + GOOD)) {
            Path file = Files.write(folder.resolve("x.yaml"), text.getBytes(charset));

            assertThatThrownBy(() -> reader.read(file))
                    .hasMessage(file + ":1:1: the file is " + name + "; a pipeline file is UTF-8");
        }
    }

    @Test
    void refusesCharactersThatYamlHasNot() {
        assertThat(faults("a: 1\nb: x\u0007\n"))
                .containsExactly("2:5: not YAML: the character U+0007");
        assertThat(faults("a: \ud800\n")).containsExactly("1:4: not YAML: the character U+D800");
    }

    @Test
    void refusesAnEscapeOfMoreThan31Bits() {
        assertThat(faults("a: \"\\UFFFFFFFF\"\n"))
                .containsExactly("1:1: not YAML: an escape or a version has a number out of range");
    }

    @Test
    void refusesAnUnpairedSurrogateWrittenAsAnEscape() {
        assertThat(faults("processors:\n" + processor("\"x\\ud800\"", "")))
                .containsExactly("2:10: processors[0].id: an unpaired surrogate in 'x\\u{d800}'");
    }

    @Test
    void refusesDeepNestingWithoutRunningOutOfStack() {
        assertThat(faults("a: " + "[".repeat(100_000)))
                .containsExactly("1:53: lists and blocks are nested more than 50 deep");
        assertThat(faults("a: " + "{b: ".repeat(10_000)))
                .containsExactly("1:200: lists and blocks are nested more than 50 deep");
    }

    @Test
    void doesNotFollowWhatItDoesNotKnow() {
        StringBuilder laughs = new StringBuilder("a0: &a0 [lol, lol]\n");
        for (int i = 1; i < 40; i++) {
            laughs.append("a%d: &a%d [*a%d, *a%d]\n".formatted(i, i, i - 1, i - 1));
        }

        assertThat(faults(laughs + GOOD)).hasSize(40);
    }

    @Test
    void readsNodesThatContainThemselves() {
        String yaml =
                """
                processors: &all
                  - &me
                    id: a
                    backend: local
                    impl: prefix_suffix_adder
                    depends_on: *all
                    options: *me
                """;

        assertThat(faults(yaml))
                .containsExactly(
                        "2:5: processors[0].depends_on[0]: found a block of keys; expected a string",
                        "3:5: processors[0].options: unknown key 'id'; expected prefix or suffix",
                        "4:5: processors[0].options: unknown key 'backend'; expected prefix or suffix",
                        "5:5: processors[0].options: unknown key 'impl'; expected prefix or suffix",
                        "6:5: processors[0].options: unknown key 'depends_on'; expected prefix or"
                                + " suffix",
                        "7:5: processors[0].options: unknown key 'options'; expected prefix or suffix");
    }

    @Test
    void stopsWhereAliasesStandForTooMuch() {
        String list = "[" + "x,".repeat(10_000) + "x]";
        String yaml =
                "processors:\n"
                        + "  - &p {id: a, backend: local, impl: reverse_text, depends_on: "
                        + list
                        + "}\n"
                        + "  - *p\n".repeat(10_000);

        assertThat(faults(yaml))
                .hasSize(1)
                .allSatisfy(f -> assertThat(f).endsWith("stand for more than 1000000 values"));
    }

    @Test
    void listsAThousandFaultsAndCountsTheOthers() {
        String yaml = "processors:\n" + "  - {}\n".repeat(2000);

        assertThat(faults(yaml)).hasSize(1001).endsWith("501:5: 3000 more faults are not listed");
    }

    @Test
    void suggestsInBoundedTime() {
        StringBuilder yaml = new StringBuilder("processors:\n");
        for (int i = 0; i < 8000; i++) {
            yaml.append(
                    processor(
                            "processor_number_" + i, ", depends_on: [processor_nubmer_" + i + "]"));
        }

        assertThat(faults(yaml.toString())).hasSize(1001);
    }
}
