package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.text.Text;
import java.util.Map;

/** Call without a deadline that remembers the fuel it used; for one thread. */
final class MeteredCall implements ProcessorCall {

    private final Text text;
    private long fuel;

    MeteredCall(String text) {
        this.text = Text.of(text);
    }

    /** Fuel that the call used, 0 if it used none or was not charged. */
    long fuel() {
        return fuel;
    }

    @Override
    public Text text() {
        return text;
    }

    @Override
    public Map<String, String> attributes() {
        return Map.of();
    }

    @Override
    public long remainingNanos() {
        return NO_DEADLINE;
    }

    @Override
    public boolean cancelled() {
        return false;
    }

    @Override
    public void usedFuel(long units) {
        fuel = units;
    }
}
