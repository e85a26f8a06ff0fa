package io.github.dagwasm.benchmarks;

import java.util.Locale;
import java.util.OptionalDouble;

/**
 * Something that the figures should show.
 *
 * @param what what is measured
 * @param bound what it is held to
 * @param value the bound's number
 * @param unit what stands behind a number
 * @param measured what was found, empty where it was not measured
 */
record Aim(String what, Bound bound, double value, String unit, OptionalDouble measured) {

    /** On which side of the number it should be. */
    enum Bound {
        /** Not above. */
        AT_MOST("at most ") {
            @Override
            boolean holds(double measured, double value) {
                return measured <= value;
            }
        },
        /** Not under. */
        AT_LEAST("at least ") {
            @Override
            boolean holds(double measured, double value) {
                return measured >= value;
            }
        },
        /** Truly under. */
        BELOW("below ") {
            @Override
            boolean holds(double measured, double value) {
                return measured < value;
            }
        };

        private final String words;

        Bound(String words) {
            this.words = words;
        }

        abstract boolean holds(double measured, double value);
    }

    /** The line of a table: what, aim, measured, met. */
    String line() {
        return "| %s | %s | %s | %s |%n"
                .formatted(
                        what,
                        bound.words + number(value, 2) + unit,
                        measured.isPresent()
                                ? number(measured.getAsDouble(), 3) + unit
                                : "not measured",
                        verdict());
    }

    String json() {
        String number =
                measured.isPresent()
                        ? String.format(Locale.ROOT, "%.4f", measured.getAsDouble())
                        : "null";
        return String.format(
                Locale.ROOT,
                "{\"aim\":\"%s\",\"bound\":\"%s\",\"value\":%s,\"measured\":%s,\"met\":%s}",
                what,
                bound.name().toLowerCase(Locale.ROOT),
                number(value, 2),
                number,
                measured.isPresent()
                        ? Boolean.toString(bound.holds(measured.getAsDouble(), value))
                        : "null");
    }

    private String verdict() {
        if (measured.isEmpty()) {
            return "";
        }
        return bound.holds(measured.getAsDouble(), value) ? "yes" : "no";
    }

    private static String number(double number, int decimals) {
        return Math.abs(number) >= 100
                ? String.format(Locale.ROOT, "%.0f", number)
                : String.format(Locale.ROOT, "%." + decimals + "f", number);
    }
}
