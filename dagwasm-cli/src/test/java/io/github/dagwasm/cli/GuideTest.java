package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * What the guide's pages show besides commands, which {@link DocumentationIT} runs. A block of
 * source has a link to its file in the paragraph above it, and is that file or a part of it; a
 * block of YAML is a pipeline file. Links lead somewhere.
 */
class GuideTest {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();
    private static final Path GUIDE = ROOT.resolve("docs/guests");

    private static final Set<String> SOURCES =
            Set.of("rust", "c", "go", "typescript", "wat", "toml");
    private static final Set<String> OTHERS = Set.of("console", "sh", "yaml");
    private static final Pattern BLOCK =
            Pattern.compile("(?ms)^([^\\n]*)\\n\\n?```(\\w*)\\n(.*?)^```$");
    private static final Pattern LINK = Pattern.compile("\\]\\((?!https?:)([^)#]+)(#[^)]*)?\\)");

    @TempDir private Path folder;

    /** A fenced block, and the line above it. */
    private record Block(Path page, String above, String language, String content) {

        private String file() {
            Matcher link = LINK.matcher(above);
            assertThat(link.find()).as("a link to the file above the block of %s", page).isTrue();
            return link.group(1);
        }
    }

    @TestFactory
    Stream<DynamicTest> sourcesAreTheFilesThatTheyAreSaidToBe() throws IOException {
        return blocks().filter(block -> SOURCES.contains(block.language()))
                .map(
                        block ->
                                DynamicTest.dynamicTest(
                                        block.page().getFileName() + ": " + block.file(),
                                        () ->
                                                assertThat(Files.readString(linked(block)))
                                                        .contains(block.content())));
    }

    @TestFactory
    Stream<DynamicTest> pipelinesAreValid() throws IOException {
        return blocks().filter(block -> block.language().equals("yaml"))
                .map(
                        block ->
                                DynamicTest.dynamicTest(
                                        block.page().getFileName() + ": " + block.above(),
                                        () -> validate(block.content())));
    }

    @Test
    void everyBlockIsOfAKindThatIsTested() throws IOException {
        assertThat(blocks().map(Block::language))
                .isNotEmpty()
                .allMatch(language -> SOURCES.contains(language) || OTHERS.contains(language));
        for (Path page : pages()) {
            long fences = Files.readString(page).lines().filter(l -> l.startsWith("```")).count();
            assertThat(blocksOf(page)).as("blocks of %s", page).hasSize((int) (fences / 2));
        }
    }

    @Test
    void everyLanguageHasAPageThatTheIndexLinks() throws IOException {
        List<String> linked = new ArrayList<>();
        Matcher link = LINK.matcher(Files.readString(GUIDE.resolve("README.md")));
        while (link.find()) {
            linked.add(link.group(1));
        }

        assertThat(linked)
                .containsAll(
                        pages().stream()
                                .map(page -> page.getFileName().toString())
                                .filter(name -> !name.equals("README.md"))
                                .toList());
    }

    @Test
    void linksLeadSomewhere() throws IOException {
        for (Path page : pages()) {
            Matcher link = LINK.matcher(Files.readString(page));
            while (link.find()) {
                assertThat(GUIDE.resolve(link.group(1)).normalize()).as("%s", page).exists();
            }
        }
    }

    private void validate(String yaml) throws IOException {
        Path file = folder.resolve("guide.dagwasm.yaml");
        String modules = "module: " + ROOT.resolve("wasm_modules") + "/";
        Files.writeString(file, yaml.replace("module: wasm_modules/", modules));

        Answer answer = Shell.dagwasm("validate", file.toString());

        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isZero();
    }

    private static Path linked(Block block) {
        return GUIDE.resolve(block.file()).normalize();
    }

    private static Stream<Block> blocks() throws IOException {
        List<Block> blocks = new ArrayList<>();
        for (Path page : pages()) {
            blocks.addAll(blocksOf(page));
        }
        return blocks.stream();
    }

    private static List<Block> blocksOf(Path page) throws IOException {
        List<Block> blocks = new ArrayList<>();
        Matcher block = BLOCK.matcher(Files.readString(page));
        while (block.find()) {
            blocks.add(new Block(page, block.group(1), block.group(2), block.group(3)));
        }
        return blocks;
    }

    private static List<Path> pages() throws IOException {
        try (Stream<Path> files = Files.list(GUIDE)) {
            return files.filter(file -> file.toString().endsWith(".md")).sorted().toList();
        }
    }
}
