package io.github.dagwasm.pipeline;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * The environment variables of the process, by the spellings that Camel knows: {@code app.dbHost}
 * is {@code APP.DBHOST}, {@code APP_DBHOST} or {@code APP_DB_HOST}. So a placeholder means the same
 * with and without Camel. Stateless.
 */
public final class Environment {

    /** An upper case letter that begins a word within a name. */
    private static final Pattern WORD =
            Pattern.compile("(?<=[^\\p{Lu}_-])(?=\\p{Lu})|(?<=\\p{Lu})(?=\\p{Lu}\\p{Ll})");

    private Environment() {}

    /**
     * The value of a variable.
     *
     * @param key its name in any spelling
     * @return the value of the first spelling that is set
     */
    public static Optional<String> variable(String key) {
        return names(key).stream().map(System::getenv).filter(Objects::nonNull).findFirst();
    }

    /** The names that a key stands for, in the order in which they are asked. */
    static List<String> names(String key) {
        String upper = key.toUpperCase(Locale.ROOT);
        return List.of(upper, underscored(upper), underscored(WORD.matcher(key).replaceAll("-")));
    }

    private static String underscored(String name) {
        return name.toUpperCase(Locale.ROOT).replace('-', '_').replace('.', '_');
    }
}
