package io.github.dagwasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;

class KeyValuesTest {

    private static final KeyValues VALUES =
            new KeyValues(
                    Map.of(
                            "s",
                            "text",
                            "i",
                            7L,
                            "n",
                            0.5,
                            "b",
                            true,
                            "l",
                            List.of("x", "y"),
                            "k",
                            new KeyValues(Map.of("inner", "z"))));

    @Test
    void givesEveryValueByItsType() {
        assertThat(VALUES.string("s")).contains("text");
        assertThat(VALUES.requiredString("s")).isEqualTo("text");
        assertThat(VALUES.integer("i")).contains(7L);
        assertThat(VALUES.number("n")).contains(0.5);
        assertThat(VALUES.bool("b")).contains(true);
        assertThat(VALUES.strings("l")).containsExactly("x", "y");
        assertThat(VALUES.block("k").string("inner")).contains("z");
        assertThat(VALUES.has("s")).isTrue();
    }

    @Test
    void whatIsAbsentIsAbsentWhateverTheDefault() {
        assertThat(VALUES.has("x")).isFalse();
        assertThat(VALUES.string("x")).isEmpty();
        assertThat(VALUES.integer("x")).isEmpty();
        assertThat(VALUES.number("x")).isEmpty();
        assertThat(VALUES.bool("x")).isEmpty();
        assertThat(VALUES.strings("x")).isEmpty();
        assertThat(VALUES.block("x")).isSameAs(KeyValues.NONE);
        assertThatThrownBy(() -> VALUES.requiredString("x"))
                .isInstanceOf(NoSuchElementException.class)
                .hasMessage("no value for 'x'");
    }

    @Test
    void anotherTypeThanTheSpecsIsAnError() {
        assertThatThrownBy(() -> VALUES.integer("s")).isInstanceOf(ClassCastException.class);
    }

    @Test
    void aValueOfNullIsRefusedByItsKey() {
        Map<String, Object> written = new HashMap<>();
        written.put("prefix", null);

        assertThatThrownBy(() -> new KeyValues(written))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("prefix");
    }

    @Test
    void tellsItsKeysInTheirOrderAndNoValues() {
        Map<String, Object> written = new LinkedHashMap<>();
        for (String key : List.of("zeta", "alpha", "mid", "beta", "omega", "eta")) {
            written.put(key, "secret");
        }
        KeyValues values = new KeyValues(written);

        written.clear();

        assertThat(values).hasToString("KeyValues[zeta, alpha, mid, beta, omega, eta]");
    }
}
