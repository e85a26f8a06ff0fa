package io.github.dagwasm.wasm.engine.chicory;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One command of a script: a module, an action, or an assertion.
 *
 * @param json the command as the suite has it
 */
record SpecCommand(JsonNode json) {

    /** Such as {@code assert_return}. */
    String kind() {
        return text("type");
    }

    int line() {
        return json.path("line").asInt();
    }

    /** A key's text, empty where there is no such key. */
    String text(String key) {
        return json.path(key).asText();
    }

    /** The name of the module that the command defines. */
    Optional<String> name() {
        return Optional.ofNullable(json.get("name")).map(JsonNode::asText);
    }

    /** Whether its module is there as text only, which no engine reads. */
    boolean isText() {
        return text("module_type").equals("text");
    }

    boolean hasAction() {
        return json.has("action");
    }

    /** Whether its action reads a global; else it calls a function. */
    boolean readsGlobal() {
        return json.path("action").path("type").asText().equals("get");
    }

    /** The name of the module that its action is about; without one it is the last module. */
    Optional<String> actor() {
        return Optional.ofNullable(json.path("action").get("module")).map(JsonNode::asText);
    }

    /** The export that its action is about. */
    String field() {
        return json.path("action").path("field").asText();
    }

    long[] arguments() {
        return values(json.path("action").path("args")).stream()
                .mapToLong(SpecValue::bits)
                .toArray();
    }

    List<SpecValue> expected() {
        return values(json.path("expected"));
    }

    private static List<SpecValue> values(JsonNode list) {
        List<SpecValue> values = new ArrayList<>();
        for (JsonNode value : list) {
            values.add(
                    new SpecValue(value.path("type").asText(), value.path("value").asText("any")));
        }
        return values;
    }
}
