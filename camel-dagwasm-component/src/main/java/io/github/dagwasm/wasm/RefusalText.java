package io.github.dagwasm.wasm;

import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The sentence about a module that is refused. Who refuses it names an option by the path of its
 * key in a pipeline file, at the end: {@code (option wasm.admission.locals)}. The user may have
 * other names. Stateless.
 */
final class RefusalText {

    private static final Pattern OPTION = Pattern.compile("\\(option ([a-z0-9_.]+)\\)$");

    private RefusalText() {}

    /** The same sentence, with what the user calls the option. */
    static String named(String text, UnaryOperator<String> names) {
        Matcher option = OPTION.matcher(text);
        return option.find()
                ? text.substring(0, option.start(1))
                        + names.apply(option.group(1))
                        + text.substring(option.end(1))
                : text;
    }
}
