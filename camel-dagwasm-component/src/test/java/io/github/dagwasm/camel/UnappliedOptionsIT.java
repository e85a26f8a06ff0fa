package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.time.Duration;
import java.util.Properties;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.main.Main;
import org.apache.camel.spi.PropertiesSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** That no option is ignored that properties set. */
class UnappliedOptionsIT {

    private static final String PREFIX = "camel.component.dagwasm.";

    private static final String ADVICE =
            ": set, but not applied; in Spring Boot add the dependency"
                    + " io.github.dagwasm:camel-dagwasm-starter, elsewhere give it to camel-main as a"
                    + " property";

    private final DefaultCamelContext context = new DefaultCamelContext();

    private void property(String key, String value) {
        context.getPropertiesComponent().addInitialProperty(key, value);
    }

    private DagWasmComponent component() {
        return context.getComponent("dagwasm", DagWasmComponent.class);
    }

    private Throwable start() {
        component();
        try {
            return catchThrowable(context::start);
        } finally {
            context.stop();
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "moduleRoots=src/test",
                "module-roots=src/test",
                "allowed-endpoint-schemes=direct",
                "authors=restricted",
                "allowedGrants=none",
                "allowRemoteModules=true",
                "memoryMbCeiling=1",
                "timeoutCeiling=1s",
                "poolSize=1",
                "lazyStartProducer=true",
                "admission[module_bytes]=5",
                "admissionCeilings[locals]=5",
                "admission-ceilings.locals=5",
                "moduleRoots={{absent}}",
                "poolSize=0",
                "maxInstances=many"
            })
    void aPlainContextDoesNotStartWithAnOptionThatNothingApplied(String option) {
        String[] parts = option.split("=", 2);
        property(PREFIX + parts[0], parts[1]);

        Throwable thrown = start();

        assertThat(thrown)
                .rootCause()
                .isExactlyInstanceOf(IllegalArgumentException.class)
                .hasMessage(PREFIX + parts[0] + ADVICE);
    }

    @Test
    void allKeysAreNamedAndNoValueIs() {
        property(PREFIX + "pool-size", "{{secret}}");
        property(PREFIX + "authors", "hunter2");
        property("secret", "hunter2");

        Throwable thrown = start();

        assertThat(thrown)
                .rootCause()
                .hasMessage(PREFIX + "authors, " + PREFIX + "pool-size" + ADVICE);
    }

    @Test
    void anOptionIsFoundInASourceThatCannotListItsKeys() {
        context.getPropertiesComponent()
                .addPropertiesSource(
                        new PropertiesSource() {
                            @Override
                            public String getName() {
                                return "vault";
                            }

                            @Override
                            public String getProperty(String name) {
                                return name.equals(PREFIX + "admission[locals]") ? "5" : null;
                            }
                        });

        Throwable thrown = start();

        assertThat(thrown).rootCause().hasMessage(PREFIX + "admission[locals]" + ADVICE);
    }

    @Test
    void aListOfKeysIsFound() {
        property(PREFIX + "module-roots[0]", "src");
        property(PREFIX + "module-roots[1]", "target");

        Throwable thrown = start();

        assertThat(thrown).rootCause().hasMessage(PREFIX + "module-roots[0]" + ADVICE);
    }

    @Test
    void optionsThatCodeAppliedInOtherWordsStart() {
        property("megabytes", "32");
        property(PREFIX + "module-roots[0]", "src");
        property(PREFIX + "module-roots[1]", "target");
        property(PREFIX + "allowedGrants", "clock,random");
        property(PREFIX + "memory-mb", "{{megabytes}}");
        property(PREFIX + "timeout", "1m ");
        property(PREFIX + "admission[locals]", "{{megabytes}}");
        component().setModuleRoots("src, target");
        component().setAllowedGrants("clock , random");
        component().setMemoryMb(32);
        component().setTimeout(Duration.ofSeconds(60));
        component().getAdmission().put("locals", 32);

        Throwable thrown = start();

        assertThat(thrown).isNull();
    }

    @Test
    void aComponentOfAnotherNameHasPropertiesOfItsOwn() {
        property("camel.component.strict.pool-size", "3");
        context.addComponent("strict", new DagWasmComponent());

        Throwable thrown = start();

        assertThat(thrown).rootCause().hasMessage("camel.component.strict.pool-size" + ADVICE);
    }

    @Test
    void aComponentThatNothingStartedDoesNoWorkEither() {
        property(PREFIX + "authors", "restricted");
        DagWasmComponent component = new DagWasmComponent();
        component.setCamelContext(context);

        Throwable thrown = catchThrowable(component::pipelineReader);

        context.stop();
        assertThat(thrown).hasMessage(PREFIX + "authors" + ADVICE);
    }

    @Test
    void aComponentOfARunningContextDoesNoWork() {
        property(PREFIX + "module-roots", "src/test");
        context.start();

        Throwable thrown =
                catchThrowable(
                        () ->
                                context.createProducerTemplate()
                                        .sendBody("dagwasm:local:change_text_case_upper", "a"));

        context.stop();
        assertThat(thrown).rootCause().hasMessage(PREFIX + "module-roots" + ADVICE);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "module-roots | src , target",
                "moduleRoots | {{roots}}",
                "MODULEROOTS | src",
                "timeout | 1m30s",
                "poolSize | 3",
                "admission[locals] | {{number}}",
                "admission-ceilings[locals] | 7"
            })
    void camelMainAppliesWhatItIsGiven(String option, String value) throws Exception {
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        main.addInitialProperty("roots", "src,target");
        main.addInitialProperty("number", "9");
        main.addInitialProperty(PREFIX + option, value);

        main.start();

        assertThat(main.getCamelContext().isStarted()).isTrue();
        main.stop();
    }

    @Test
    void aSourceThatWinsMayBeAnyOfThoseThatCamelMainKnows() throws Exception {
        Properties before = (Properties) System.getProperties().clone();
        System.setProperty(PREFIX + "pool-size", "5");
        Main main = new Main();
        main.setPropertyPlaceholderLocations("false");
        main.addInitialProperty(PREFIX + "poolSize", "4");
        try {
            main.start();

            assertThat(main.getCamelContext().isStarted()).isTrue();
        } finally {
            main.stop();
            System.setProperties(before);
        }
    }
}
