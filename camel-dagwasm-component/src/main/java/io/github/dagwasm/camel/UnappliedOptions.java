package io.github.dagwasm.camel;

import io.github.dagwasm.wasm.WasmPolicy;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertyConfigurer;
import org.apache.camel.spi.PropertyConfigurerGetter;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StringHelper;

/**
 * Options of a component that properties set and that its host did not apply. Spring Boot does so
 * without the starter, and a plain context always: the operator would believe in limits that are
 * not there. Used by one thread, before the component does any work.
 */
final class UnappliedOptions {

    private static final String ADMISSION = "wasm.admission.";
    private static final String SETTER = "set";

    private final CamelContext context;
    private final DagWasmComponent component;
    private final PropertyConfigurer configurer;
    private final PropertyConfigurerGetter options;
    private final OptionProperties properties;

    private UnappliedOptions(DagWasmComponent component) {
        this.component = component;
        context = component.getCamelContext();
        // A component that code made and did not start has no configurer yet.
        ServiceHelper.buildService(component);
        configurer = component.getComponentPropertyConfigurer();
        options = (PropertyConfigurerGetter) configurer;
        properties = new OptionProperties(context, name(context, component));
    }

    /**
     * Refuses properties that were not applied.
     *
     * @throws IllegalArgumentException if there is one; the message names the keys, not the values
     */
    static void refuse(DagWasmComponent component) {
        List<String> keys = new UnappliedOptions(component).keys();
        if (!keys.isEmpty()) {
            throw new IllegalArgumentException(
                    String.join(", ", keys)
                            + ": set, but not applied; in Spring Boot add the dependency"
                            + " io.github.dagwasm:camel-dagwasm-starter, elsewhere give it to"
                            + " camel-main as a property");
        }
    }

    /** A component may be there twice, under two names. */
    private static String name(CamelContext context, DagWasmComponent component) {
        return context.getComponentNames().stream()
                .filter(name -> context.hasComponent(name) == component)
                .findFirst()
                .orElse("dagwasm");
    }

    private List<String> keys() {
        List<String> keys = new ArrayList<>();
        types().forEach(
                        (option, type) -> {
                            if (type == Map.class) {
                                keys.addAll(entries(option));
                            } else {
                                keys.addAll(ifUnapplied(option, type).stream().toList());
                            }
                        });
        return keys;
    }

    /** The options of the catalog: what Camel can set. */
    private Map<String, Class<?>> types() {
        Map<String, Class<?>> types = new TreeMap<>();
        Stream.of(DagWasmComponent.class.getMethods())
                .map(Method::getName)
                .filter(name -> name.startsWith(SETTER) && name.length() > SETTER.length())
                .map(name -> StringHelper.decapitalize(name.substring(SETTER.length())))
                .forEach(
                        name ->
                                Optional.ofNullable(options.getOptionType(name, false))
                                        .ifPresent(type -> types.put(name, type)));
        return types;
    }

    private Optional<String> ifUnapplied(String option, Class<?> type) {
        List<String> spellings = spellings(option);
        List<OptionProperties.Property> found = new ArrayList<>(properties.of(spellings));
        if (type == String.class) {
            properties.list(spellings).ifPresent(found::add);
        }
        Object actual = options.getOptionValue(component, option, false);
        return unapplied(option, found, value -> comparable(actual).equals(wanted(option, value)));
    }

    /** Entries of maps are asked for one by one: not every source of properties can list keys. */
    private List<String> entries(String option) {
        Map<?, ?> actual = (Map<?, ?>) options.getOptionValue(component, option, false);
        return WasmPolicy.namesOfSettings().keySet().stream()
                .filter(path -> path.startsWith(ADMISSION))
                .map(path -> path.substring(ADMISSION.length()))
                .flatMap(key -> entry(option, key, actual.get(key)).stream())
                .toList();
    }

    private Optional<String> entry(String option, String key, Object actual) {
        List<String> spellings =
                spellings(option).stream()
                        .flatMap(
                                name ->
                                        Stream.of(
                                                name + "[" + key + "]",
                                                name + "." + key,
                                                name + "." + key.replace('_', '-')))
                        .toList();
        return unapplied(
                spellings.get(0),
                properties.of(spellings),
                value -> value.strip().equals(String.valueOf(actual).strip()));
    }

    private static List<String> spellings(String option) {
        return Stream.of(option, StringHelper.camelCaseToDash(option)).distinct().toList();
    }

    private Optional<String> unapplied(
            String option, Iterable<OptionProperties.Property> found, Predicate<String> applied) {
        List<String> values = new ArrayList<>();
        Optional<String> first = Optional.empty();
        for (OptionProperties.Property property : found) {
            first = first.or(() -> Optional.of(property.key()));
            property.value().ifPresent(values::add);
        }
        if (first.isEmpty()) {
            return first;
        }
        // Which of several sources wins is the host's affair: it applied the option if it has the
        // value of one.
        values.addAll(properties.valuesElsewhere(option));
        return values.stream().anyMatch(applied) ? Optional.empty() : first;
    }

    /** The value that the component has if a text is applied to it; empty if it cannot be. */
    private Optional<Object> wanted(String option, String text) {
        DagWasmComponent other = new DagWasmComponent();
        other.setCamelContext(context);
        try {
            configurer.configure(context, other, option, text.strip(), false);
        } catch (RuntimeException e) {
            return Optional.empty();
        }
        return comparable(options.getOptionValue(other, option, false));
    }

    private static Optional<Object> comparable(Object value) {
        if (value instanceof String text) {
            return Optional.of(Arrays.stream(text.split(",", -1)).map(String::strip).toList());
        }
        return Optional.of(Objects.requireNonNullElse(value, ""));
    }
}
