package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs every command that a README shows and compares what it prints with what the README says. It
 * looks at README.md at the root of the project, every README.md below examples,
 * wasm_modules/README.md, and the pages of docs/guests.
 *
 * <p>What is run stands in blocks fenced as {@code console}, see {@link ConsoleBlocks}. Every
 * command runs as written, in a bash of its own, in the root of the project, wherever the README
 * lies. Standard output and error must together be the documented output to the letter, but for the
 * times measured, see {@link DocumentedCommand#withoutMeasures}. A status that matters is shown by
 * the command itself: {@code ...; echo "exit code $?"}. Commands that need the network or build
 * something stand in blocks fenced as {@code sh}, which are not run. A README without any {@code
 * console} block fails.
 *
 * <p>The launcher must find the build of this very {@code mvn verify}: if it built again it would
 * say so, and the output would differ.
 */
class DocumentationIT {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    private static final Path README = ROOT.resolve("README.md");

    /** Its commands need Go: CompiledProgramsIT compiles and runs what it shows. */
    private static final Path WITHOUT_COMMANDS = ROOT.resolve("docs/guests/go.md");

    @TestFactory
    Stream<DynamicContainer> commandsPrintWhatTheReadmeSays() throws IOException {
        return commands(List.of(README));
    }

    @Tag("ci")
    @TestFactory
    Stream<DynamicContainer> commandsPrintWhatTheOtherDocumentsSay() throws IOException {
        return commands(documents());
    }

    private static Stream<DynamicContainer> commands(List<Path> readmes) throws IOException {
        List<DynamicContainer> containers = new ArrayList<>();
        for (Path readme : readmes) {
            String name = ROOT.relativize(readme).toString();
            List<DynamicTest> tests = new ArrayList<>();
            List<DocumentedCommand> commands = ConsoleBlocks.parse(name, Files.readString(readme));
            for (DocumentedCommand command : commands) {
                String label = name + ":" + command.line() + ": " + command.script().strip();
                tests.add(DynamicTest.dynamicTest(label, () -> check(label, command)));
            }
            tests.add(
                    DynamicTest.dynamicTest(
                            name + " shows commands",
                            () ->
                                    assertThat(commands.isEmpty())
                                            .as("%s without commands", name)
                                            .isEqualTo(readme.equals(WITHOUT_COMMANDS))));
            containers.add(DynamicContainer.dynamicContainer(name, tests));
        }
        return containers.stream();
    }

    private static List<Path> documents() throws IOException {
        List<Path> documents = new ArrayList<>();
        for (String folder : List.of("examples", "wasm_modules")) {
            int depth = folder.equals("examples") ? Integer.MAX_VALUE : 1;
            try (Stream<Path> files = Files.walk(ROOT.resolve(folder), depth)) {
                files.filter(file -> file.endsWith("README.md")).sorted().forEach(documents::add);
            }
        }
        try (Stream<Path> pages = Files.list(ROOT.resolve("docs/guests"))) {
            pages.filter(page -> page.toString().endsWith(".md")).sorted().forEach(documents::add);
        }
        return documents;
    }

    private static void check(String label, DocumentedCommand command) throws Exception {
        String printed = command.run(ROOT);

        assertThat(DocumentedCommand.withoutMeasures(printed))
                .as("%s", label)
                .isEqualTo(DocumentedCommand.withoutMeasures(command.output()));
    }
}
