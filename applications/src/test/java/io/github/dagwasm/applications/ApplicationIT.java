package io.github.dagwasm.applications;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The executable jar, in a process of its own. */
class ApplicationIT {

    private static final String JAR = System.getProperty("application.jar");

    private record Said(int code, String out) {}

    private static Said run(String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-XX:TieredStopAtLevel=1", "-jar", JAR));
        for (String argument : arguments) {
            command.add("--camel.component.dagwasm." + argument);
        }
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("CAMEL_COMPONENT_DAGWASM_POOL_SIZE", "3");
        Process process = builder.start();
        String out =
                new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Said(process.waitFor(), out);
    }

    @Test
    void answersWithTheOptionsOfItsFileAndItsEnvironment() throws Exception {
        Said said = run();

        assertThat(said.out())
                .contains(
                        "Spring Boot " + System.getProperty("spring-boot.version"),
                        "Camel " + System.getProperty("camel.version"),
                        "answer: hello world-wasm",
                        "moduleRoots: classpath:modules/",
                        "memoryMbCeiling: 16",
                        "timeoutCeiling: PT2S",
                        "admission: {module_bytes=100000}",
                        "poolSize: 3");
        assertThat(said.out()).containsPattern("health: .*UP.*dagwasm");
        assertThat(said.code()).isZero();
    }

    @Test
    void aModuleOutsideOfTheRootsFailsTheStart() throws Exception {
        Said said = run("module-roots=classpath:pipelines/");

        assertThat(said.out()).contains("processors[1].module: ");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void aLimitAboveItsCeilingFailsTheStart() throws Exception {
        Said said = run("memoryMbCeiling=4");

        assertThat(said.out())
                .contains("processors[1].limits.memory_mb: ", "memoryMbCeiling of the component");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void aKeyThatIsNotKnownFailsTheStart() throws Exception {
        Said said = run("modul-roots=classpath:");

        assertThat(said.out())
                .contains(
                        "APPLICATION FAILED TO START",
                        "camel.component.dagwasm.modul-roots: there is no such option (did you mean"
                                + " 'moduleRoots'?)");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void aValueThatTheComponentRefusesFailsTheStart() throws Exception {
        Said said = run("max-instances=0");

        assertThat(said.out())
                .contains(
                        "APPLICATION FAILED TO START",
                        "camel.component.dagwasm.max-instances: found 0; expected at least 1");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void withoutTheStarterItsOptionsFailTheStart() throws Exception {
        Said said = run("enabled=false");

        assertThat(said.out())
                .contains(
                        "camel.component.dagwasm.admission[module_bytes], ",
                        "camel.component.dagwasm.module-roots, ",
                        ": set, but not applied; in Spring Boot add the dependency"
                                + " io.github.dagwasm:camel-dagwasm-starter");
        assertThat(said.code()).isEqualTo(1);
    }
}
