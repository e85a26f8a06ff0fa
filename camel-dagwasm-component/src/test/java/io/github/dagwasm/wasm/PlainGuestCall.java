package io.github.dagwasm.wasm;

import io.github.dagwasm.text.Text;
import java.util.Map;

/**
 * Call of a guest without a deadline, for tests.
 *
 * @param text the text
 * @param attributes the attributes
 */
record PlainGuestCall(Text text, Map<String, String> attributes) implements GuestCall {

    @Override
    public long remainingNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public long deadlineNanos() {
        return Long.MAX_VALUE;
    }

    @Override
    public void usedFuel(long units) {}

    @Override
    public TextLease texts() {
        return TextLease.FREE;
    }
}
