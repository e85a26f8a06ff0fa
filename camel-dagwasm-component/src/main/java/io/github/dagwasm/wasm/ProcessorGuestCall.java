package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.text.Text;
import java.util.Map;

/** Call of a processor, as the sandbox sees it. */
record ProcessorGuestCall(ProcessorCall call) implements GuestCall {

    @Override
    public Text text() {
        return call.text();
    }

    @Override
    public Map<String, String> attributes() {
        return call.attributes();
    }

    @Override
    public long remainingNanos() {
        return call.remainingNanos();
    }

    @Override
    public long deadlineNanos() {
        return call.deadlineNanos();
    }

    @Override
    public void usedFuel(long units) {
        call.usedFuel(units);
    }

    @Override
    public TextLease texts() {
        return call.carried(TextLease.class).orElse(TextLease.FREE);
    }
}
