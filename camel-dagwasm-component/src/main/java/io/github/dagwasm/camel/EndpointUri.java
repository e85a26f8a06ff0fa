package io.github.dagwasm.camel;

import io.github.dagwasm.spi.Written;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/**
 * An endpoint's URI as Camel gets it, and as it may be shown: without passwords and other values
 * that Camel takes for secrets by their names, without raw values, and with placeholders instead of
 * what they stand for. Immutable.
 */
public final class EndpointUri {

    private static final String MASK = "xxxxxx";

    /** A user and password before a host, with or without slashes, up to the last at sign. */
    private static final Pattern USER_INFO =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:/{0,2}[^:/?]*:)([^?]*)@");

    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&?]+)=");
    private static final Pattern RAW = Pattern.compile("(RAW\\(.*?\\)|RAW\\{.*?\\})(?=&|$)");

    private static final int SHORTEST_RAW = 4;

    /** How many exceptions are looked at, causes and suppressed ones of one. */
    private static final int MOST_LOOKED_AT = 100;

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{\\{.*?\\}\\}");

    /** What separates the parts of a URI, each of which others may tell alone. */
    private static final Pattern BETWEEN_PARTS = Pattern.compile("[:/?&=@,;\\s]+");

    private static final int SHORTEST_PART = 3;

    private final String written;
    private final String shown;

    /** What the author wrote himself, empty where that is all. */
    private final Optional<String> literal;

    /** What is shown instead of each, the longest first: one may be part of another. */
    private final SortedMap<String, String> secrets =
            new TreeMap<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    EndpointUri(String written) {
        this(written, Optional.empty());
    }

    private EndpointUri(String written, Optional<Written> source) {
        this.written = written;
        collectPassword();
        collectParameters();
        source.ifPresent(text -> text.values().forEach(this::addWithParts));
        literal =
                source.filter(Written::hides)
                        .map(text -> PLACEHOLDER.matcher(text.text()).replaceAll("\n"));
        shown = masked(URISupport.sanitizeUri(source.map(Written::text).orElse(written)));
    }

    /**
     * The URI of an endpoint in a pipeline file.
     *
     * @param uri the URI, without placeholders
     * @param source the same as its author wrote it, where that has placeholders
     * @return the URI
     */
    public static EndpointUri of(String uri, Optional<Written> source) {
        return new EndpointUri(uri, source);
    }

    private void collectPassword() {
        Matcher user = USER_INFO.matcher(written);
        if (user.find()) {
            add(user.group(2));
        }
    }

    /** A raw value may hold an ampersand. */
    private void collectParameters() {
        Matcher parameter = PARAMETER.matcher(written);
        int from = 0;
        while (parameter.find(from)) {
            int start = parameter.end();
            Matcher raw = RAW.matcher(written).region(start, written.length());
            int end = written.indexOf('&', start);
            end = end < 0 ? written.length() : end;
            boolean isRaw = raw.lookingAt();
            end = isRaw ? raw.end() : end;
            String value = written.substring(start, end);
            String content = isRaw ? value.substring("RAW(".length(), value.length() - 1) : value;
            // Who writes a value raw may mean a secret, whatever its name; a short one is none.
            if (isSecret(parameter.group(1)) || (isRaw && content.length() >= SHORTEST_RAW)) {
                add(value);
                add(content);
            }
            from = end;
        }
    }

    private void addWithParts(String placeholder, String value) {
        if (value.length() < SHORTEST_PART) {
            return;
        }
        add(value, placeholder);
        BETWEEN_PARTS
                .splitAsStream(value)
                .filter(part -> part.length() >= SHORTEST_PART)
                .forEach(part -> add(part, placeholder));
    }

    private static boolean isSecret(String name) {
        return URISupport.sanitizeUri("x:y?" + name + "=v").endsWith(MASK);
    }

    private void add(String secret) {
        add(secret, MASK);
    }

    private void add(String secret, String instead) {
        if (secret.isEmpty()) {
            return;
        }
        secrets.putIfAbsent(secret, instead);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        secrets.putIfAbsent(encoded, instead);
        secrets.putIfAbsent(encoded.replace("+", "%20"), instead);
        try {
            secrets.putIfAbsent(URLDecoder.decode(secret, StandardCharsets.UTF_8), instead);
        } catch (IllegalArgumentException e) {
            // It has a percent sign of its own, and there is nothing to decode.
            return;
        }
    }

    /**
     * A part of the URI as it may be shown.
     *
     * @param text the part
     * @return the part; if a placeholder stands for it, the placeholder
     */
    public String part(String text) {
        boolean authors = literal.isEmpty() || literal.get().contains(text);
        return authors ? text : secrets.getOrDefault(text, MASK);
    }

    /** As it is handed to Camel. */
    String written() {
        return written;
    }

    /** As it may be shown. */
    String shown() {
        return shown;
    }

    /**
     * A text without any of the secrets.
     *
     * @param text the text, of Camel or a component for instance
     * @return the text with {@code xxxxxx}, or the placeholder, instead of them
     */
    public String masked(String text) {
        String masked = text;
        for (Map.Entry<String, String> secret : secrets.entrySet()) {
            masked = masked.replace(secret.getKey(), secret.getValue());
        }
        return masked;
    }

    /**
     * Whether nothing that a stack trace shows of an exception tells a secret.
     *
     * @param thrown the exception
     * @return false if the exception must go no further
     */
    public boolean isKeptBy(Throwable thrown) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        Deque<Throwable> next = new ArrayDeque<>(List.of(thrown));
        while (!next.isEmpty()) {
            Throwable one = next.remove();
            if (!seen.add(one)) {
                continue;
            }
            String told = one.toString();
            if (seen.size() > MOST_LOOKED_AT || !masked(told).equals(told)) {
                return false;
            }
            next.addAll(List.of(one.getSuppressed()));
            if (one.getCause() != null) {
                next.add(one.getCause());
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return shown;
    }
}
