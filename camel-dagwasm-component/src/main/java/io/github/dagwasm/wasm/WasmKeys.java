package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.Limits;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.admission.Budgets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The backend's keys, options and settings: their names, and how their values are read. */
final class WasmKeys {

    static final String LOAD_TIMEOUT_SECONDS = "load_timeout_seconds";
    static final String MODULE = "module";

    private static final String SHA256 = "sha256";
    private static final String LIMITS = "limits";
    private static final String ADMISSION = "admission";
    private static final String INTENT = "intent";
    private static final String ABI = "abi";
    private static final String FUNCTION = "function";

    private static final String MEMORY_MB = "memory_mb";
    private static final String TABLE_ENTRIES = "table_entries";
    private static final String CALL_DEPTH = "call_depth";
    private static final String INPUT_BYTES = "input_bytes";
    private static final String OUTPUT_BYTES = "output_bytes";
    private static final String LOG_BYTES = "log_bytes";

    /** The path of the key that bounds what a guest logs. */
    static final String LIMIT_OF_LOG = LIMITS + "." + LOG_BYTES;

    private static final int MB_SHIFT = 20;

    /** A Java array, which is what a memory is made of, holds no more. */
    private static final int MOST_MEMORY_MB = 2047;

    private static final double MOST_TABLE_ENTRIES = 10_000_000;
    private static final double MOST_CALL_DEPTH = 1_000_000;
    private static final double MOST_TEXT_BYTES = 1 << 30;
    private static final double MOST_LOG_BYTES = 16 << 20;

    private static final Duration DEFAULT_LOAD_TIMEOUT = Duration.ofSeconds(10);
    private static final double LEAST_LOAD_SECONDS = 0.001;
    private static final double MOST_LOAD_SECONDS = 3600;
    private static final double NANOS = 1e9;

    private static final String DEFAULT_FUNCTION = "process";

    private WasmKeys() {}

    static List<KeySpec> keys() {
        return List.of(
                KeySpec.of(
                                MODULE,
                                KeySpec.Type.STRING,
                                "The module's path, or a file: or classpath: resource; an http: or"
                                        + " https: one where the component allows it.")
                        .mandatory(),
                KeySpec.of(
                                SHA256,
                                KeySpec.Type.SOURCE_STRING,
                                "The module's SHA-256; a module with another one is refused.")
                        .matching("[0-9a-fA-F]{64}", "64 hexadecimal digits"),
                KeySpec.block(LIMITS, "What one call may use.", limits()));
    }

    static List<KeySpec> options() {
        return List.of(
                KeySpec.of(
                                INTENT,
                                KeySpec.Type.STRING,
                                "Whether the guest's output is the text (transform) or metadata"
                                        + " (analyze).")
                        .oneOf(List.of(word(Intent.TRANSFORM), word(Intent.ANALYZE)))
                        .defaultsTo(word(Intent.TRANSFORM)),
                KeySpec.of(
                                ABI,
                                KeySpec.Type.STRING,
                                "The guest's calling convention; found out where it is absent.")
                        .oneOf(AbiDetector.names()),
                KeySpec.of(
                                FUNCTION,
                                KeySpec.Type.STRING,
                                "The exported function that takes and returns the text.")
                        .defaultsTo(DEFAULT_FUNCTION));
    }

    static List<KeySpec> settings() {
        return List.of(
                KeySpec.block(LIMITS, "What one call of any processor may use.", limits()),
                KeySpec.of(
                                LOAD_TIMEOUT_SECONDS,
                                KeySpec.Type.NUMBER,
                                "How long a module may take to be parsed and compiled.")
                        .between(LEAST_LOAD_SECONDS, MOST_LOAD_SECONDS)
                        .defaultsTo(Long.toString(DEFAULT_LOAD_TIMEOUT.toSeconds())),
                KeySpec.block(
                        ADMISSION,
                        "What a module may have before it is refused.",
                        Budgets.specs()));
    }

    static String module(ProcessorDefinition definition) {
        return definition.keys().requiredString(MODULE);
    }

    /** The pinned digest, in lower case. */
    static Optional<String> sha256(ProcessorDefinition definition) {
        return definition.keys().string(SHA256).map(hex -> hex.toLowerCase(Locale.ROOT));
    }

    static Limits limits(ProcessorDefinition definition, Limits defaults) {
        return with(
                with(defaults, definition.settings().block(LIMITS)),
                definition.keys().block(LIMITS));
    }

    static Budgets budgets(ProcessorDefinition definition) {
        return Budgets.DEFAULTS.with(definition.settings().block(ADMISSION));
    }

    static Duration loadTimeout(ProcessorDefinition definition) {
        return definition
                .settings()
                .number(LOAD_TIMEOUT_SECONDS)
                .map(seconds -> Duration.ofNanos((long) (seconds * NANOS)))
                .orElse(DEFAULT_LOAD_TIMEOUT);
    }

    static Intent intent(ProcessorDefinition definition) {
        return definition
                .options()
                .string(INTENT)
                .map(word -> Intent.valueOf(word.toUpperCase(Locale.ROOT)))
                .orElse(Intent.TRANSFORM);
    }

    static String function(ProcessorDefinition definition) {
        return definition.options().string(FUNCTION).orElse(DEFAULT_FUNCTION);
    }

    /** Limits by the names that they have in a pipeline file. */
    static Map<String, Long> values(Limits limits) {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put(MEMORY_MB, limits.memoryBytes() >> MB_SHIFT);
        values.put(TABLE_ENTRIES, limits.tableEntries());
        values.put(CALL_DEPTH, limits.callDepth());
        values.put(INPUT_BYTES, limits.inputBytes());
        values.put(OUTPUT_BYTES, limits.outputBytes());
        values.put(LOG_BYTES, limits.logBytes());
        return values;
    }

    private static Limits with(Limits limits, KeyValues values) {
        return new Limits(
                values.integer(MEMORY_MB).map(mb -> mb << MB_SHIFT).orElse(limits.memoryBytes()),
                values.integer(TABLE_ENTRIES).orElse(limits.tableEntries()),
                values.integer(CALL_DEPTH).orElse(limits.callDepth()),
                values.integer(INPUT_BYTES).orElse(limits.inputBytes()),
                values.integer(OUTPUT_BYTES).orElse(limits.outputBytes()),
                values.integer(LOG_BYTES).orElse(limits.logBytes()));
    }

    private static List<KeySpec> limits() {
        Limits defaults = Limits.DEFAULTS;
        return List.of(
                limit(MEMORY_MB, "Linear memory, in MiB.", defaults.memoryBytes() >> MB_SHIFT)
                        .between(1, MOST_MEMORY_MB),
                limit(TABLE_ENTRIES, "Entries of all tables together.", defaults.tableEntries())
                        .between(0, MOST_TABLE_ENTRIES),
                limit(CALL_DEPTH, "Calls of its functions that are open.", defaults.callDepth())
                        .between(1, MOST_CALL_DEPTH),
                limit(INPUT_BYTES, "The input, in bytes of UTF-8.", defaults.inputBytes())
                        .between(0, MOST_TEXT_BYTES),
                limit(OUTPUT_BYTES, "The output, in bytes of UTF-8.", defaults.outputBytes())
                        .between(0, MOST_TEXT_BYTES),
                limit(
                                LOG_BYTES,
                                "What the guest logs, in bytes; what is more is dropped, and the"
                                        + " log says so.",
                                defaults.logBytes())
                        .between(0, MOST_LOG_BYTES));
    }

    private static KeySpec limit(String name, String description, long value) {
        return KeySpec.of(name, KeySpec.Type.INTEGER, description).defaultsTo(Long.toString(value));
    }

    private static String word(Intent intent) {
        return intent.name().toLowerCase(Locale.ROOT);
    }
}
