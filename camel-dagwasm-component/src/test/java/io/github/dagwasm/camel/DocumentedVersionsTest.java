package io.github.dagwasm.camel;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** That the component's page and the README name the versions that are built and tested. */
class DocumentedVersionsTest {

    private static final Path PROJECT = Path.of("..");

    private static final Pattern IMPORT =
            Pattern.compile(
                    "<groupId>([^<]+)</groupId>\\s*<artifactId>([^<]+)</artifactId>\\s*"
                            + "<version>([^<]+)</version>\\s*<type>pom</type>\\s*<scope>import");

    private static final Pattern REFERENCE = Pattern.compile("\\$\\{([^}]+)}");
    private static final Pattern ROW =
            Pattern.compile("(?m)^\\| [^|]+ \\| (`.+:.+`) \\| ([0-9.]+)$");
    private static final Pattern XML =
            Pattern.compile("(?s)(<dependencyManagement>.*?</dependencyManagement>)");

    private static String text(String path) throws IOException {
        return Files.readString(PROJECT.resolve(path));
    }

    private static String page() throws IOException {
        return text("camel-dagwasm-component/src/main/docs/dagwasm-component.adoc");
    }

    private static String property(String pom, String name) {
        Matcher matcher = Pattern.compile("<" + Pattern.quote(name) + ">([^<]+)</").matcher(pom);
        assertThat(matcher.find()).as(name).isTrue();
        return matcher.group(1);
    }

    /** The BOMs that a POM imports, as the page writes them, and the version of Camel. */
    private static String versions(Path path) {
        String pom;
        try {
            pom = Files.readString(path);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        String boms =
                IMPORT.matcher(pom)
                        .results()
                        .map(
                                bom ->
                                        "`%s:%s:%s`"
                                                .formatted(
                                                        bom.group(1),
                                                        bom.group(2),
                                                        resolved(pom, bom.group(3))))
                        .collect(joining(", "));
        return boms + ", Camel " + property(pom, "camel.version");
    }

    private static String resolved(String pom, String version) {
        return REFERENCE.matcher(version).replaceAll(name -> property(pom, name.group(1)));
    }

    @Test
    void thePagesTableHasTheBomsOfEachApplication() throws IOException {
        List<String> applications = new ArrayList<>();
        try (Stream<Path> folders = Files.list(PROJECT.resolve("applications"))) {
            folders.map(folder -> folder.resolve("pom.xml"))
                    .filter(Files::exists)
                    .forEach(pom -> applications.add(versions(pom)));
        }

        assertThat(ROW.matcher(page()).results())
                .extracting(row -> row.group(1) + ", Camel " + row.group(2))
                .hasSizeGreaterThan(5)
                .containsExactlyInAnyOrderElementsOf(applications);
    }

    @Test
    void whatQuarkusNeedsIsWhatItsApplicationHas() throws IOException {
        String pom = blanksAsOne(text("applications/quarkus/pom.xml"));

        for (String document : List.of(page(), text("README.md"))) {
            List<String> shown = XML.matcher(document).results().map(MatchResult::group).toList();
            assertThat(shown).hasSize(1);
            assertThat(pom).contains(blanksAsOne(shown.get(0)));
        }
    }

    @Test
    void theReadmeHasTheTestedPairs() throws IOException {
        String readme = blanksAsOne(text("README.md"));
        String quarkus = text("applications/quarkus/pom.xml");

        for (String application : List.of("boot-3", "boot-4")) {
            String pom = text("applications/" + application + "/pom.xml");
            assertThat(readme)
                    .contains(
                            "Spring Boot %s with Camel %s"
                                    .formatted(
                                            property(pom, "spring-boot.version"),
                                            property(pom, "camel.version")));
        }
        assertThat(readme)
                .contains(
                        "Quarkus %s with Camel Quarkus %s."
                                .formatted(
                                        property(quarkus, "quarkus.version"),
                                        property(quarkus, "camel-quarkus.version")));
    }

    private static String blanksAsOne(String text) {
        return text.replaceAll("\\s+", " ");
    }

    @Test
    void theLowestIsWhatTheComponentIsCompiledWithAndCiTestsTheOthers() throws IOException {
        String lowest = property(text("pom.xml"), "camel.lowest.version");
        Matcher newer = Pattern.compile("newer_camels=\\((.+) (.+)\\)").matcher(text(".ci/run"));
        assertThat(newer.find()).isTrue();

        assertThat(page().replaceAll("\\s+", " "))
                .contains(
                        "Camel %s to %s.".formatted(minor(lowest), minor(newer.group(2))),
                        "is compiled with Camel %s. Its tests run with %s, %s and %s,"
                                .formatted(lowest, lowest, newer.group(1), newer.group(2)));
        assertThat(blanksAsOne(text("README.md")))
                .contains("Camel %s to %s".formatted(minor(lowest), minor(newer.group(2))));
    }

    private static String minor(String version) {
        return version.substring(0, version.lastIndexOf('.'));
    }
}
