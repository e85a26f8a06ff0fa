package io.github.dagwasm.local;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;

/**
 * {@code token_counter}: counts code points, words and lines. A line ends with LF, CR or both in
 * this order, and a line break at the end of the text begins no other line.
 */
final class TokenCounterFactory implements TextProcessorFactory {

    private static final String COUNT_TYPE = "count_type";
    private static final String CHAR_COUNT = "char_count";
    private static final String WORD_COUNT = "word_count";
    private static final String LINE_COUNT = "line_count";

    private static final Map<String, String> KEY_BY_TYPE =
            Map.of("words", WORD_COUNT, "characters", CHAR_COUNT, "lines", LINE_COUNT);

    @Override
    public String name() {
        return "token_counter";
    }

    @Override
    public List<KeySpec> options() {
        return List.of(
                KeySpec.of(
                                COUNT_TYPE,
                                KeySpec.Type.STRING,
                                "Which of the counts to repeat as 'count'; none where absent.")
                        .oneOf(List.of("words", "characters", "lines")));
    }

    @Override
    public TextProcessor create(KeyValues options) {
        Optional<String> repeated = options.string(COUNT_TYPE).map(KEY_BY_TYPE::get);
        AnalyzingProcessor counter =
                call -> ProcessorResult.of(call.text(), counts(call.text().string(), repeated));
        return counter;
    }

    private static Map<String, String> counts(String text, Optional<String> repeated) {
        Map<String, String> counts = new LinkedHashMap<>();
        counts.put(CHAR_COUNT, Integer.toString(text.codePointCount(0, text.length())));
        counts.put(WORD_COUNT, Integer.toString(countWords(text)));
        counts.put(LINE_COUNT, Long.toString(text.lines().count()));
        repeated.ifPresent(key -> counts.put("count", counts.get(key)));
        return counts;
    }

    private static int countWords(String text) {
        Matcher word = Words.in(text);
        int count = 0;
        while (word.find()) {
            count++;
        }
        return count;
    }
}
