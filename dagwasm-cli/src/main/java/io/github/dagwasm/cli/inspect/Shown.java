package io.github.dagwasm.cli.inspect;

import io.github.dagwasm.wasm.ModuleInspection;
import io.github.dagwasm.wasm.admission.ModuleFacts.Export;
import io.github.dagwasm.wasm.admission.ModuleFacts.Extent;
import io.github.dagwasm.wasm.admission.ModuleFacts.Import;
import io.github.dagwasm.wasm.admission.ModuleFacts.Kind;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Locale;

/** How single facts are shown to people. */
final class Shown {

    private static final long PAGE = 65_536;
    private static final String[] UNITS = {"KiB", "MiB", "GiB"};
    private static final int KILO_SHIFT = 10;

    private Shown() {}

    static String verdict(ModuleInspection inspection) {
        return inspection.admitted() ? "admitted" : "refused";
    }

    /** A whole number, its thousands apart. */
    static String number(long value) {
        return String.format(Locale.ROOT, "%,d", value);
    }

    /** A number of things, by their singular. */
    static String counted(long count, String noun) {
        return number(count) + " " + noun + (count == 1 ? "" : "s");
    }

    /** As in {@code 21,504 bytes (21 KiB)}. */
    static String bytes(long bytes) {
        String exact = counted(bytes, "byte");
        return bytes < 1 << KILO_SHIFT ? exact : exact + " (" + rounded(bytes) + ")";
    }

    /** As in {@code 1.5 MiB}; less than a KiB is part of one. */
    static String rounded(long bytes) {
        int unit = 0;
        long divisor = 1L << KILO_SHIFT;
        while (unit < UNITS.length - 1 && bytes >= divisor << KILO_SHIFT) {
            divisor <<= KILO_SHIFT;
            unit++;
        }
        BigDecimal value =
                BigDecimal.valueOf(bytes)
                        .divide(BigDecimal.valueOf(divisor), 1, RoundingMode.HALF_UP);
        return value.stripTrailingZeros().toPlainString() + " " + UNITS[unit];
    }

    /** A memory, as in {@code 17 pages (1.1 MiB), at most 256 pages (16 MiB)}. */
    static String memory(Extent memory) {
        return pages(memory.initial())
                + (memory.maximum().isPresent()
                        ? ", at most " + pages(memory.maximum().getAsLong())
                        : ", no maximum of its own");
    }

    /** A table, as in {@code 5 entries, at most 5}. */
    static String table(Extent table) {
        return number(table.initial())
                + (table.initial() == 1 ? " entry" : " entries")
                + (table.maximum().isPresent()
                        ? ", at most " + number(table.maximum().getAsLong())
                        : ", no maximum of its own");
    }

    private static String pages(long pages) {
        return counted(pages, "page") + " (" + rounded(pages * PAGE) + ")";
    }

    static String kind(Kind kind) {
        return kind.name().toLowerCase(Locale.ROOT);
    }

    /** The name of an import; what the module says stands in quotation marks. */
    static String name(Import found) {
        return quoted(found.module()) + " " + quoted(found.name());
    }

    /** The name of an export, in quotation marks. */
    static String name(Export found) {
        return quoted(found.name());
    }

    /** A guest's text, which is escaped but for quotation marks, between such. */
    static String quoted(String escaped) {
        return '"' + escaped.replace("\"", "\\\"") + '"';
    }
}
