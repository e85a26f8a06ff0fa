package io.github.dagwasm.camel;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The files that a page shows: in AsciiDoc the blocks of YAML, Java and properties, each named by
 * its title; in Markdown the blocks of YAML and properties whose first line is a comment with a
 * name and nothing else.
 */
final class DocumentedFiles {

    static final Path COMPONENT_PAGE = Path.of("src/main/docs/dagwasm-component.adoc");
    static final Path LANGUAGE_PAGE = Path.of("src/main/docs/dagwasm-language.adoc");
    static final Path README = Path.of("../README.md");
    static final Path SECURITY = Path.of("../SECURITY.md");

    private static final Pattern ASCIIDOC =
            Pattern.compile(
                    "(?:^\\.(\\S+)\\R)?^\\[source,(?:yaml|java|properties)]\\R----\\R(.*?)^----$",
                    Pattern.DOTALL | Pattern.MULTILINE);
    private static final Pattern MARKDOWN =
            Pattern.compile(
                    "^```(?:yaml|properties)\\R(?=# (\\S+)\\R)(.*?)^```$",
                    Pattern.DOTALL | Pattern.MULTILINE);

    private DocumentedFiles() {}

    /** What the component's page shows, by path. */
    static Map<String, String> ofComponentPage() throws IOException {
        return blocks(COMPONENT_PAGE, ASCIIDOC);
    }

    /** What the language's page shows, by path. */
    static Map<String, String> ofLanguagePage() throws IOException {
        return blocks(LANGUAGE_PAGE, ASCIIDOC);
    }

    /** What the README shows, by path. */
    static Map<String, String> ofReadme() throws IOException {
        return blocks(README, MARKDOWN);
    }

    /** What SECURITY.md shows, by path. */
    static Map<String, String> ofSecurityPage() throws IOException {
        return blocks(SECURITY, MARKDOWN);
    }

    /** Writes them below a folder; the Java sources among them. */
    static List<Path> write(Map<String, String> files, Path folder) throws IOException {
        List<Path> sources = new ArrayList<>();
        for (Map.Entry<String, String> file : files.entrySet()) {
            Path path = folder.resolve(file.getKey());
            Files.createDirectories(path.getParent());
            Files.writeString(path, file.getValue());
            if (file.getKey().endsWith(".java")) {
                sources.add(path);
            }
        }
        return sources;
    }

    private static Map<String, String> blocks(Path page, Pattern pattern) throws IOException {
        Map<String, String> files = new LinkedHashMap<>();
        Matcher block = pattern.matcher(Files.readString(page));
        while (block.find()) {
            if (block.group(1) == null) {
                throw new IllegalArgumentException(
                        page + ": a block has no title to name its file:\n" + block.group());
            }
            if (files.put(block.group(1), block.group(2)) != null) {
                throw new IllegalArgumentException(
                        page + ": two blocks have the title " + block.group(1));
            }
        }
        return files;
    }
}
