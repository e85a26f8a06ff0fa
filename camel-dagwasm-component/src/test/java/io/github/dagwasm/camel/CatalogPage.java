package io.github.dagwasm.camel;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Map.Entry;
import java.util.StringJoiner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The parts of the component's page that say nothing but what the catalog says, in AsciiDoc. In the
 * page each stands between the comments {@code // generated NAME: START} and {@code END}.
 */
final class CatalogPage {

    private static final String TABLE = "|===\n";

    private final JsonNode catalog;

    CatalogPage(JsonNode catalog) {
        this.catalog = catalog;
    }

    /** The parts by their names. */
    Map<String, String> parts() {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("summary", summary());
        parts.put("dependency", dependency());
        parts.put("options", options());
        parts.put("headers", headers());
        return parts;
    }

    /**
     * The page with every part as the catalog has it now.
     *
     * @throws IllegalArgumentException if the page has no place for a part
     */
    String in(String page) {
        String result = page;
        for (Entry<String, String> part : parts().entrySet()) {
            String start = "// generated " + part.getKey() + ": START\n";
            String end = "// generated " + part.getKey() + ": END\n";
            Matcher place =
                    Pattern.compile(
                                    Pattern.quote(start) + ".*?" + Pattern.quote(end),
                                    Pattern.DOTALL)
                            .matcher(result);
            if (!place.find()) {
                throw new IllegalArgumentException("the page has no lines " + start + end);
            }
            result = place.replaceFirst(Matcher.quoteReplacement(start + part.getValue() + end));
        }
        return result;
    }

    private String summary() {
        return """
                *Since dagwasm %s* · *Support level: %s* · *Only producer is supported*

                %s
                """
                .formatted(
                        component("firstVersion"),
                        component("supportLevel"),
                        component("description"));
    }

    private String dependency() {
        return """
                [source,xml]
                ----
                <dependency>
                    <groupId>%s</groupId>
                    <artifactId>%s</artifactId>
                    <version>%s</version>
                </dependency>
                ----
                """
                .formatted(component("groupId"), component("artifactId"), component("version"));
    }

    private String options() {
        return "== Component options\n\n"
                + table(catalog.get("componentProperties"), "property", "Name")
                + "\n== Endpoint options\n\nThe syntax is `"
                + component("syntax")
                + "`.\n\n=== Path parameters\n\n"
                + table(catalog.get("properties"), "path", "Name")
                + "\n=== Query parameters\n\n"
                + table(catalog.get("properties"), "parameter", "Name");
    }

    private String headers() {
        StringBuilder table =
                new StringBuilder("[width=\"100%\",cols=\"2,3,2\",options=\"header\"]\n")
                        .append(TABLE)
                        .append("| Name | Description | Type\n");
        for (Entry<String, JsonNode> header : catalog.get("headers").properties()) {
            table.append("| `")
                    .append(header.getKey())
                    .append("`\n\nConstant: `")
                    .append(constant(text(header.getValue(), "constantName")))
                    .append("` | ")
                    .append(text(header.getValue(), "description"))
                    .append(" | `")
                    .append(text(header.getValue(), "javaType").replace("java.util.", ""))
                    .append("`\n");
        }
        return table.append(TABLE).toString();
    }

    private static String constant(String name) {
        return name.substring(name.lastIndexOf('.') + 1).replace('#', '.');
    }

    /** A table of all options of a kind. */
    static String table(JsonNode options, String kind, String title) {
        StringBuilder table =
                new StringBuilder("[width=\"100%\",cols=\"2,5,1,2\",options=\"header\"]\n")
                        .append(TABLE)
                        .append("| ")
                        .append(title)
                        .append(" | Description | Default | Type\n");
        for (Entry<String, JsonNode> option : options.properties()) {
            JsonNode facts = option.getValue();
            if (text(facts, "kind").equals(kind)) {
                table.append("| `")
                        .append(text(facts, "prefix").isEmpty() ? option.getKey() : "option.NAME")
                        .append("` (")
                        .append(text(facts, "group"))
                        .append(") | ")
                        .append(facts.get("required").asBoolean() ? "*Required.* " : "")
                        .append(description(facts))
                        .append(" | ")
                        .append(facts.has("defaultValue") ? text(facts, "defaultValue") : "")
                        .append(" | ")
                        .append(shortType(text(facts, "javaType")))
                        .append('\n');
            }
        }
        return table.append(TABLE).toString();
    }

    private static String description(JsonNode facts) {
        StringBuilder description = new StringBuilder(text(facts, "description"));
        if (facts.has("enum")) {
            StringJoiner values = new StringJoiner("`, `", " One of `", "`.");
            facts.get("enum").forEach(value -> values.add(value.asText()));
            description.append(values);
        }
        return description.toString();
    }

    private static String shortType(String javaType) {
        return javaType.replaceAll("\\b[a-z]+\\.", "");
    }

    private String component(String key) {
        return text(catalog.get("component"), key);
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asText().replace("|", "\\|");
    }
}
