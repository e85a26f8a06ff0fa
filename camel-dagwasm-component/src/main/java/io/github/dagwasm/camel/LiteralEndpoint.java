package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.apache.camel.CamelContext;
import org.apache.camel.ResolveEndpointFailedException;
import org.apache.camel.support.EndpointHelper;
import org.apache.camel.util.URISupport;
import org.apache.camel.util.UnsafeUriCharactersEncoder;

/**
 * Holds an endpoint's URI against what a restricted author may write. Used by one thread.
 *
 * @param uri the URI
 * @param schemes the schemes that the operator allows
 * @param opened the options that the operator opens
 * @param context knows the components
 */
record LiteralEndpoint(
        EndpointUri uri, EndpointSchemes schemes, OpenedOptions opened, CamelContext context) {

    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*");
    private static final Pattern OPTION = Pattern.compile("[A-Za-z][A-Za-z0-9_.-]*");
    private static final Pattern FILE_FUNCTION =
            Pattern.compile("\\$\\{file:(?:name|onlyname|name\\.noext)\\}");

    private static final String PLACEHOLDER = "{{";
    private static final String TRUSTED =
            " (authors are restricted; component option authors=trusted opens it)";

    /** Normalizing a URI again changes nothing, or something is hidden in it. */
    private static final int MOST_FORMS = 4;

    private static final int LONGEST = 4096;
    private static final int SHOWN = 60;

    /** Says why the endpoint is refused, empty if it is not. */
    Optional<String> problem() {
        String text = uri.written();
        if (text.length() > LONGEST) {
            return Optional.of("the URI has more than " + LONGEST + " characters" + TRUSTED);
        }
        int colon = text.indexOf(':');
        String scheme = colon < 0 ? "" : text.substring(0, colon);
        return schemeProblem(scheme)
                .or(() -> placeholderIn(text))
                .or(() -> partsProblem(scheme, text));
    }

    private Optional<String> schemeProblem(String scheme) {
        if (!SCHEME.matcher(scheme).matches()) {
            // Whether or not schemes are listed: Camel would look elsewhere than for a component.
            return Optional.of(
                    "'" + shown(scheme) + "' is no scheme; expected one such as file" + TRUSTED);
        }
        if (!schemes.allow(scheme)) {
            return Optional.of(schemes.notAllowed(uri.part(scheme)));
        }
        return KnownEndpoints.hasPlainPath(scheme) || opened.isOpen(scheme)
                ? Optional.empty()
                : Optional.of(
                        "what follows '"
                                + shown(scheme)
                                + ":' may name or be code; expected a scheme whose endpoints are"
                                + " plain data, such as file"
                                + OpenedOptions.hint(shown(scheme), "*"));
    }

    /** Camel resolves placeholders before it takes a URI apart. */
    private static Optional<String> placeholderIn(String uri) {
        return uri.contains(PLACEHOLDER)
                ? Optional.of(
                        "the URI has a placeholder that is not resolved; expected literal text"
                                + TRUSTED)
                : Optional.empty();
    }

    /** A URI is looked at as it is written and in each form that Camel gives it. */
    private Optional<String> partsProblem(String scheme, String written) {
        Optional<String> problem = formProblem(scheme, written, true);
        String form = written;
        for (int i = 0; problem.isEmpty() && i < MOST_FORMS; i++) {
            String next = EndpointHelper.normalizeEndpointUri(form);
            if (next.equals(form)) {
                return Optional.empty();
            }
            form = next;
            problem = formProblem(scheme, form, false);
        }
        return problem.or(
                () -> Optional.of("the URI is encoded more than once; write it plainly" + TRUSTED));
    }

    private Optional<String> formProblem(String scheme, String form, boolean raw) {
        if (!form.startsWith(scheme + ":")) {
            return Optional.of("the scheme is written in an ambiguous way" + TRUSTED);
        }
        int query = form.indexOf('?');
        String path = form.substring(scheme.length() + 1, query < 0 ? form.length() : query);
        return LiteralText.flaw(path)
                .or(() -> LiteralText.queryIn(path))
                .map(
                        flaw ->
                                "what follows '"
                                        + shown(scheme)
                                        + ":' has "
                                        + flaw
                                        + "; expected literal text"
                                        + TRUSTED)
                .or(() -> optionsProblem(scheme, query < 0 ? Map.of() : options(form, query, raw)));
    }

    private static Map<String, Object> options(String form, int query, boolean raw) {
        try {
            // As a component does that takes the URI raw, and as the others do.
            return raw
                    ? URISupport.parseQuery(form.substring(query + 1), true, true)
                    : URISupport.parseParameters(new URI(UnsafeUriCharactersEncoder.encode(form)));
        } catch (URISyntaxException e) {
            throw new ResolveEndpointFailedException(form, e);
        }
    }

    private Optional<String> optionsProblem(String scheme, Map<String, Object> options) {
        return options.entrySet().stream()
                .flatMap(
                        option ->
                                values(option.getValue())
                                        .flatMap(
                                                value ->
                                                        optionProblem(
                                                                scheme, option.getKey(), value)
                                                                .stream()))
                .findFirst();
    }

    /** An option that is written twice has both its values in a list. */
    private static Stream<String> values(Object value) {
        Collection<?> all = value instanceof Collection<?> list ? list : List.of(value);
        return all.stream().map(String::valueOf).map(LiteralEndpoint::withoutRaw);
    }

    private static String withoutRaw(String value) {
        boolean raw =
                (value.startsWith("RAW(") && value.endsWith(")"))
                        || (value.startsWith("RAW{") && value.endsWith("}"));
        return raw ? value.substring("RAW(".length(), value.length() - 1) : value;
    }

    private Optional<String> optionProblem(String scheme, String name, String value) {
        if (opened.isFree(scheme, name)) {
            return Optional.empty();
        }
        if (!OPTION.matcher(name).matches()) {
            return Optional.of("'" + shown(name) + "' is no name of an option" + TRUSTED);
        }
        boolean fileName = KnownEndpoints.isFileName(scheme, name);
        if (!fileName && !isText(scheme, name)) {
            return Optional.of(notPlain(scheme, name));
        }
        String text = fileName ? FILE_FUNCTION.matcher(value).replaceAll(" ") : value;
        String expected =
                fileName
                        ? "literal text with ${file:name}, ${file:onlyname} or"
                                + " ${file:name.noext}"
                        : "literal text";
        return LiteralText.flaw(text)
                .map(
                        flaw ->
                                "option '"
                                        + shown(name)
                                        + "' has "
                                        + flaw
                                        + "; expected "
                                        + expected
                                        + OpenedOptions.hint(shown(scheme), shown(name)));
    }

    private String notPlain(String scheme, String name) {
        return new OptionNames(scheme, context)
                .unknown(name, uri)
                .orElseGet(
                        () ->
                                "option '"
                                        + shown(name)
                                        + "' of '"
                                        + shown(scheme)
                                        + "' is not known to be plain data"
                                        + OpenedOptions.hint(shown(scheme), shown(name)));
    }

    private boolean isText(String scheme, String name) {
        return opened.isOpen(scheme)
                || KnownEndpoints.isText(scheme, name)
                || new OptionNames(scheme, context)
                        .type(name)
                        .filter(type -> KnownEndpoints.isPlain(name, type))
                        .isPresent();
    }

    private String shown(String text) {
        return GuestText.escape(uri.part(text), SHOWN);
    }
}
