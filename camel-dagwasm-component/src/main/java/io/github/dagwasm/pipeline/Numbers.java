package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import io.github.dagwasm.spi.KeySpec.Range;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Numbers as the core schema of YAML 1.2 writes them. A whole number is one without a fraction,
 * however it is written: {@code 2.0} and {@code 2e0} are 2, as JSON Schema has it. Stateless.
 */
final class Numbers {

    /** Longer than any number of the types below needs to be; parsing takes quadratic time. */
    private static final int MAX_LENGTH = 400;

    private static final double NANOS_PER_SECOND = 1e9;
    private static final int HEXADECIMAL = 16;
    private static final int OCTAL = 8;

    /** So many digits always fit a long. */
    private static final int SURELY_LONG = 18;

    private Numbers() {}

    /** The whole number, empty where it is none or fits no long. */
    static Optional<Long> whole(Found found) {
        if (!isNumber(found)) {
            return Optional.empty();
        }
        try {
            return Optional.of(
                    isPrefixed(found.text()) ? prefixed(found.text()) : decimal(found.text()));
        } catch (ArithmeticException | NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** The class BigDecimal takes milliseconds to initialise, and hardly a file needs it. */
    private static long decimal(String text) {
        boolean plain =
                text.length() <= SURELY_LONG && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(text) : new BigDecimal(text).longValueExact();
    }

    /** The finite number, empty where it is none. */
    static Optional<Double> finite(Found found) {
        if (!isNumber(found)) {
            return Optional.empty();
        }
        try {
            double value =
                    isPrefixed(found.text())
                            ? prefixed(found.text())
                            : Double.parseDouble(found.text());
            return Double.isFinite(value) ? Optional.of(value) : Optional.empty();
        } catch (NumberFormatException e) {
            return Optional.empty();
        }
    }

    /** Whether a number is within the bounds of its spec. */
    static boolean inRange(KeySpec spec, double value) {
        return spec.range().map(r -> value >= r.minimum() && value <= r.maximum()).orElse(true);
    }

    /** The ceiling of a spec that a number is above. */
    static Optional<Ceiling> ceilingBelow(KeySpec spec, double value) {
        return spec.range().flatMap(Range::ceiling).filter(ceiling -> value > ceiling.value());
    }

    /** Seconds as files have them, to the nanosecond. */
    static Duration duration(double seconds) {
        return Duration.ofNanos(Math.round(seconds * NANOS_PER_SECOND));
    }

    /** An explicit tag, as in {@code !!int x}, says nothing of the text. */
    private static boolean isNumber(Found found) {
        Tag tag = found.tag();
        Tag textual = CoreTags.resolve(found.text());
        return (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT))
                && (textual.equals(Tag.INT) || textual.equals(Tag.FLOAT))
                && found.text().length() <= MAX_LENGTH;
    }

    private static boolean isPrefixed(String text) {
        return text.startsWith("0x") || text.startsWith("0o");
    }

    private static long prefixed(String text) {
        return Long.parseLong(text.substring(2), text.charAt(1) == 'x' ? HEXADECIMAL : OCTAL);
    }
}
