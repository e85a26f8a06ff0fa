package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import io.github.dagwasm.spi.KeySpec.Range;
import io.github.dagwasm.text.GuestText;
import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** The recurring parts of a fault's sentence. Stateless. */
final class Phrases {

    /** As many values are listed where none comes near; more would hide the sentence. */
    private static final int SHORT_LIST = 12;

    /** So much of the author's own text is repeated. */
    private static final int SHOWN = 60;

    private Phrases() {}

    /** The author's text in single quotes, bounded, with nothing in it that could forge a line. */
    static String quoted(String text) {
        return "'" + bare(text) + "'";
    }

    /** The author's text without quotes, likewise made harmless. */
    static String bare(String text) {
        return GuestText.escape(text, SHOWN);
    }

    /** What a value must be, as in "a whole number from 1 to 1024". */
    static String expected(KeySpec spec) {
        if (!spec.choices().isEmpty() && spec.choices().size() <= SHORT_LIST) {
            String values = either(spec.choices().keySet());
            return spec.type() == KeySpec.Type.STRINGS ? "a list of " + values : values;
        }
        String noun = spec.format().map(KeySpec.Format::description).orElse(spec.type().noun());
        return noun + spec.range().map(Phrases::between).orElse("");
    }

    /** The sentence about a number that the operator does not allow. */
    static String aboveCeiling(String found, String whose, Ceiling ceiling) {
        return "found "
                + found
                + "; expected at most "
                + number(ceiling.value())
                + (ceiling.unit().isEmpty() ? "" : " " + ceiling.unit())
                + whose
                + ", the operator's ceiling (option "
                + ceiling.option()
                + ")";
    }

    /** {@code a}, {@code a or b}, {@code a, b or c}. */
    static String either(Collection<String> words) {
        List<String> all = List.copyOf(words);
        int last = all.size() - 1;
        return last <= 0
                ? String.join("", all)
                : String.join(", ", all.subList(0, last)) + " or " + all.get(last);
    }

    /**
     * The end of a sentence about a word that is not known: the word that was probably meant, else
     * those that are known if they are few.
     */
    static String hint(Optional<String> suggestion, Collection<String> known) {
        if (suggestion.isPresent()) {
            return " (did you mean " + quoted(suggestion.get()) + "?)";
        }
        if (known.isEmpty()) {
            return "; none is known here";
        }
        return known.size() > SHORT_LIST
                ? ""
                : "; expected " + either(known.stream().map(Phrases::bare).toList());
    }

    /** A number as people write it: no exponent, no fraction where there is none. */
    static String number(double value) {
        return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
    }

    private static String between(Range range) {
        return " from " + number(range.minimum()) + " to " + number(range.maximum());
    }
}
