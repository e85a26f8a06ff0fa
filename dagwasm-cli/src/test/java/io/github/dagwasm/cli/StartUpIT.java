package io.github.dagwasm.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands about one pipeline start fast, since they load nothing that they do not need. */
class StartUpIT {

    private static final Path ROOT =
            Path.of(System.getProperty("basedir", "")).toAbsolutePath().getParent();

    @TempDir Path folder;

    @Test
    void runLoadsNoClassOfCamel() throws Exception {
        Path loaded = folder.resolve("loaded.txt");
        ProcessBuilder builder =
                new ProcessBuilder(
                                ROOT.resolve("dagwasm").toString(),
                                "run",
                                "examples/demos/04-wasm-integration.dagwasm.yaml",
                                "hello")
                        .directory(ROOT.toFile())
                        .redirectOutput(folder.resolve("out.txt").toFile())
                        .redirectError(folder.resolve("err.txt").toFile());
        builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
        builder.environment().put("DAGWASM_JAVA_OPTS", "-Xlog:class+load:file=" + loaded);

        int code = builder.start().waitFor();

        assertThat(code).isZero();
        assertThat(Files.readAllLines(loaded))
                .anyMatch(line -> line.contains("io.github.dagwasm.cli.ServeCommand"))
                .noneMatch(line -> line.contains("org.apache.camel"));
    }
}
