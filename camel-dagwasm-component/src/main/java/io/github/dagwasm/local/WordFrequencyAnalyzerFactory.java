package io.github.dagwasm.local;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;

/**
 * {@code word_frequency_analyzer}: how often each word occurs, in lower case and without the
 * punctuation around it; the most frequent first, equals by the alphabet. A word of punctuation
 * alone is none.
 */
final class WordFrequencyAnalyzerFactory implements TextProcessorFactory {

    private static final String TOP = "top";

    /**
     * The sender of a text says how many there are. Each takes about a hundred bytes of heap, at
     * most 100,000 entries of metadata are told.
     */
    private static final int MOST_WORDS = 200_000;

    private static final Comparator<Map.Entry<String, Integer>> MOST_FREQUENT_FIRST =
            Map.Entry.<String, Integer>comparingByValue()
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey());

    @Override
    public String name() {
        return "word_frequency_analyzer";
    }

    @Override
    public List<KeySpec> options() {
        return List.of(
                KeySpec.of(
                                TOP,
                                KeySpec.Type.INTEGER,
                                "How many of the most frequent words to tell; all where absent.")
                        .between(1, Integer.MAX_VALUE));
    }

    @Override
    public TextProcessor create(KeyValues options) {
        long top = options.integer(TOP).orElse(Long.MAX_VALUE);
        AnalyzingProcessor analyzer =
                call -> ProcessorResult.of(call.text(), frequencies(call.text().string(), top));
        return analyzer;
    }

    private static Map<String, String> frequencies(String text, long top) {
        Map<String, Integer> counts = new HashMap<>();
        Matcher word = Words.in(text);
        while (word.find()) {
            String bare = Words.withoutOuterPunctuation(word.group());
            if (!bare.isEmpty()) {
                counts.merge(LetterCase.lower(bare), 1, Integer::sum);
                requireFew(counts.size());
            }
        }
        Map<String, String> metadata = new LinkedHashMap<>();
        counts.entrySet().stream()
                .sorted(MOST_FREQUENT_FIRST)
                .limit(top)
                .forEach(
                        entry ->
                                metadata.put(
                                        "word_freq_" + entry.getKey(),
                                        Integer.toString(entry.getValue())));
        metadata.put("total_unique_words", Integer.toString(counts.size()));
        return metadata;
    }

    private static void requireFew(int words) {
        if (words > MOST_WORDS) {
            throw LimitExceededException.byMore(
                    "unique words", MOST_WORDS, "none, it is fixed; split the text");
        }
    }
}
