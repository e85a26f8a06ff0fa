package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Commands about one pipeline or module start fast, since they load nothing that they do not need.
 */
class StartUpIT {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "run examples/demos/04-wasm-integration.dagwasm.yaml hello",
                "inspect wasm_modules/hello_world.wasm"
            })
    void loadsNoClassOfCamel(String command) throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        List<String> words = new ArrayList<>(List.of(ROOT.resolve("dagwasm").toString()));
        words.addAll(List.of(command.split(" ")));
        ProcessBuilder builder =
                new ProcessBuilder(words)
                        .directory(ROOT.toFile())
                        .redirectOutput(folder.resolve("out.txt").toFile())
                        .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DAGWASM_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);

        int code = builder.start().waitFor();

        assertThat(code).isZero();
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("io.github.dagwasm.cli.Dagwasm "))
                .noneMatch(line -> line.contains("org.apache.camel"));
    }
}
