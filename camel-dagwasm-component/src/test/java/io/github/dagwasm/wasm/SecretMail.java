package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.engine.Reset;
import io.github.dagwasm.wasm.engine.WasmEngine;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Sends messages through processors of one module, and looks for the secret of each when its call
 * has ended: in every instance, in memory that is kept, and in what others are told. For any number
 * of threads.
 */
final class SecretMail implements AutoCloseable {

    private final WatchingEngine engine;
    private final WasmBackend backend;
    private final List<TextProcessor> processors = new ArrayList<>();
    private final TextProcessor fuelled;
    private volatile boolean disturbed;

    /**
     * Makes the processors.
     *
     * @param bounds what all calls may have together
     * @param engine the engine
     * @param reset what is done to set an instance back
     * @param module the guest
     * @param processors how many processors there are, beside one whose fuel is bounded
     */
    SecretMail(SandboxBounds bounds, WasmEngine engine, Reset reset, Path module, int processors) {
        this.engine = new WatchingEngine(engine, reset);
        backend = new WasmBackend(WasmPolicy.DEFAULTS.withSandbox(bounds), this.engine, 1);
        for (int i = 0; i < processors; i++) {
            this.processors.add(processor(module, Map.of()));
        }
        fuelled = processor(module, Map.of("fuel_level", Hoarder.FUEL));
    }

    private TextProcessor processor(Path module, Map<String, Object> options) {
        ProcessorDefinition definition = Calls.definition(module, Map.of(), options, Map.of());
        return (TextProcessor) backend.create(definition);
    }

    /**
     * Sends one and looks for its secret.
     *
     * @return the answer; empty where the message asked for another ending
     */
    String send(Message message) {
        String answer = sendOnly(message);
        engine.find(message)
                .ifPresent(
                        place -> {
                            throw new AssertionError(message + " has ended, and is " + place);
                        });
        return answer;
    }

    /** Sends one, and fails if there is something of another one in what it comes to. */
    String sendOnly(Message message) {
        engine.beginCall();
        String answer;
        try {
            message.mayInterrupt();
            answer = processor(message).process(new Call(message)).text().string();
        } catch (Exception e) {
            if (message.ending() != Message.Ending.MALFORMED) {
                engine.requireDropped();
            }
            if (!endsBy(message, e) || message.tellsOfOthers(e.toString())) {
                throw new AssertionError(message + " ended in " + e, e);
            }
            return "";
        }
        if (message.ending() != Message.Ending.ANSWER || message.tellsOfOthers(answer)) {
            throw new AssertionError(message + " was answered with " + answer);
        }
        return answer;
    }

    private boolean endsBy(Message message, Exception e) {
        return message.endsBy(e) || (disturbed && e instanceof InterruptedException);
    }

    /** From now on any call may end by an interrupt, at any moment. */
    void expectInterrupts() {
        disturbed = true;
    }

    private TextProcessor processor(Message message) {
        return message.ending() == Message.Ending.FUEL
                ? fuelled
                : processors.get(message.number() % processors.size());
    }

    int instances() {
        return engine.instances();
    }

    @Override
    public void close() {
        processors.forEach(TextProcessor::close);
        fuelled.close();
        backend.close();
    }

    private record Call(Message message) implements ProcessorCall {

        @Override
        public Text text() {
            return Text.of(message.text());
        }

        @Override
        public Map<String, String> attributes() {
            return Map.of();
        }

        @Override
        public long remainingNanos() {
            return message.nanos();
        }

        @Override
        public boolean cancelled() {
            return false;
        }
    }
}
