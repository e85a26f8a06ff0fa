package io.github.dagwasm.camel;

import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * An application with camel-core-engine, camel-core-languages, camel-direct and this library, and
 * what these bring; in a JVM of its own.
 */
@Tag("ci")
class SparseClassPathIT {

    private static final String NO_LOG =
            "dagwasm: there is no SLF4J provider on the class path, so warnings and the logs of guests"
                    + " are lost; add one, for instance org.slf4j:slf4j-simple, or"
                    + " org.slf4j:slf4j-nop if you want no log";

    /** Beginnings of the names of jars; this library is one of them where Maven packaged it. */
    private static final List<String> CAMEL =
            List.of(
                    "camel-api-",
                    "camel-base-",
                    "camel-core-engine-",
                    "camel-core-languages-",
                    "camel-core-model-",
                    "camel-core-processor-",
                    "camel-core-reifier-",
                    "camel-dagwasm-component-",
                    "camel-direct-",
                    "camel-management-api-",
                    "camel-support-",
                    "camel-util-");

    private static final List<String> LIBRARIES =
            List.of(
                    "snakeyaml-engine-",
                    "wasm-",
                    "runtime-",
                    "compiler-",
                    "log-",
                    "wasi-",
                    "asm-",
                    "jackson-core-",
                    "slf4j-api-");

    @TempDir Path folder;

    private record Said(List<String> out, List<String> errors) {}

    @BeforeEach
    void writePipeline() throws IOException {
        TestModule.write(folder.resolve("guest.wasm"), TestModules.append("!"));
        Files.writeString(
                folder.resolve("shout.dagwasm.yaml"),
                """
                processors:
                  - { id: upper, backend: local, impl: change_text_case_upper }
                  - { id: guest, backend: wasm, module: guest.wasm, depends_on: [upper] }
                """);
    }

    private Said run(Class<?> main, List<String> further) throws Exception {
        String path =
                Stream.of(System.getProperty("java.class.path").split(File.pathSeparator, -1))
                        .map(part -> Path.of(part).toAbsolutePath())
                        .filter(part -> Files.isDirectory(part) || isWanted(part, further))
                        .map(Path::toString)
                        .collect(joining(File.pathSeparator));
        Path out = folder.resolve("out");
        Path errors = folder.resolve("errors");
        Process process =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin/java").toString(),
                                "-XX:TieredStopAtLevel=1",
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                path,
                                main.getName())
                        .directory(folder.toFile())
                        .redirectOutput(out.toFile())
                        .redirectError(errors.toFile())
                        .start();
        process.waitFor();
        return new Said(Files.readAllLines(out), Files.readAllLines(errors));
    }

    private static boolean isWanted(Path jar, List<String> further) {
        String name = jar.getFileName().toString();
        return Stream.of(CAMEL, LIBRARIES, further)
                .flatMap(List::stream)
                .anyMatch(name::startsWith);
    }

    @Test
    void aPipelineFileIsARouteWithoutCamelFileAndCamelYamlDsl() throws Exception {
        Said said = run(SparseApplication.class, List.of("slf4j-simple-"));

        assertThat(said.errors()).isEmpty();
        assertThat(said.out())
                .containsExactlyElementsOf(
                        Stream.concat(
                                        SparseApplication.ABSENT.stream()
                                                .map(name -> name + ": absent"),
                                        Stream.of(
                                                "String: A STRING!",
                                                "byte[]: SOME BYTES!",
                                                "InputStream: A STREAM!",
                                                "File: OF A FILE!",
                                                "WrappedFile: OF A FILE!"))
                                .toList());
    }

    @Test
    void anApplicationWithoutALogIsToldSoOnce() throws Exception {
        Said said = run(TwoContexts.class, List.of());

        assertThat(said.out()).containsExactly("started", "started");
        assertThat(said.errors())
                .filteredOn(line -> !line.startsWith("SLF4J"))
                .containsExactly(NO_LOG);
    }

    @Test
    void anApplicationWithALogIsToldNothing() throws Exception {
        Said said = run(TwoContexts.class, List.of("slf4j-simple-"));

        assertThat(said.out()).containsExactly("started", "started");
        assertThat(said.errors()).isEmpty();
    }

    /** Starts the component twice. */
    static final class TwoContexts {

        private TwoContexts() {}

        /** Starts one context after another. */
        public static void main(String[] arguments) throws IOException {
            for (int i = 0; i < 2; i++) {
                try (var context = new DefaultCamelContext()) {
                    context.getComponent("dagwasm", DagWasmComponent.class).start();
                    System.out.println("started");
                }
            }
        }
    }
}
