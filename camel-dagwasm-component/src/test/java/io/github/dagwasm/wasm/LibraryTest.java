package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.FieldSource;

class LibraryTest {

    private static final String PROPERTIES = "META-INF/maven/org.example/engine/pom.properties";

    /** For the parameters of a test. */
    static final Iterable<Library> ALL = Libraries.ALL;

    @TempDir Path folder;

    private Optional<String> problem(Library library, Map<String, String> files)
            throws IOException {
        Path jar = folder.resolve("engine.jar");
        try (ZipOutputStream out = new ZipOutputStream(Files.newOutputStream(jar))) {
            out.putNextEntry(new ZipEntry("org/example/Engine.class"));
            for (Map.Entry<String, String> file : files.entrySet()) {
                out.putNextEntry(new ZipEntry(file.getKey()));
                out.write(file.getValue().getBytes(UTF_8));
            }
        }
        try (URLClassLoader loader = new URLClassLoader(new URL[] {jar.toUri().toURL()}, null)) {
            return library.problem(loader);
        }
    }

    private static Library engine(String built, String lowest) {
        return new Library(
                "org.example", "engine", "org/example/Engine.class", "bundle", built, lowest);
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void isBuiltWithTheVersionOfThisBuild(Library library) {
        assertThat(library.found(LibraryTest.class.getClassLoader())).hasValue(library.built());
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void isOnTheComponentsPage(Library library) throws IOException {
        String works =
                library.lowest().equals(library.built())
                        ? "no other"
                        : library.lowest() + " and later";

        assertThat(Files.readString(Path.of("src/main/docs/dagwasm-component.adoc")).lines())
                .anyMatch(
                        line ->
                                line.startsWith("| `" + library.group())
                                        && line.matches(".*[`:]" + library.artifact() + "`.*")
                                        && line.contains(" | " + library.built() + " | " + works));
    }

    @ParameterizedTest
    @FieldSource("ALL")
    void worksWithTheVersionOfThisBuild(Library library) {
        assertThat(library.problem(LibraryTest.class.getClassLoader())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1.7.4", "1.7.6", "1.6.5", "2.7.5", "1.7"})
    void anyOtherVersionIsNamedIfOnlyOneWorks(String version) throws IOException {
        assertThat(problem(engine("1.7.5", "1.7.5"), Map.of(PROPERTIES, "version=" + version)))
                .hasValue(
                        "org.example:engine is %s, but dagwasm is built with 1.7.5 and works with no other"
                                .formatted(version));
    }

    @ParameterizedTest
    @CsvSource({"9.8", "9.8.2", "8.100", "10.0"})
    void aVersionThatIsTooLowOrOfAnotherKindIsNamed(String version) throws IOException {
        assertThat(problem(engine("9.9.1", "9.9"), Map.of(PROPERTIES, "version=" + version)))
                .hasValue(
                        "org.example:engine is %s, but dagwasm is built with 9.9.1 and works with 9.9 and later 9.x only"
                                .formatted(version));
    }

    @ParameterizedTest
    @CsvSource({"9.9", "9.9.0", "9.9.1", "9.10", "9.9.1.redhat-00003", "a-snapshot"})
    void aVersionThatWorksAndOneThatNobodyKnowsAreNoProblem(String version) throws IOException {
        assertThat(problem(engine("9.9.1", "9.9"), Map.of(PROPERTIES, "version=" + version)))
                .isEmpty();
    }

    @Test
    void aRebuildOfTheOnlyVersionThatWorksIsNoProblem() throws IOException {
        assertThat(
                        problem(
                                engine("1.7.5", "1.7.5"),
                                Map.of(PROPERTIES, "version=1.7.5.redhat-00003")))
                .isEmpty();
    }

    @Test
    void theManifestTellsTheVersionOfItsOwnBundle() throws IOException {
        String manifest =
                """
                Manifest-Version: 1.0
                Bundle-SymbolicName: %s
                Bundle-Version: 9.8
                """;
        Library library = engine("9.9.1", "9.9");

        assertThat(problem(library, Map.of("META-INF/MANIFEST.MF", manifest.formatted("bundle"))))
                .isPresent();
        assertThat(problem(library, Map.of("META-INF/MANIFEST.MF", manifest.formatted("uber"))))
                .isEmpty();
    }

    @Test
    void aJarThatTellsNothingIsNoProblem() throws IOException {
        assertThat(problem(engine("1.7.5", "1.7.5"), Map.of())).isEmpty();
    }

    @Test
    void aLibraryThatIsAbsentIsNoProblem() throws IOException {
        try (URLClassLoader none = new URLClassLoader(new URL[0], null)) {
            assertThat(engine("1.7.5", "1.7.5").problem(none)).isEmpty();
        }
    }
}
