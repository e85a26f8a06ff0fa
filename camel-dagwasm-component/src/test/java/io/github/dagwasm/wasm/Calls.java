package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PlainCall;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ResourceFolder;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.UnaryOperator;

/** What a processor is made of and called with, for tests. */
final class Calls {

    private Calls() {}

    static ProcessorDefinition definition(Path module) {
        return definition(module, Map.of(), Map.of(), Map.of());
    }

    static ProcessorDefinition definition(
            Path module,
            Map<String, Object> keys,
            Map<String, Object> options,
            Map<String, Object> settings) {
        Map<String, Object> all = new HashMap<>(keys);
        all.put("module", module.getFileName().toString());
        return new ProcessorDefinition(
                "orders",
                "append",
                Optional.of(ResourceFolder.of(module.toAbsolutePath().getParent())),
                new KeyValues(all),
                new KeyValues(options),
                new KeyValues(settings));
    }

    /** A processor whose user calls {@code limits.memory_mb} "my memory_mb". */
    static ProcessorDefinition named(Path module, Map<String, Object> keys) {
        ProcessorDefinition plain = definition(module, keys, Map.of(), Map.of());
        return new ProcessorDefinition(
                plain.pipeline(),
                plain.id(),
                plain.directory(),
                plain.keys(),
                plain.options(),
                plain.settings(),
                key -> key.replace("limits.", "my "));
    }

    static KeyValues block(String key, long value) {
        return new KeyValues(Map.of(key, value));
    }

    static ProcessorCall with(String text) {
        return with(Text.of(text));
    }

    static ProcessorCall with(Text text) {
        return new PlainCall(text);
    }

    /** Call of a guest without a deadline. */
    static GuestCall ofGuest(String text) {
        return new PlainGuestCall(Text.of(text), Map.of());
    }

    /** Time of a load, with the option that pipeline files have for it. */
    static LoadTime within(Duration limit) {
        return new LoadTime(limit, "wasm.load_timeout_seconds");
    }

    /** Processor whose output is the text of a guest. */
    static TextProcessor processor(Guest guest) {
        return new WasmProcessor(
                new WasmProcessor.Settings(
                        "guest.wasm", Intent.TRANSFORM, false, UnaryOperator.identity()),
                guest);
    }
}
