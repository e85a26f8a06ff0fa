package io.github.dagwasm.spi;

import io.github.dagwasm.text.Text;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * What a processor made of its input.
 *
 * @param text the output; of an analyze processor it is not looked at
 * @param metadata what the processor learnt, in the order to show it in
 * @param attributes what it hands on beside the text: headers of the message, where there is one
 *     and once the run has succeeded; by {@linkplain AttributeNames#handOnFault plain names}
 */
public record ProcessorResult(
        Text text, Map<String, String> metadata, Map<String, String> attributes) {

    /** Copies the maps, but for a {@link Metadata}, keeping their order; they hold no null. */
    public ProcessorResult {
        Objects.requireNonNull(text, "text");
        metadata = copy(metadata);
        attributes = copy(attributes);
    }

    /**
     * A result that is a text and nothing else.
     *
     * @param text the output
     * @return the result
     */
    public static ProcessorResult of(Text text) {
        return new ProcessorResult(text, Map.of(), Map.of());
    }

    /**
     * A result that is a text and nothing else.
     *
     * @param text the output
     * @return the result
     */
    public static ProcessorResult of(String text) {
        return of(Text.of(text));
    }

    /**
     * A result with metadata.
     *
     * @param text the output
     * @param metadata what the processor learnt
     * @return the result
     */
    public static ProcessorResult of(Text text, Map<String, String> metadata) {
        return new ProcessorResult(text, metadata, Map.of());
    }

    /** Tells sizes, never content. */
    @Override
    public String toString() {
        return "ProcessorResult["
                + text
                + ", "
                + metadata.size()
                + " metadata, "
                + attributes.size()
                + " attributes]";
    }

    private static Map<String, String> copy(Map<String, String> map) {
        if (map instanceof Metadata) {
            return map;
        }
        if (map.isEmpty()) {
            return Map.of();
        }
        map.forEach(
                (key, value) -> {
                    Objects.requireNonNull(key, "a key is null");
                    Objects.requireNonNull(value, () -> "the value of '" + key + "' is null");
                });
        return Collections.unmodifiableMap(new LinkedHashMap<>(map));
    }
}
