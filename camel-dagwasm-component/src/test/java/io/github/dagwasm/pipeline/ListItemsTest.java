package io.github.dagwasm.pipeline;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ListItemsTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '"',
            value = {
                "a        | a",
                "a, b     | a;b",
                "a\\\\,b   | a\\;b",
                "a\\,b    | a,b",
                "a\\,b,c  | a,b;c",
                "C:\\x,y  | C:\\x;y",
                "a,\\     | a;\\",
                "a,,b     | a;;b",
                ",        | ;"
            })
    void commasSeparateItemsUnlessTheyAreEscaped(String text, String items) {
        assertThat(ListItems.of(text)).isEqualTo(List.of(items.split(";", -1)));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void anyItemsCanBeSaid(long seed) {
        Random random = new Random(seed);
        for (int i = 0; i < 1_000; i++) {
            List<String> items =
                    IntStream.range(0, 1 + random.nextInt(4)).mapToObj(n -> item(random)).toList();
            String text =
                    items.stream()
                            .map(item -> item.replace("\\", "\\\\").replace(",", "\\,"))
                            .collect(Collectors.joining(","));

            assertThat(ListItems.of(text)).isEqualTo(items);
        }
    }

    private static String item(Random random) {
        return random.ints(random.nextInt(6), 0, 4)
                .mapToObj(c -> ",\\ab".substring(c, c + 1))
                .collect(Collectors.joining());
    }
}
