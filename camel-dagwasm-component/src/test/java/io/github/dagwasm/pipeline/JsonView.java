package io.github.dagwasm.pipeline;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** A YAML text as an editor shows it to a JSON Schema. */
final class JsonView {

    private static final JsonNodeFactory JSON = JsonNodeFactory.instance;

    private JsonView() {}

    static JsonNode of(String yaml) {
        return of(YamlText.compose(yaml, new Faults(Source.of("test", Optional.empty()))));
    }

    private static JsonNode of(Node node) {
        if (node instanceof MappingNode mapping) {
            ObjectNode object = JSON.objectNode();
            for (NodeTuple tuple : mapping.getValue()) {
                object.set(((ScalarNode) tuple.getKeyNode()).getValue(), of(tuple.getValueNode()));
            }
            return object;
        }
        if (node instanceof SequenceNode sequence) {
            ArrayNode array = JSON.arrayNode();
            sequence.getValue().forEach(item -> array.add(of(item)));
            return array;
        }
        return scalar(((ScalarNode) node).getValue(), node.getTag());
    }

    private static JsonNode scalar(String text, Tag tag) {
        if (tag.equals(Tag.NULL)) {
            return JSON.nullNode();
        }
        if (tag.equals(Tag.BOOL)) {
            return JSON.booleanNode(Boolean.parseBoolean(text));
        }
        if (tag.equals(Tag.INT)) {
            return JSON.numberNode(
                    text.startsWith("0x")
                            ? new BigInteger(text.substring(2), 16)
                            : new BigInteger(text));
        }
        if (tag.equals(Tag.FLOAT)) {
            // JSON has no infinity; a number beyond every double stands for it. As a BigDecimal
            // the validator would cut it down to a long.
            BigDecimal value = new BigDecimal(text.contains("n") ? "1e999" : text);
            return value.scale() < -99
                    ? JSON.numberNode(value.toBigInteger())
                    : JSON.numberNode(value);
        }
        return JSON.textNode(text);
    }
}
