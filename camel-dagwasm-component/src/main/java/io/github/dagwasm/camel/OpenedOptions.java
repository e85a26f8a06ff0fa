package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What the operator opens to restricted authors. Immutable.
 *
 * @param options entries {@code SCHEME:OPTION}: such an option takes any value
 * @param schemes schemes of entries {@code SCHEME:*}: their path and all their options take literal
 *     text
 */
record OpenedOptions(Set<String> options, Set<String> schemes) {

    static final String OPTION = "allowedEndpointOptions";

    static final OpenedOptions NONE = new OpenedOptions(Set.of(), Set.of());

    private static final Pattern ENTRY =
            Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(\\*|[A-Za-z][A-Za-z0-9_.\\[\\]-]*)");

    private static final int SHOWN = 60;

    OpenedOptions {
        options = Set.copyOf(options);
        schemes = Set.copyOf(schemes);
    }

    /**
     * Reads the component option.
     *
     * @param list entries with commas between them
     * @param allowed the schemes that endpoints may have
     * @throws IllegalArgumentException if an entry is malformed, or of a scheme that is not allowed
     */
    static OpenedOptions of(String list, EndpointSchemes allowed) {
        Set<String> options = new HashSet<>();
        Set<String> schemes = new HashSet<>();
        for (String entry : list.split(",", -1)) {
            Matcher matcher = ENTRY.matcher(entry.strip());
            String shown = "'" + GuestText.escape(entry.strip(), SHOWN) + "'";
            if (!matcher.matches()) {
                throw new IllegalArgumentException(
                        OPTION + ": found " + shown + "; expected SCHEME:OPTION or SCHEME:*");
            }
            if (!allowed.allow(matcher.group(1))) {
                throw new IllegalArgumentException(
                        OPTION
                                + ": "
                                + shown
                                + " has no effect, because allowedEndpointSchemes does not list '"
                                + matcher.group(1)
                                + "'");
            }
            if (matcher.group(2).equals("*")) {
                schemes.add(matcher.group(1));
            } else {
                options.add(matcher.group());
            }
        }
        return new OpenedOptions(options, schemes);
    }

    /** Whether an option takes any value. */
    boolean isFree(String scheme, String option) {
        return options.contains(scheme + ":" + option);
    }

    /** Whether the path and all options of a scheme take literal text. */
    boolean isOpen(String scheme) {
        return schemes.contains(scheme);
    }

    /** The end of a sentence: which entry opens what was refused. */
    static String hint(String scheme, String option) {
        return " (authors are restricted; component option "
                + OPTION
                + "="
                + scheme
                + ":"
                + option
                + " opens it)";
    }
}
