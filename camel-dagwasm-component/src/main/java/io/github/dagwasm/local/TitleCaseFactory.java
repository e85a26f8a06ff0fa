package io.github.dagwasm.local;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.Set;
import java.util.regex.Matcher;

/**
 * {@code change_text_case_title}: as {@code change_text_case_proper}, but small words inside the
 * text stay in lower case. A small word may have punctuation around it. What has neither letter nor
 * digit, such as a dash, is not a word here, so the word after a dash at the start is the first.
 */
final class TitleCaseFactory implements TextProcessorFactory {

    private static final Set<String> SMALL_WORDS =
            Set.of(
                    "a", "an", "and", "at", "but", "by", "for", "in", "of", "on", "or", "the", "to",
                    "with");

    @Override
    public String name() {
        return "change_text_case_title";
    }

    @Override
    public TextProcessor create(KeyValues options) {
        return call -> ProcessorResult.of(title(call.text().string()));
    }

    private static String title(String text) {
        StringBuilder out = new StringBuilder(text.length());
        Matcher word = Words.in(text);
        boolean first = true;
        int end = 0;
        // The small word that will have been the last one, unless another word follows.
        String lastSmall = "";
        int lastSmallAt = 0;
        while (word.find()) {
            String written = word.group();
            out.append(text, end, word.start());
            end = word.end();
            boolean isWord = Words.firstAlphanumeric(written) < written.length();
            if (!first && isSmall(written)) {
                lastSmall = LetterCase.lower(written);
                lastSmallAt = out.length();
                out.append(lastSmall);
            } else {
                lastSmall = isWord ? "" : lastSmall;
                out.append(LetterCase.capitalize(written));
            }
            first &= !isWord;
        }
        out.append(text, end, text.length());
        int lastSmallEnd = lastSmallAt + lastSmall.length();
        return out.replace(lastSmallAt, lastSmallEnd, LetterCase.capitalize(lastSmall)).toString();
    }

    private static boolean isSmall(String word) {
        int start = Words.firstAlphanumeric(word);
        int end = Words.endOfAlphanumerics(word);
        return start < end
                && end - start <= 4
                && SMALL_WORDS.contains(LetterCase.lower(word.substring(start, end)));
    }
}
