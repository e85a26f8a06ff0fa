package io.github.dagwasm.springboot;

import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.CamelAutoConfiguration;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.spring.boot.util.ConditionalOnCamelContextAndAutoConfigurationBeans;
import org.apache.camel.spring.boot.util.ConditionalOnHierarchicalProperties;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.core.env.ConfigurableEnvironment;

/**
 * Sets the options of the component {@code dagwasm} from {@code camel.component.dagwasm.*} and
 * starts the component with the application. A key that is not known and a value that the component
 * refuses fail the start. Switched off by {@code camel.component.dagwasm.enabled=false}; then the
 * component refuses to start with options that nothing applied.
 */
@AutoConfiguration(after = CamelAutoConfiguration.class)
@Conditional(ConditionalOnCamelContextAndAutoConfigurationBeans.class)
@ConditionalOnHierarchicalProperties({"camel.component", OptionKeys.PREFIX})
@EnableConfigurationProperties(DagWasmComponentConfiguration.class)
public class DagWasmComponentAutoConfiguration {

    private final ConfigurableEnvironment environment;
    private final OptionKeys keys;

    /**
     * Looks at the keys before anything is bound to them.
     *
     * @param environment has the properties
     * @throws IllegalArgumentException if there is no option of a key's name
     */
    public DagWasmComponentAutoConfiguration(ConfigurableEnvironment environment) {
        this.environment = environment;
        keys = new OptionKeys(environment);
        keys.requireKnown();
    }

    /**
     * The customizer that Camel asks when it makes the component.
     *
     * @param configuration the options that are set
     * @return the customizer
     */
    @Bean
    ComponentCustomizer configureDagWasmComponent(DagWasmComponentConfiguration configuration) {
        return new OptionCustomizer(environment, keys, configuration);
    }

    /**
     * Has an option that is wrong fail the start, although no route may ever need the component.
     *
     * @return the hook that starts the component before the routes
     */
    @Bean
    CamelContextConfiguration startDagWasmComponent() {
        return new ComponentStart(keys);
    }
}
