package io.github.dagwasm.camel;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Comparator;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.camel.util.URISupport;

/**
 * An endpoint's URI as it is written, and as it may be shown: without passwords, whatever else
 * Camel takes for a secret by its name, and raw values. Immutable.
 */
final class EndpointUri {

    private static final String MASK = "xxxxxx";

    /** A user and password before a host, with or without slashes, up to the last at sign. */
    private static final Pattern USER_INFO =
            Pattern.compile("^([A-Za-z][A-Za-z0-9+.-]*:/{0,2}[^:/?]*:)([^?]*)@");

    private static final Pattern PARAMETER = Pattern.compile("[?&]([^=&?]+)=");
    private static final Pattern RAW = Pattern.compile("(RAW\\(.*?\\)|RAW\\{.*?\\})(?=&|$)");

    private static final int SHORTEST_RAW = 4;

    /** How many exceptions are looked at, causes and suppressed ones of one. */
    private static final int MOST_LOOKED_AT = 100;

    private final String written;
    private final String shown;

    /** The longest first: one may be part of another. */
    private final Set<String> secrets =
            new TreeSet<>(
                    Comparator.comparingInt(String::length)
                            .reversed()
                            .thenComparing(Comparator.naturalOrder()));

    EndpointUri(String written) {
        this.written = written;
        collectPassword();
        collectParameters();
        shown = masked(URISupport.sanitizeUri(written));
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

    private static boolean isSecret(String name) {
        return URISupport.sanitizeUri("x:y?" + name + "=v").endsWith(MASK);
    }

    private void add(String secret) {
        if (secret.isEmpty()) {
            return;
        }
        secrets.add(secret);
        String encoded = URLEncoder.encode(secret, StandardCharsets.UTF_8);
        secrets.add(encoded);
        secrets.add(encoded.replace("+", "%20"));
        try {
            secrets.add(URLDecoder.decode(secret, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            // It has a percent sign of its own, and there is nothing to decode.
            return;
        }
    }

    /** As it is handed to Camel. */
    String written() {
        return written;
    }

    /** As it may be shown. */
    String shown() {
        return shown;
    }

    /** A text without any of the secrets. */
    String masked(String text) {
        String masked = text;
        for (String secret : secrets) {
            masked = masked.replace(secret, MASK);
        }
        return masked;
    }

    /** Whether nothing that a stack trace shows of an exception tells a secret. */
    boolean isKeptBy(Throwable thrown) {
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
