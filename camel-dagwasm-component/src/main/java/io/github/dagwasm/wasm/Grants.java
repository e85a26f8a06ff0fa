package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.abi.AbiOptions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * What of the outside a pipeline file may grant to a guest that imports WASI. Immutable.
 *
 * @param names what may stand in a processor's {@code options.grant}
 */
public record Grants(Set<String> names) {

    /** The time. */
    public static final String CLOCK = "clock";

    /** Random numbers. */
    public static final String RANDOM = "random";

    /** All that there are, in the order in which messages list them. */
    static final List<String> KNOWN = List.of(CLOCK, RANDOM);

    /** Whatever the author of a pipeline wants. */
    public static final Grants ALL = new Grants(Set.copyOf(KNOWN));

    static final String OPTION = "allowedGrants";

    private static final String NOTHING = "none";
    private static final int SHOWN = 60;

    /** Copies the names, and refuses one that is not known. */
    public Grants {
        names = Set.copyOf(names);
        for (String name : names) {
            if (!KNOWN.contains(name)) {
                throw new IllegalArgumentException(
                        OPTION
                                + ": found '"
                                + GuestText.escape(name, SHOWN)
                                + "'; expected some of "
                                + String.join(", ", KNOWN)
                                + ", or "
                                + NOTHING);
            }
        }
    }

    /**
     * Reads a list.
     *
     * @param list names with commas between them, or {@code none}
     * @return the grants
     * @throws IllegalArgumentException if there is something else in it
     */
    public static Grants of(String list) {
        if (list.strip().equals(NOTHING)) {
            return new Grants(Set.of());
        }
        Set<String> names = new LinkedHashSet<>();
        Arrays.stream(list.split(",", -1)).map(String::strip).forEach(names::add);
        return new Grants(names);
    }

    /** What is wrong with a processor's wishes. */
    List<KeyFault> faults(KeyValues options) {
        List<KeyFault> faults = new ArrayList<>();
        for (String wish : new LinkedHashSet<>(options.strings(AbiOptions.GRANT))) {
            if (!names.contains(wish)) {
                faults.add(
                        new KeyFault(
                                "options." + AbiOptions.GRANT,
                                "found "
                                        + wish
                                        + "; expected "
                                        + expected()
                                        + ", the operator's ceiling (option "
                                        + OptionNames.ofComponent(OPTION)
                                        + ")"));
            }
        }
        return faults;
    }

    private String expected() {
        return names.isEmpty() ? "no grant" : "nothing but " + String.join(", ", names);
    }
}
