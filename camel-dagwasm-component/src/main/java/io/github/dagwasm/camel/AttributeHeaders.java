package io.github.dagwasm.camel;

import io.github.dagwasm.executor.HandedOn;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.text.GuestText;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.camel.Message;

/**
 * A message's headers as the attributes of a run, which shows processors those that they ask for,
 * and hands on what they answer. Upper and lower case of a name are one, whatever map the headers
 * are kept in.
 */
final class AttributeHeaders {

    static final int MOST_CHARACTERS = 8192;

    private static final int SHOWN = 128;
    private static final String FIXED =
            "none, it is fixed; shorten the header before, or leave it out of ";

    private AttributeHeaders() {}

    /**
     * Those of a message's headers that processors ask for and that are strings, numbers or truth
     * values; others are as if they were not there.
     *
     * @throws LimitExceededException if one is too long to be shown
     */
    static Map<String, String> of(Message message, Set<String> names) {
        Map<String, String> attributes = new HashMap<>();
        for (String name : names) {
            value(message, name, "options.headers").ifPresent(value -> attributes.put(name, value));
        }
        return attributes;
    }

    /**
     * One header, if it is a string, a number or a truth value.
     *
     * @param option the list of names in which it is
     * @throws LimitExceededException if it is too long to be shown
     */
    static Optional<String> value(Message message, String name, String option) {
        Object value = message.getHeader(name);
        return value instanceof String || value instanceof Number || value instanceof Boolean
                ? Optional.of(bounded(name, value.toString(), option))
                : Optional.empty();
    }

    private static String bounded(String name, String value, String option) {
        if (value.length() > MOST_CHARACTERS) {
            throw new LimitExceededException(
                            "header characters", MOST_CHARACTERS, value.length(), FIXED + option)
                    .at("the header '" + GuestText.escape(name, SHOWN) + "'");
        }
        return value;
    }

    /**
     * Sets what processors handed on. A header that the message has already is replaced, under the
     * name that it has, only by a processor that asks to be shown it.
     */
    static void set(Message message, List<HandedOn> all) {
        Map<String, String> names = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : message.getHeaders().keySet()) {
            // A map of a HeadersMapFactory other than the default may have a null for a name.
            if (name != null) {
                names.put(name, name);
            }
        }
        Set<String> before = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        before.addAll(names.keySet());
        for (HandedOn one : all) {
            if (one.replaces() || !before.contains(one.name())) {
                message.setHeader(names.computeIfAbsent(one.name(), name -> name), one.value());
            }
        }
    }
}
