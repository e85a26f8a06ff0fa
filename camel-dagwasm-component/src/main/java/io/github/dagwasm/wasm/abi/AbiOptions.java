package io.github.dagwasm.wasm.abi;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What a processor's options say of how its guest is called.
 *
 * @param abi the name of the convention; found out where it is absent
 * @param function the exported function that takes the text, where the convention's own is not
 *     meant
 * @param headers the names of the headers that a guest of a convention with headers is shown
 * @param answersText whether such a guest answers with the text alone
 * @param given which of the options that only some conventions know were written down
 * @param refusedName tells of the name of an attribute why no guest may set it; empty if it may
 */
public record AbiOptions(
        Optional<String> abi,
        Optional<String> function,
        List<String> headers,
        boolean answersText,
        Set<String> given,
        Function<String, Optional<String>> refusedName) {

    /** Nothing is said: the convention is found out. */
    public static final AbiOptions NONE =
            new AbiOptions(
                    Optional.empty(),
                    Optional.empty(),
                    List.of(),
                    false,
                    Set.of(),
                    name -> Optional.empty());

    /** The option that says in which form a guest answers, for its value see the reference. */
    public static final String ANSWER = "answer";

    /** The option that lets headers in. */
    public static final String HEADERS = "headers";

    /** The option with a command's arguments. */
    public static final String ARGS = "args";

    /** The option with a command's environment. */
    public static final String ENV = "env";

    /** The option that grants a clock or randomness. */
    public static final String GRANT = "grant";

    /** Copies the collections. */
    public AbiOptions {
        headers = List.copyOf(headers);
        given = Set.copyOf(given);
    }

    /**
     * These options with another function.
     *
     * @param other the exported function that takes the text
     * @return the options
     */
    public AbiOptions calling(String other) {
        return new AbiOptions(abi, Optional.of(other), headers, answersText, given, refusedName);
    }
}
