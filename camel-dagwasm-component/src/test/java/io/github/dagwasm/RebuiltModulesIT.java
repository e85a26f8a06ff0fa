package io.github.dagwasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Builds the guest modules anew, where Debian 12's compilers are there, and compares the bytes. */
class RebuiltModulesIT {

    private static final Path FOLDER = Path.of("..", "wasm_modules");
    private static final int SOMETHING_IS_MISSING = 2;

    static List<String> modules() throws IOException {
        try (Stream<Path> files = Files.list(FOLDER)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".wasm"))
                    .map(name -> name.substring(0, name.length() - ".wasm".length()))
                    .sorted()
                    .toList();
        }
    }

    @ParameterizedTest
    @MethodSource("modules")
    void everyModuleIsWhatItsSourceGives(String module) throws Exception {
        Process build =
                new ProcessBuilder("bash", "build.sh", "--check", "--offline", module)
                        .directory(FOLDER.toFile())
                        .redirectErrorStream(true)
                        .start();
        String said = new String(build.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        int status = build.waitFor();

        assumeTrue(status != SOMETHING_IS_MISSING, said);
        assertThat(said).isEqualTo(module + ": as the source gives it\n");
        assertThat(status).isZero();
    }
}
