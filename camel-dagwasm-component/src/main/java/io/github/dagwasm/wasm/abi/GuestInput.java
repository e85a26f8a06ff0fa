package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.text.Text;
import java.util.Map;

/** Input of one call of a guest. */
public interface GuestInput {

    /**
     * The text to process.
     *
     * @return the text, never null
     */
    Text text();

    /**
     * The message's attributes that the guest may see.
     *
     * @return names and values, unmodifiable
     */
    Map<String, String> attributes();
}
