package io.github.dagwasm.springboot;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.wasm.WasmPolicy;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.apache.camel.support.service.ServiceHelper;
import org.springframework.core.env.Environment;

/**
 * Sets the options of the component {@code dagwasm}. Another component of the same class, under a
 * name of its own, keeps what its maker set, as in camel-main. Immutable.
 */
final class OptionCustomizer implements ComponentCustomizer {

    private static final String ADMISSION = "wasm.admission.";

    private final Environment environment;
    private final OptionKeys keys;
    private final DagWasmComponentConfiguration configuration;

    OptionCustomizer(
            Environment environment, OptionKeys keys, DagWasmComponentConfiguration configuration) {
        this.environment = environment;
        this.keys = keys;
        this.configuration = configuration;
    }

    @Override
    public boolean isEnabled(String name, Component target) {
        return name.equals(OptionKeys.COMPONENT)
                && target instanceof DagWasmComponent
                && HierarchicalPropertiesEvaluator.evaluate(
                        environment,
                        "camel.component.customizer",
                        OptionKeys.PREFIX + ".customizer");
    }

    @Override
    public void configure(String name, Component target) {
        // Before that a component has no configurer.
        ServiceHelper.buildService(target);
        configuration.values().forEach((option, value) -> set(target, option, value));
        // A pipeline file that is a route is read before the component starts.
        try {
            ((DagWasmComponent) target).checkOptions();
        } catch (IllegalArgumentException e) {
            throw keys.refused(e);
        }
    }

    private void set(Component target, String option, Object value) {
        CamelContext context = target.getCamelContext();
        try {
            Object set =
                    value instanceof Map<?, ?> entries
                            ? entries(context, option, entries)
                            : text(context, value);
            target.getComponentPropertyConfigurer().configure(context, target, option, set, false);
        } catch (RuntimeException e) {
            throw keys.refused(e);
        }
    }

    private static String text(CamelContext context, Object value) {
        String text =
                value instanceof List<?> list
                        ? String.join(",", list.stream().map(String::valueOf).toList())
                        : String.valueOf(value);
        return context.resolvePropertyPlaceholders(text);
    }

    /** A key of a map may have a relaxed form too, as all keys of the environment have. */
    private static Map<String, Object> entries(
            CamelContext context, String option, Map<?, ?> entries) {
        Map<String, Object> named = new LinkedHashMap<>();
        entries.forEach(
                (key, value) -> {
                    String name = entry(String.valueOf(key));
                    if (named.put(name, text(context, value).strip()) != null) {
                        throw new IllegalArgumentException(
                                option + "[" + name + "]: is set twice, in two forms of its key");
                    }
                });
        return named;
    }

    private static String entry(String key) {
        return WasmPolicy.namesOfSettings().keySet().stream()
                .filter(path -> path.startsWith(ADMISSION))
                .map(path -> path.substring(ADMISSION.length()))
                .filter(name -> OptionKeys.plain(name).equals(OptionKeys.plain(key)))
                .findFirst()
                .orElse(key);
    }
}
