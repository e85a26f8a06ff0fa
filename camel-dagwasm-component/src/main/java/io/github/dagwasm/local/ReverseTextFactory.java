package io.github.dagwasm.local;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** {@code reverse_text}: the text from its end, grapheme clusters kept whole. */
final class ReverseTextFactory implements TextProcessorFactory {

    /** An extended grapheme cluster of Unicode Standard Annex 29, as the running JDK knows it. */
    private static final Pattern CLUSTER = Pattern.compile("\\X");

    @Override
    public String name() {
        return "reverse_text";
    }

    @Override
    public TextProcessor create(KeyValues options) {
        return call -> ProcessorResult.of(reverse(call.text().string()));
    }

    private static String reverse(String text) {
        char[] reversed = new char[text.length()];
        int free = reversed.length;
        Matcher cluster = CLUSTER.matcher(text);
        while (cluster.find()) {
            free -= cluster.end() - cluster.start();
            text.getChars(cluster.start(), cluster.end(), reversed, free);
        }
        return new String(reversed);
    }
}
