package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The keys of a {@code limits:} block. Stateless. */
final class LimitKeys {

    static final String LOG_BYTES = "log_bytes";
    private static final String INPUT_BYTES = "input_bytes";

    private static final String MEMORY_MB = "memory_mb";
    private static final String TABLE_ENTRIES = "table_entries";
    private static final String CALL_DEPTH = "call_depth";
    private static final String STACK_KB = "stack_kb";
    private static final String OUTPUT_BYTES = "output_bytes";

    private static final int MB_SHIFT = 20;
    private static final int KB_SHIFT = 10;

    /** A Java array, which is what a memory is made of, holds no more. */
    private static final int MOST_MEMORY_MB = 2047;

    private static final double MOST_TABLE_ENTRIES = 10_000_000;
    private static final double MOST_CALL_DEPTH = 1_000_000;
    private static final double MOST_STACK_KB = 65_536;
    private static final double MOST_TEXT_BYTES = 1 << 30;
    private static final double MOST_LOG_BYTES = 16 << 20;

    private LimitKeys() {}

    /** The limits by their names in a pipeline file. */
    static Map<String, Long> values(GuestLimits limits) {
        Map<String, Long> values = new LinkedHashMap<>();
        values.put(MEMORY_MB, limits.memoryBytes() >> MB_SHIFT);
        values.put(TABLE_ENTRIES, limits.tableEntries());
        values.put(CALL_DEPTH, limits.callDepth());
        values.put(STACK_KB, limits.stackBytes() >> KB_SHIFT);
        values.put(INPUT_BYTES, limits.inputBytes());
        values.put(OUTPUT_BYTES, limits.outputBytes());
        values.put(LOG_BYTES, limits.logBytes());
        return values;
    }

    /** Limits with the values of a block in the place of their own. */
    static GuestLimits with(GuestLimits limits, KeyValues values) {
        return new GuestLimits(
                values.integer(MEMORY_MB).map(mb -> mb << MB_SHIFT).orElse(limits.memoryBytes()),
                values.integer(TABLE_ENTRIES).orElse(limits.tableEntries()),
                values.integer(CALL_DEPTH).orElse(limits.callDepth()),
                values.integer(STACK_KB).map(kb -> kb << KB_SHIFT).orElse(limits.stackBytes()),
                values.integer(INPUT_BYTES).orElse(limits.inputBytes()),
                values.integer(OUTPUT_BYTES).orElse(limits.outputBytes()),
                values.integer(LOG_BYTES).orElse(limits.logBytes()));
    }

    /** The specs, with the built-in defaults. */
    static List<KeySpec> specs() {
        GuestLimits defaults = GuestLimits.DEFAULTS;
        return List.of(
                limit(MEMORY_MB, "Linear memory, in MiB.", defaults.memoryBytes() >> MB_SHIFT)
                        .between(1, MOST_MEMORY_MB),
                limit(TABLE_ENTRIES, "Entries of all tables together.", defaults.tableEntries())
                        .between(0, MOST_TABLE_ENTRIES),
                limit(
                                CALL_DEPTH,
                                "Calls of its functions that are open, tail calls too.",
                                defaults.callDepth())
                        .between(1, MOST_CALL_DEPTH),
                limit(
                                STACK_KB,
                                "Stack of the open calls, in KiB, each function's frame at its"
                                        + " largest; a call that may have more than the default"
                                        + " runs on a thread of its own.",
                                defaults.stackBytes() >> KB_SHIFT)
                        .between(1, MOST_STACK_KB),
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
}
