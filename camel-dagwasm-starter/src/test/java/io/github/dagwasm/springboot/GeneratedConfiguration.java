package io.github.dagwasm.springboot;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.camel.util.StringHelper;

/**
 * Makes of the component's catalog the class of properties and its description for IDEs. All values
 * are text in the class: the customizer converts them, with sentences of the component. The
 * description has the types of the catalog.
 */
final class GeneratedConfiguration {

    private static final String PREFIX = "camel.component.dagwasm";
    private static final String TYPE = "io.github.dagwasm.springboot.DagWasmComponentConfiguration";

    /** The catalog has no lists: a list is text, and its description says how it is written. */
    private static final String OF_LISTS = "with commas between them";

    private static final Map<String, String> BOXES =
            Map.of("boolean", "java.lang.Boolean", "int", "java.lang.Integer");

    private final List<Option> options = new ArrayList<>();

    private record Option(
            String name, String type, String description, JsonNode byDefault, JsonNode words) {

        String kind() {
            return type.startsWith("java.util.Map") ? "Map" : isList() ? "List" : "String";
        }

        boolean isList() {
            return type.equals("java.lang.String") && description.contains(OF_LISTS);
        }

        String javaType() {
            return switch (kind()) {
                case "Map" -> "Map<String, String>";
                case "List" -> "List<String>";
                default -> "String";
            };
        }

        String describedType() {
            return isList() ? "java.util.List<java.lang.String>" : BOXES.getOrDefault(type, type);
        }

        String setter() {
            return StringHelper.capitalize(name);
        }
    }

    GeneratedConfiguration(JsonNode catalog) {
        catalog.get("componentProperties")
                .properties()
                .forEach(
                        entry ->
                                options.add(
                                        new Option(
                                                entry.getKey(),
                                                entry.getValue().get("javaType").asText(),
                                                entry.getValue().get("description").asText(),
                                                entry.getValue().path("defaultValue"),
                                                entry.getValue().path("enum"))));
    }

    String source() {
        return """
                package io.github.dagwasm.springboot;

                import java.util.LinkedHashMap;
                import java.util.List;
                import java.util.Map;
                import org.apache.camel.spring.boot.ComponentConfigurationPropertiesCommon;
                import org.springframework.boot.context.properties.ConfigurationProperties;

                /**
                 * The options of the component {@code dagwasm} as an application sets them; null if it does not. Values are text, which
                 * the component's own types are made of later. Generated from the component's catalog by GeneratedConfigurationTest.
                 */
                @ConfigurationProperties(prefix = "camel.component.dagwasm")
                public class DagWasmComponentConfiguration extends ComponentConfigurationPropertiesCommon {

                    private static final Map<String, Class<?>> KINDS = new LinkedHashMap<>();

                    static {
                %s
                    }

                %s

                    /** Each option of the catalog, and whether it takes text, a list or a map. */
                    static Map<String, Class<?>> kinds() {
                        return KINDS;
                    }

                    /** The options that are set. */
                    Map<String, Object> values() {
                        Map<String, Object> values = new LinkedHashMap<>();
                %s
                        values.values().removeIf(value -> value == null);
                        return values;
                    }

                %s
                }
                """
                .formatted(
                        each("        KINDS.put(\"%1$s\", %4$s.class);", "\n"),
                        each("    /** %5$s */\n    private %2$s %1$s;", "\n\n"),
                        each("        values.put(\"%1$s\", %1$s);", "\n"),
                        each(
                                """
                                    public %2$s get%3$s() {
                                        return %1$s;
                                    }

                                    public void set%3$s(%2$s %1$s) {
                                        this.%1$s = %1$s;
                                    }\
                                """,
                                "\n\n"));
    }

    private String each(String template, String between) {
        return options.stream()
                .map(
                        option ->
                                template.formatted(
                                        option.name(),
                                        option.javaType(),
                                        option.setter(),
                                        option.kind(),
                                        option.description().replace("*/", "*&#47;")))
                .collect(Collectors.joining(between));
    }

    String metadata() throws IOException {
        ObjectMapper mapper = new ObjectMapper();
        ObjectNode root = mapper.createObjectNode();
        root.putArray("groups")
                .addObject()
                .put("name", PREFIX)
                .put("type", TYPE)
                .put("sourceType", TYPE);
        var properties = root.putArray("properties");
        var hints = root.putArray("hints");
        describe(
                properties.addObject(),
                "enabled",
                "java.lang.Boolean",
                "Whether the options of the component are set from properties.");
        describe(
                properties.addObject(),
                "customizer.enabled",
                "java.lang.Boolean",
                "Whether the options of the component are set when Camel makes it.");
        for (Option option : options) {
            String key = StringHelper.camelCaseToDash(option.name());
            ObjectNode described = properties.addObject();
            describe(described, key, option.describedType(), option.description());
            if (!option.byDefault().isMissingNode()) {
                described.set("defaultValue", option.byDefault());
            }
            if (!option.words().isMissingNode()) {
                var words = hints.addObject().put("name", PREFIX + "." + key).putArray("values");
                option.words().forEach(word -> words.addObject().put("value", word.asText()));
            }
        }
        return mapper.writerWithDefaultPrettyPrinter().writeValueAsString(root) + "\n";
    }

    private static void describe(ObjectNode property, String key, String type, String description) {
        property.put("name", PREFIX + "." + key)
                .put("type", type)
                .put("description", description)
                .put("sourceType", TYPE);
    }
}
