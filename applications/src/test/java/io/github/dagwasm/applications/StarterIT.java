package io.github.dagwasm.applications;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.applications.ApplicationProcess.Said;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the starter adds in applications of Spring Boot. */
@Tag("boot")
class StarterIT {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "modul-roots=classpath: | modul-roots: there is no such option (did you mean 'module-roots'?)",
                "max-instances=0        | max-instances: found 0; expected at least 1"
            })
    void anOptionThatIsWrongFailsTheStart(String option, String fault) throws Exception {
        Said said = ApplicationProcess.run(option);

        assertThat(said.out())
                .contains("APPLICATION FAILED TO START", "camel.component.dagwasm." + fault);
        assertThat(said.code()).isEqualTo(1);
    }

    @Test
    void withoutTheStarterItsOptionsFailTheStart() throws Exception {
        Said said = ApplicationProcess.run("enabled=false");

        assertThat(said.out())
                .contains(
                        "camel.component.dagwasm.admission[module_bytes], ",
                        "camel.component.dagwasm.module-roots, ",
                        ": set, but not applied; in Spring Boot add the dependency"
                                + " io.github.dagwasm:camel-dagwasm-starter");
        assertThat(said.code()).isEqualTo(1);
    }
}
