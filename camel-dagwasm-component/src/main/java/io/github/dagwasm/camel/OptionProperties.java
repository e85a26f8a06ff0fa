package io.github.dagwasm.camel;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;
import org.apache.camel.spi.PropertiesComponent;

/**
 * The properties {@code camel.component.NAME.OPTION} of a context, by Camel's properties component,
 * which in Spring Boot asks the environment of Spring. Keys are found in the spelling of Camel and
 * in that with dashes, for which Spring finds all its relaxed forms. Used by one thread.
 */
final class OptionProperties {

    private static final Pattern SIGNS = Pattern.compile("[^a-z0-9]");

    private final CamelContext context;
    private final PropertiesComponent properties;
    private final String prefix;
    private final Map<String, List<String>> keys = new LinkedHashMap<>();
    private final Map<String, List<String>> otherValues = new LinkedHashMap<>();

    /**
     * One property.
     *
     * @param key its key
     * @param value its value with all placeholders resolved; empty if one cannot be resolved
     */
    record Property(String key, Optional<String> value) {}

    OptionProperties(CamelContext context, String component) {
        this.context = context;
        properties = context.getPropertiesComponent();
        prefix = "camel.component." + component + ".";
        properties
                .loadProperties(key -> key.startsWith(prefix))
                .stringPropertyNames()
                .forEach(key -> add(keys, key, key));
        System.getProperties()
                .stringPropertyNames()
                .forEach(key -> add(otherValues, key, System.getProperty(key)));
        System.getenv().forEach((key, value) -> add(otherValues, key, value));
    }

    private void add(Map<String, List<String>> to, String key, String entry) {
        String plain = plain(key);
        if (plain.startsWith(plain(prefix))) {
            to.computeIfAbsent(plain, unused -> new ArrayList<>()).add(entry);
        }
    }

    /** A key without its case and signs: the same for each form of a key. */
    private static String plain(String key) {
        return SIGNS.matcher(key.toLowerCase(Locale.ROOT)).replaceAll("");
    }

    /**
     * The properties of one option.
     *
     * @param spellings of the option, the preferred one first
     * @return each of its properties, first those by the spellings
     */
    Collection<Property> of(List<String> spellings) {
        Map<String, Property> found = new LinkedHashMap<>();
        spellings.forEach(spelling -> find(prefix + spelling).ifPresent(p -> put(found, p)));
        keys.getOrDefault(plain(prefix + spellings.get(0)), List.of())
                .forEach(key -> find(key).ifPresent(p -> put(found, p)));
        return found.values();
    }

    private static void put(Map<String, Property> found, Property property) {
        found.putIfAbsent(property.key(), property);
    }

    /**
     * The list that stands under keys with an index, as Spring Boot reads it from YAML.
     *
     * @param spellings of the option, the preferred one first
     * @return the property of the first element, with the values of all and commas between them
     */
    Optional<Property> list(List<String> spellings) {
        return spellings.stream()
                .map(spelling -> elements(prefix + spelling))
                .filter(elements -> !elements.isEmpty())
                .findFirst()
                .map(OptionProperties::joined);
    }

    private List<Property> elements(String key) {
        List<Property> elements = new ArrayList<>();
        Optional<Property> next = find(key + "[0]");
        while (next.isPresent()) {
            elements.add(next.get());
            next = find(key + "[" + elements.size() + "]");
        }
        return elements;
    }

    private static Property joined(List<Property> elements) {
        List<String> values = elements.stream().flatMap(e -> e.value().stream()).toList();
        return new Property(
                elements.get(0).key(),
                values.size() < elements.size()
                        ? Optional.empty()
                        : Optional.of(String.join(",", values)));
    }

    /**
     * The values that the JVM's properties and the environment have for an option. A host may
     * prefer them to the properties of the context, or not.
     */
    List<String> valuesElsewhere(String option) {
        return otherValues.getOrDefault(plain(prefix + option), List.of()).stream()
                .flatMap(value -> resolved(value).stream())
                .toList();
    }

    private Optional<Property> find(String key) {
        try {
            // A question mark: the answer to a key that is absent is null, not a failure.
            String value = properties.parseUri("{{?" + key + "}}");
            return Optional.ofNullable(value).map(v -> new Property(key, Optional.of(v)));
        } catch (RuntimeException e) {
            // The key is there, but a placeholder in its value stands for nothing.
            return Optional.of(new Property(key, Optional.empty()));
        }
    }

    private Optional<String> resolved(String value) {
        try {
            return Optional.ofNullable(context.resolvePropertyPlaceholders(value));
        } catch (RuntimeException e) {
            return Optional.empty();
        }
    }
}
