package io.github.dagwasm.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.applications.ApplicationProcess.Said;

import org.junit.jupiter.api.Test;

/** What holds in every application, whatever starts it and however it is packaged. */
class ApplicationIT {

    @Test
    void answersWithTheOptionsOfItsFileAndItsEnvironment() throws Exception {
        Said said = ApplicationProcess.run();

        assertThat(said.out())
                .contains(
                        System.getProperty("application.framework"),
                        "Camel " + System.getProperty("camel.version"),
                        "answer: hello world-wasm",
                        "shout: HELLO WORLD",
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
        Said said = ApplicationProcess.run("module-roots=classpath:pipelines/");

        assertThat(said.out())
                .contains("processors[1].module: ", "outside of the folders that modules may");
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void aLimitAboveItsCeilingFailsTheStart() throws Exception {
        Said said = ApplicationProcess.run("memoryMbCeiling=4");

        assertThat(said.out())
                .contains("processors[1].limits.memory_mb: ", "memoryMbCeiling of the component");
        assertThat(said.code()).isEqualTo(1);
    }
}
