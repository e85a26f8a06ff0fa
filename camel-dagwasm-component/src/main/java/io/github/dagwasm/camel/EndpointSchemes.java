package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.support.EndpointHelper;

/**
 * The schemes that the operator allows the endpoints of pipeline files. {@code ref} and other
 * components that lead to endpoints of any kind are schemes like the others. Immutable.
 */
final class EndpointSchemes {

    /** All of them. */
    static final EndpointSchemes ALL = new EndpointSchemes(List.of());

    private static final String OPTION = "allowedEndpointSchemes";

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
    static EndpointSchemes of(String list) {
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

    /** Whether the operator named schemes. */
    boolean areListed() {
        return !allowed.isEmpty();
    }

    /** Whether a scheme is allowed, in exactly this spelling. */
    boolean allow(String scheme) {
        return allowed.isEmpty() || allowed.contains(scheme);
    }

    /**
     * Says why an endpoint must not be used, by the scheme by which Camel is about to find its
     * component, with placeholders resolved. Upper case is another scheme.
     *
     * @param context the context that would resolve the endpoint
     * @param uri the endpoint's URI, as it is handed to Camel
     * @return empty if it may be used; else what is wrong and what is expected
     * @throws org.apache.camel.ResolveEndpointFailedException if it is no URI, or a placeholder has
     *     no value
     */
    Optional<String> problem(CamelContext context, EndpointUri uri) {
        if (allowed.isEmpty()) {
            return Optional.empty();
        }
        // What Camel's own getEndpoint does before it looks for the component.
        String found =
                EndpointHelper.normalizeEndpointUri(
                        EndpointHelper.resolveEndpointUriPropertyPlaceholders(
                                context, uri.written()));
        int colon = found.indexOf(':');
        // Without a colon it names an endpoint of the registry, which has any scheme.
        String scheme = colon < 0 ? "" : found.substring(0, colon);
        return allow(scheme) ? Optional.empty() : Optional.of(notAllowed(uri.part(scheme)));
    }

    /** The sentence about a scheme that is not allowed. */
    String notAllowed(String scheme) {
        return "scheme '"
                + shown(scheme)
                + "' is not allowed; expected "
                + this
                + " (component option "
                + OPTION
                + ")";
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
