package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.text.Text;
import java.util.Map;

/**
 * Input for tests.
 *
 * @param text the text
 * @param attributes the attributes
 */
public record GivenInput(Text text, Map<String, String> attributes) implements GuestInput {

    /**
     * Input without attributes.
     *
     * @param text the text
     */
    public GivenInput(String text) {
        this(Text.of(text), Map.of());
    }
}
