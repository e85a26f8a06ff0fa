package io.github.dagwasm.spi;

import io.github.dagwasm.text.GuestText;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * Which names attributes may have, which are a message's headers where there is one: some steer
 * Camel, a transport or this component, and are not for processors to see or to set. Upper and
 * lower case are one, and so are a name and what JMS, which knows neither dots nor hyphens, makes
 * of it on the way. Stateless.
 */
public final class AttributeNames {

    /** The most characters of a name that is handed on. */
    public static final int LONGEST = 128;

    /** The most names of one list. */
    private static final int MOST = 64;

    private static final List<String> NEVER_SHOWN =
            List.of("Camel", "org.apache.camel", "dagwasm.");
    private static final List<String> NEVER_SET =
            List.of("Camel", "org.apache.camel", "dagwasm.", "JMS", "kafka.");

    /** Headers by which W3C, Zipkin, Jaeger, OpenTracing, AWS and Camel itself tell a trace. */
    private static final Pattern OF_TRACES =
            Pattern.compile(
                    "traceparent|tracestate|baggage|b3|X-B3-.*|uber-trace-id|uberctx-.*"
                            + "|ot-tracer-.*|X-Amzn-Trace-Id|breadcrumbId",
                    Pattern.CASE_INSENSITIVE);

    /** How Camel's component for JMS spells a dot and a hyphen, which its consumer undoes. */
    private static final Pattern DOT = Pattern.compile("_DOT_", Pattern.CASE_INSENSITIVE);

    private static final Pattern HYPHEN = Pattern.compile("_HYPHEN_", Pattern.CASE_INSENSITIVE);

    private static final Pattern PLAIN =
            Pattern.compile("[A-Za-z0-9][A-Za-z0-9_.-]{0," + (LONGEST - 1) + "}");

    private AttributeNames() {}

    /**
     * An option that is a list of attributes' names.
     *
     * @param name the option
     * @param description one sentence for the reference page
     * @return the spec; what it lets through is still to be held against {@link #showFaults} or
     *     {@link #handOnFaults}
     */
    public static KeySpec option(String name, String description) {
        return KeySpec.of(name, KeySpec.Type.STRINGS, description)
                .matching(
                        "[^\u0000-\u001f\u007f]{1," + LONGEST + "}",
                        "1 to " + LONGEST + " characters without controls");
    }

    /**
     * Why a processor cannot ask to be shown an attribute.
     *
     * @param name the attribute's name, of whatever form
     * @return what follows the name in a sentence; empty where it can
     */
    public static Optional<String> showFault(String name) {
        return startOf(name, NEVER_SHOWN)
                .map(
                        start ->
                                "nothing whose name begins with "
                                        + start
                                        + " is shown to a processor");
    }

    /**
     * Why a processor cannot hand an attribute on.
     *
     * @param name the attribute's name, of whatever form
     * @return what follows the name in a sentence; empty where it can
     */
    public static Optional<String> handOnFault(String name) {
        if (!PLAIN.matcher(name).matches()) {
            return Optional.of(
                    "a plain name is a letter or digit, then letters, digits, '_', '.' and '-', "
                            + LONGEST
                            + " characters at the most");
        }
        if (OF_TRACES.matcher(received(name)).matches()) {
            return Optional.of("it belongs to the message's trace, which no processor sets");
        }
        return startOf(name, NEVER_SET)
                .map(start -> "no processor sets anything whose name begins with " + start);
    }

    /**
     * What is wrong with a list of attributes that a processor asks to be shown.
     *
     * @param key the list's key, by its path below the processor
     * @param names the list
     * @return the faults, none where all is well
     */
    public static List<KeyFault> showFaults(String key, List<String> names) {
        return faults(key, names, AttributeNames::showFault);
    }

    /**
     * What is wrong with a list of attributes that a processor is to hand on.
     *
     * @param key the list's key, by its path below the processor
     * @param names the list
     * @return the faults, none where all is well
     */
    public static List<KeyFault> handOnFaults(String key, List<String> names) {
        return faults(key, names, AttributeNames::handOnFault);
    }

    private static List<KeyFault> faults(
            String key, List<String> names, Function<String, Optional<String>> faultOf) {
        if (names.size() > MOST) {
            return List.of(
                    new KeyFault(
                            key, "found " + names.size() + " names; expected at most " + MOST));
        }
        List<KeyFault> faults = new ArrayList<>();
        Set<String> before = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            String shown = "'" + GuestText.escape(name, LONGEST) + "'";
            faultOf.apply(name)
                    .ifPresent(fault -> faults.add(new KeyFault(key, shown + ": " + fault)));
            if (!before.add(name)) {
                faults.add(
                        new KeyFault(
                                key,
                                shown
                                        + " is there twice; upper and lower case make no"
                                        + " difference"));
            }
        }
        return faults;
    }

    private static Optional<String> startOf(String name, List<String> starts) {
        String received = received(name);
        return starts.stream()
                .filter(start -> begins(name, start) || begins(received, start))
                .findFirst();
    }

    private static String received(String name) {
        return HYPHEN.matcher(DOT.matcher(name).replaceAll(".")).replaceAll("-");
    }

    private static boolean begins(String name, String start) {
        return name.regionMatches(true, 0, start, 0, start.length());
    }
}
