package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.text.Text;
import java.util.Map;

/**
 * What a guest answered.
 *
 * @param text its text, or bytes of a convention that {@linkplain GuestAbi#carriesBytes() carries
 *     them}; its UTF-8 is not checked yet
 * @param attributes what it hands on beside the text, checked by the convention that carries it
 */
public record Answer(Text text, Map<String, String> attributes) {

    /**
     * An answer that is a text and nothing else.
     *
     * @param text the text
     */
    public Answer(Text text) {
        this(text, Map.of());
    }
}
