package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.Answer;
import java.util.Map;

/**
 * Call of a processor, as the sandbox sees it. One object, since calls are short.
 *
 * @param call the call
 * @param processor makes the result
 */
record ProcessorGuestCall(ProcessorCall call, WasmProcessor processor)
        implements GuestCall, Guest.AnswerReader<ProcessorResult> {

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
    public ProcessorResult read(Answer answer) {
        return processor.result(call.text(), answer);
    }

    @Override
    public TextLease texts() {
        return call.carried(TextLease.class).orElse(TextLease.FREE);
    }
}
