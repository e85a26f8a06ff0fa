package io.github.dagwasm.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {

    private final Suggestions suggestions = new Suggestions();

    @ParameterizedTest
    @CsvSource({
        "upper, upper,   0",
        "uper,  upper,   1",
        "uppper, upper,  1",
        "upqer, upper,   1",
        "puper, upper,   1",
        "ca,    abc,     3",
        "kitten, sitting, 3",
        "'',    abc,     3"
    })
    void countsInsertionsDeletionsReplacementsAndExchanges(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b, 9)).isEqualTo(distance);
        assertThat(Suggestions.distance(b, a, 9)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({
        "dependson,      depends_on",
        "dependsOn,      depends_on",
        "DEPENDS_ON,     depends_on",
        "ipml,           impl",
        "mrege,          merge",
        "lower,          change_text_case_lower",
        "change,         "
    })
    void findsTheWordThatWasMeant(String word, String meant) {
        List<String> known =
                List.of(
                        "depends_on",
                        "impl",
                        "merge",
                        "change_text_case_lower",
                        "change_text_case_upper");

        assertThat(suggestions.nearest(word, known).orElse(null)).isEqualTo(meant);
    }

    @Test
    void suggestsNothingForAWordOfItsOwn() {
        assertThat(suggestions.nearest("b", List.of("a"))).isEmpty();
        assertThat(suggestions.nearest("endpoint", List.of("module", "limits"))).isEmpty();
        assertThat(suggestions.nearest("x".repeat(65), List.of("x".repeat(64)))).isEmpty();
    }

    @Test
    void takesTheFirstOfEquals() {
        assertThat(suggestions.nearest("bat", List.of("cat", "hat", "rat"))).contains("cat");
    }
}
