package io.github.dagwasm.camel;

import io.github.dagwasm.spi.GuestText;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.EndpointHelper;

/**
 * The schemes that a pipeline file's endpoints may have, as the operator says. A scheme stands for
 * all that its component does; {@code ref} and other components that lead to endpoints of any kind
 * are schemes like the others. Immutable.
 */
public final class EndpointSchemes {

    /** All of them. */
    public static final EndpointSchemes ALL = new EndpointSchemes(List.of());

    private static final String OPTION = "allowedEndpointSchemes";

    /** What Camel takes for an order to make a bean, at the beginning of an option's value. */
    private static final List<String> MAKERS =
            List.of("#class:", "#type:", "#autowired", "#valueas");

    private static final Pattern ESCAPE = Pattern.compile("%([0-9A-Fa-f]{2})");

    /** A URI may be decoded on its way more than once. */
    private static final int MOST_DECODINGS = 4;

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final int SHOWN = 60;

    /** Empty where all are allowed. */
    private final List<String> allowed;

    private EndpointSchemes(List<String> allowed) {
        this.allowed = allowed;
    }

    /**
     * The schemes of a list.
     *
     * @param list schemes as Camel knows them, with commas between them
     * @return the schemes
     * @throws IllegalArgumentException if there is none, or one is no scheme
     */
    public static EndpointSchemes of(String list) {
        if (list.isBlank()) {
            throw new IllegalArgumentException(
                    OPTION + ": names no scheme; leave the option out to allow all");
        }
        List<String> schemes = Stream.of(list.split(",", -1)).map(String::strip).toList();
        for (String scheme : schemes) {
            if (!SCHEME.matcher(scheme).matches()) {
                throw new IllegalArgumentException(
                        OPTION
                                + ": '"
                                + shown(scheme)
                                + "' is no scheme; expected one such as file");
            }
        }
        return new EndpointSchemes(schemes);
    }

    /**
     * Whether an endpoint may be used: by the scheme by which Camel is about to find its component,
     * with placeholders resolved. Upper case is another scheme.
     *
     * @param context the context that would resolve the endpoint
     * @param uri the endpoint's URI, as it is handed to Camel
     * @return empty if it may; else what is wrong and what is expected
     * @throws org.apache.camel.ResolveEndpointFailedException if it is no URI, or a placeholder has
     *     no value
     */
    public Optional<String> problem(CamelContext context, String uri) {
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        // What Camel's own getEndpoint does before it looks for the component.
        String found =
                EndpointHelper.normalizeEndpointUri(
                        EndpointHelper.resolveEndpointUriPropertyPlaceholders(context, uri));
        int colon = found.indexOf(':');
        // Without a colon it names an endpoint of the registry, which has any scheme.
        String scheme = colon < 0 ? "" : found.substring(0, colon);
        if (!allowed.contains(scheme)) {
            return Optional.of(
                    "scheme '"
                            + shown(scheme)
                            + "' is not allowed; expected "
                            + this
                            + " (component option "
                            + OPTION
                            + ")");
        }
        return maker(found)
                .map(
                        maker ->
                                "'"
                                        + maker
                                        + "' makes an object of any class; expected #bean:NAME of one"
                                        + " that the application has bound (component option "
                                        + OPTION
                                        + ")");
    }

    /** What in the URI would have Camel call a constructor or factory of the author's choice. */
    private static Optional<String> maker(String uri) {
        String decoded = uri;
        for (int i = 0; i < MOST_DECODINGS; i++) {
            String lower = decoded.toLowerCase(Locale.ROOT);
            Optional<String> found = MAKERS.stream().filter(lower::contains).findFirst();
            if (found.isPresent()) {
                return found;
            }
            decoded = ESCAPE.matcher(decoded).replaceAll(EndpointSchemes::decoded);
        }
        return Optional.empty();
    }

    private static String decoded(MatchResult escape) {
        char c = (char) Integer.parseInt(escape.group(1), 16);
        return Matcher.quoteReplacement(String.valueOf(c));
    }

    /** The schemes, with commas between them. */
    @Override
    public String toString() {
        return allowed.isEmpty() ? "all" : String.join(", ", allowed);
    }

    private static String shown(String text) {
        return GuestText.escape(text, SHOWN);
    }
}
