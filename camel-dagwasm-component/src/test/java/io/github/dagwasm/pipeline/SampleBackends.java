package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Backends with keys like those of the real ones; their processors return what they get. */
final class SampleBackends {

    static final List<Backend> ALL = List.of(new Local(), new Wasm(), new Echo());

    private SampleBackends() {}

    private abstract static class SampleBackend implements Backend {
        @Override
        public PipelineProcessor create(ProcessorDefinition definition) {
            TextProcessor same = call -> ProcessorResult.of(call.text().string());
            return same;
        }
    }

    /** Trusted Java by name, some with options. */
    private static final class Local extends SampleBackend {
        @Override
        public String name() {
            return "local";
        }

        @Override
        public List<KeySpec> keys() {
            Map<String, List<KeySpec>> choices = new LinkedHashMap<>();
            choices.put("change_text_case_upper", List.of());
            choices.put("change_text_case_lower", List.of());
            choices.put("reverse_text", List.of());
            choices.put(
                    "prefix_suffix_adder",
                    List.of(
                            KeySpec.of("prefix", KeySpec.Type.STRING, "What goes before the text."),
                            KeySpec.of(
                                    "suffix", KeySpec.Type.STRING, "What goes after the text.")));
            choices.put(
                    "token_counter",
                    List.of(
                            KeySpec.of("count_type", KeySpec.Type.STRING, "What to count.")
                                    .oneOf(List.of("words", "characters", "lines"))));
            choices.put(
                    "word_frequency_analyzer",
                    List.of(KeySpec.of("top", KeySpec.Type.INTEGER, "How many.").between(1, 1000)));
            choices.put(
                    "replace_text",
                    List.of(
                            KeySpec.of("search", KeySpec.Type.STRING, "What to replace.")
                                    .mandatory(),
                            KeySpec.of("scale", KeySpec.Type.NUMBER, "By how much.")));
            return List.of(
                    KeySpec.of("impl", KeySpec.Type.STRING, "The built-in processor.")
                            .alias("processor")
                            .choosing(choices)
                            .mandatory());
        }
    }

    /** A module with a pin, limits and options. */
    private static final class Wasm extends SampleBackend {
        private static final List<KeySpec> LIMITS =
                List.of(
                        KeySpec.of("memory_mb", KeySpec.Type.INTEGER, "Memory.").between(1, 4096),
                        KeySpec.of("input_bytes", KeySpec.Type.INTEGER, "Input.")
                                .between(0, 2147483639),
                        KeySpec.of("log_bytes", KeySpec.Type.INTEGER, "Log."));

        @Override
        public String name() {
            return "wasm";
        }

        @Override
        public List<KeySpec> settings() {
            return List.of(KeySpec.block("limits", "Bounds of every call.", LIMITS));
        }

        @Override
        public List<KeySpec> keys() {
            return List.of(
                    KeySpec.of("module", KeySpec.Type.STRING, "The module.").mandatory(),
                    KeySpec.of("sha256", KeySpec.Type.SOURCE_STRING, "The module's digest.")
                            .matching("[0-9a-fA-F]{64}", "64 hex digits"),
                    KeySpec.block("limits", "Bounds of a call.", LIMITS));
        }

        @Override
        public List<KeySpec> options() {
            return List.of(
                    KeySpec.of("intent", KeySpec.Type.STRING, "What it does with the text.")
                            .oneOf(List.of("transform", "analyze"))
                            .defaultsTo("transform"),
                    KeySpec.of("abi", KeySpec.Type.STRING, "The calling convention.")
                            .oneOf(List.of("cstring", "buffer", "wasi")),
                    KeySpec.of("function", KeySpec.Type.STRING, "The export to call."));
        }
    }

    /** No required keys, an optional choice with a default, every type of value. */
    private static final class Echo extends SampleBackend {
        @Override
        public String name() {
            return "echo";
        }

        @Override
        public List<KeySpec> keys() {
            Map<String, List<KeySpec>> modes = new LinkedHashMap<>();
            modes.put("once", List.of());
            modes.put("often", List.of(KeySpec.of("times", KeySpec.Type.INTEGER, "How often.")));
            return List.of(
                    KeySpec.of("mode", KeySpec.Type.STRING, "How.")
                            .choosing(modes)
                            .defaultsTo("once"));
        }

        @Override
        public List<KeySpec> options() {
            return List.of(
                    KeySpec.of("label", KeySpec.Type.SOURCE_STRING, "Any scalar."),
                    KeySpec.of("loud", KeySpec.Type.BOOLEAN, "Whether."),
                    KeySpec.of("tags", KeySpec.Type.STRINGS, "Any words."));
        }
    }
}
