package io.github.dagwasm.wasm.engine.chicory;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dagwasm.wasm.engine.DeepGuests;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A recursion ends where its weight says, whatever the JVM has compiled. */
class StackDepthTest {

    /** Enough for all compilers to have had their turn; each guest is called so often. */
    private static final int FEW = 40;

    /** Enough for a compiler that compiles everything at once, or nothing. */
    private static final int TWICE = 2;

    private static final String THIS_JAVA = System.getProperty("java.home");

    @Test
    void theSameRecursionEndsTheSameWayEachTime() throws Exception {
        List<String> cold = DeepGuests.ends(1);

        assertThat(DeepGuests.ends(40)).isEqualTo(cold);
        assertThat(cold).allMatch(end -> end.contains("of call stack is exceeded"), "end");
    }

    @Tag("ci")
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-Xmixed"})
    void itEndsTheSameWayUnderEachCompiler(String flag) throws Exception {
        assertThat(child(THIS_JAVA, flag, times(flag))).isEqualTo(DeepGuests.ends(1));
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(
            strings = {
                "-Xint",
                "-Xcomp",
                "-XX:TieredStopAtLevel=1",
                "-XX:-TieredCompilation",
                "-Xmixed"
            })
    void itEndsTheSameWayFourHundredTimes(String flag) throws Exception {
        assertThat(child(THIS_JAVA, flag, 400)).isEqualTo(DeepGuests.ends(1));
    }

    @Tag("ci")
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-Xmixed"})
    void itEndsTheSameWayOnJava25(String flag) throws Exception {
        Path java = java25();
        assumeTrue(
                Files.isDirectory(java),
                "there is no JDK 25: JAVA25_HOME is not set, and none is in /usr/lib/jvm");

        assertThat(child(java.toString(), flag, times(flag))).isEqualTo(DeepGuests.ends(1));
    }

    private static int times(String flag) {
        return flag.equals("-Xint") || flag.equals("-Xcomp") ? TWICE : FEW;
    }

    private static Path java25() throws Exception {
        String home = System.getenv("JAVA25_HOME");
        Path installed = Path.of("/usr/lib/jvm");
        if (home != null || !Files.isDirectory(installed)) {
            return Path.of(home == null ? "absent" : home);
        }
        try (var homes = Files.list(installed)) {
            return homes.filter(path -> path.getFileName().toString().contains("25"))
                    .findFirst()
                    .orElse(Path.of("absent"));
        }
    }

    private static List<String> child(String home, String flag, int times) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Path.of(home, "bin", "java").toString());
        command.add(flag);
        command.add("-Dorg.slf4j.simpleLogger.defaultLogLevel=error");
        command.add("-cp");
        command.add(
                System.getProperty(
                        "surefire.test.class.path", System.getProperty("java.class.path")));
        command.add(DeepGuests.class.getName());
        command.add(Integer.toString(times));
        Process java = new ProcessBuilder(command).start();
        String output = new String(java.getInputStream().readAllBytes(), UTF_8);
        assertThat(java.waitFor()).as(output).isZero();
        return output.lines().collect(Collectors.toList());
    }
}
