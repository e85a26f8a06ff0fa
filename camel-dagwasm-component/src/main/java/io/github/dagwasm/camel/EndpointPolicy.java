package io.github.dagwasm.camel;

import java.util.Optional;
import java.util.regex.Pattern;
import org.apache.camel.CamelContext;

/**
 * Decides which endpoints pipeline files may use. A trusted author may use all endpoints of the
 * allowed schemes. The endpoints of a restricted author are literal text besides. Immutable.
 */
public final class EndpointPolicy {

    private final EndpointSchemes schemes;

    private static final Pattern ESCAPED_FILE = Pattern.compile("^file:[^?]*%[0-9A-Fa-f]{2}");

    /** Empty where authors are trusted. */
    private final Optional<OpenedOptions> opened;

    private EndpointPolicy(EndpointSchemes schemes, Optional<OpenedOptions> opened) {
        this.schemes = schemes;
        this.opened = opened;
    }

    static EndpointPolicy trusted(EndpointSchemes schemes) {
        return new EndpointPolicy(schemes, Optional.empty());
    }

    static EndpointPolicy restricted(EndpointSchemes schemes, OpenedOptions opened) {
        return new EndpointPolicy(schemes, Optional.of(opened));
    }

    /**
     * Says why a pipeline file must not use an endpoint.
     *
     * @param context the context that would resolve the endpoint
     * @param uri the endpoint's URI, as it is handed to Camel
     * @return empty if it may be used; else what is wrong, what is expected, and which component
     *     option decides. No value of an endpoint option is in the sentence, nor anything that a
     *     placeholder stands for
     * @throws org.apache.camel.ResolveEndpointFailedException if it is no URI, or a placeholder has
     *     no value
     */
    public Optional<String> problem(CamelContext context, EndpointUri uri) {
        Optional<String> forbidden =
                opened.isPresent()
                        ? new LiteralEndpoint(uri, schemes, opened.get(), context).problem()
                        : schemes.problem(context, uri);
        return forbidden.or(() -> anotherFolder(uri.written()));
    }

    /** A path may hold any character as it is, so that nobody needs an escape. */
    private static Optional<String> anotherFolder(String uri) {
        return ESCAPED_FILE.matcher(uri).find()
                ? Optional.of(
                        "the path of a file endpoint has '%' before two hexadecimal digits, which"
                                + " Camel reads as another character; write that character itself,"
                                + " or rename the folder")
                : Optional.empty();
    }

    /**
     * Says why a pipeline must not be a route of its name. Camel resolves placeholders in the ids
     * of routes, and the name is part of an endpoint's URI where a file has no {@code from}.
     *
     * @param name the pipeline's name, which its author chose with the name of the file
     * @return empty if it may be; else what is wrong, what is expected, and which component option
     *     decides
     */
    public Optional<String> nameProblem(String name) {
        return opened.isEmpty()
                ? Optional.empty()
                : LiteralText.flaw(name)
                        .or(() -> LiteralText.queryIn(name))
                        .map(
                                flaw ->
                                        "the name of the file has "
                                                + flaw
                                                + "; expected plain text, because it becomes the"
                                                + " name of a route (component option"
                                                + " authors=restricted)");
    }

    /** The schemes, with commas between them. */
    @Override
    public String toString() {
        return schemes + (opened.isPresent() ? ", literal" : "");
    }
}
