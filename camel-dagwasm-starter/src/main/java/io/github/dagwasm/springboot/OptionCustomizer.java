package io.github.dagwasm.springboot;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.camel.DagWasmComponentConfigurer;
import io.github.dagwasm.wasm.WasmPolicy;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.spi.ComponentCustomizer;
import org.apache.camel.spring.boot.util.HierarchicalPropertiesEvaluator;
import org.springframework.core.env.Environment;

/**
 * Sets the options of the component {@code dagwasm}. Another component of the same class, under a
 * name of its own, keeps what its maker set, as in camel-main. Immutable.
 */
final class OptionCustomizer implements ComponentCustomizer {

    private static final String ADMISSION = "wasm.admission.";

    private final DagWasmComponentConfigurer configurer = new DagWasmComponentConfigurer();
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
                            : typed(context, option, text(context, value));
            configurer.configure(context, target, option, set, false);
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

    /** Converts without Camel's leniency, which lets large numbers overflow. */
    private Object typed(CamelContext context, String option, String text) {
        Class<?> type = configurer.getOptionType(option, false);
        try {
            if (type == int.class || type == Integer.class) {
                return Integer.valueOf(text.strip());
            }
            if (type == long.class || type == Long.class) {
                return Long.valueOf(text.strip());
            }
            if (type == Duration.class) {
                return context.getTypeConverter().mandatoryConvertTo(type, text.strip());
            }
        } catch (NoTypeConversionAvailableException | RuntimeException e) {
            throw new IllegalArgumentException(option + ": expected " + expected(type));
        }
        return type == boolean.class || type == Boolean.class ? truth(option, text.strip()) : text;
    }

    private static boolean truth(String option, String text) {
        if (!text.equalsIgnoreCase("true") && !text.equalsIgnoreCase("false")) {
            throw new IllegalArgumentException(option + ": expected true or false");
        }
        return Boolean.parseBoolean(text);
    }

    private static String expected(Class<?> type) {
        if (type == Duration.class) {
            return "a duration such as 5s";
        }
        return "a whole number up to "
                + (type == long.class || type == Long.class ? Long.MAX_VALUE : Integer.MAX_VALUE);
    }
}
