package io.github.dagwasm.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.applications.ApplicationProcess.Said;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** The application with other versions of the libraries that this component stands on. */
@Tag("libraries")
class LibrariesIT {

    private static final Path JAR = Path.of(System.getProperty("application.jar"));

    /** Not the jar, whose manifest names all of the folder below. */
    private static final Path CLASSES = JAR.resolveSibling("classes");

    private static final Path LIB = JAR.resolveSibling("lib");
    private static final Path OTHER = JAR.resolveSibling("other");

    private static final String NO_LOG =
            "dagwasm: there is no SLF4J provider on the class path, so warnings and the logs of guests"
                    + " are lost; add one, for instance org.slf4j:slf4j-simple, or"
                    + " org.slf4j:slf4j-nop if you want no log\n";

    /** Runs it with some libraries in place of those of the same name. */
    private static Said run(List<String> others, String... without)
            throws IOException, InterruptedException {
        List<String> replaced = new ArrayList<>(List.of(without));
        others.forEach(jar -> replaced.add(jar.replaceFirst("-[0-9].*", "")));
        List<Path> path = new ArrayList<>();
        others.forEach(jar -> path.add(OTHER.resolve(jar + ".jar")));
        try (Stream<Path> lib = Files.list(LIB)) {
            lib.filter(
                            jar ->
                                    !replaced.contains(
                                            jar.getFileName()
                                                    .toString()
                                                    .replaceFirst("-[0-9].*", "")))
                    .forEach(path::add);
        }
        path.add(CLASSES);
        assertThat(path).allMatch(Files::exists);
        return ApplicationProcess.run(path, "io.github.dagwasm.applications.Application");
    }

    private static void requireWork(Said said) {
        assertThat(said.out())
                .contains("answer: hello world-wasm", "shout: HELLO WORLD", "beside: HELLO WORLD");
        assertThat(said.code()).isZero();
    }

    @Test
    void worksBesideCamelsOwnComponentWithTheChicoryOfThisOne() throws Exception {
        requireWork(run(List.of()));
    }

    @Test
    void theChicoryOfCamelsOwnComponentFailsTheStart() throws Exception {
        Said said = run(List.of("wasm-1.6.1", "runtime-1.6.1"));

        assertThat(said.out())
                .contains(
                        ": com.dylibso.chicory:wasm is 1.6.1, but dagwasm is built with 1.7.5 and"
                                + " works with no other; com.dylibso.chicory:runtime is 1.6.1, but"
                                + " dagwasm is built with 1.7.5 and works with no other; manage the"
                                + " version in the application's POM, before the BOMs that it imports\n");
        assertThat(said.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @CsvSource({
        "asm-9.7.1, org.ow2.asm:asm is 9.7.1, 9.9.1, 9.8 and later 9.x",
        "asm-commons-9.8, org.ow2.asm:asm-commons is 9.8, 9.9.1, 9.9 and later 9.x",
        "jackson-core-2.16.2, com.fasterxml.jackson.core:jackson-core is 2.16.2, 2.18.3, 2.17 and later 2.x",
        "snakeyaml-engine-2.10, org.snakeyaml:snakeyaml-engine is 2.10, 3.0.1, 3.0 and later 3.x"
    })
    void aLibraryThatIsTooOldFailsTheStart(
            String other, String found, String built, String accepted) throws Exception {
        Said said = run(List.of(other));

        assertThat(said.out())
                .contains(
                        ": "
                                + found
                                + ", but dagwasm is built with "
                                + built
                                + " and works with "
                                + accepted
                                + " only; manage the version in the application's POM, before the"
                                + " BOMs that it imports\n");
        assertThat(said.code()).isEqualTo(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "asm-9.8",
                "asm-9.9 asm-commons-9.9 asm-tree-9.9 asm-analysis-9.9 asm-util-9.9",
                "asm-9.10.1 asm-commons-9.10.1 asm-tree-9.10.1 asm-analysis-9.10.1 asm-util-9.10.1",
                "jackson-core-2.17.3",
                "jackson-core-2.22.1",
                "slf4j-api-1.7.36 slf4j-simple-1.7.36"
            })
    void worksWithAnotherVersion(String others) throws Exception {
        Said said = run(List.of(others.split(" ")));

        requireWork(said);
        assertThat(said.out()).doesNotContain(NO_LOG);
    }

    @ParameterizedTest
    @ValueSource(strings = {"slf4j-api-2.0.18", "slf4j-api-1.7.36"})
    void anApplicationWithoutALogIsToldSo(String api) throws Exception {
        Said said = run(List.of(api), "slf4j-simple");

        requireWork(said);
        assertThat(said.out()).containsOnlyOnce(NO_LOG);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"slf4j-api-2.0.18 slf4j-nop-2.0.18", "slf4j-api-1.7.36 slf4j-nop-1.7.36"})
    void anApplicationThatWantsNoLogIsToldNothing(String others) throws Exception {
        Said said = run(List.of(others.split(" ")), "slf4j-simple");

        requireWork(said);
        assertThat(said.out()).doesNotContain("SLF4J");
    }

    /** SLF4J 2 does not see it either. */
    @Test
    void aProviderOfAnOlderSlf4jIsNone() throws Exception {
        Said said = run(List.of("slf4j-api-2.0.18", "slf4j-simple-1.7.36"));

        requireWork(said);
        assertThat(said.out()).containsOnlyOnce(NO_LOG);
    }
}
