package io.github.dagwasm.pipeline;

import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Whether the path of a folder can stand in the URIs of Camel's endpoints. Camel decodes a URI more
 * than once, so that no way to write some characters leads to the folder. Stateless.
 */
public final class FolderInUris {

    /** A text in a path, and what Camel makes of it. */
    private record Flaw(Pattern pattern, String description) {}

    private static final List<Flaw> FLAWS =
            List.of(
                    new Flaw(
                            Pattern.compile("%[0-9A-Fa-f]{2}"),
                            "'%s', which Camel reads as another character"),
                    new Flaw(Pattern.compile("\\?"), "'%s', with which options begin"),
                    new Flaw(Pattern.compile("&"), "'%s', which stands between options"),
                    new Flaw(Pattern.compile("\\+"), "'%s', which is a blank in an option"),
                    new Flaw(
                            Pattern.compile("\\$(?:simple)?\\{"),
                            "'%s', with which expressions begin"),
                    new Flaw(Pattern.compile("\\{\\{"), "'%s', with which placeholders begin"),
                    new Flaw(Pattern.compile("\\}\\}"), "'%s', with which placeholders end"),
                    new Flaw(
                            Pattern.compile("[\\x00-\\x1f\\x7f-\\x9f\\u2028\\u2029]"),
                            "a control character"));

    private FolderInUris() {}

    /**
     * Says why a path cannot stand in a URI.
     *
     * @param path the absolute path
     * @return a sentence without a full stop, empty if there is nothing wrong
     */
    public static Optional<String> problem(String path) {
        for (Flaw flaw : FLAWS) {
            Matcher found = flaw.pattern().matcher(path);
            if (found.find()) {
                return Optional.of(
                        "the path of the folder has "
                                + flaw.description().formatted(found.group())
                                + ", and cannot stand in the URI of an endpoint; rename the folder");
            }
        }
        return Optional.empty();
    }
}
