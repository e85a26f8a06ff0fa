package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.AttributeNames;
import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.wasm.abi.AbiOptions;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** The allow-list of headers that a processor's guest is shown. */
final class HeaderNames {

    private static final int MOST = 64;
    private static final String PATH = "options." + AbiOptions.HEADERS;

    private HeaderNames() {}

    /** What is wrong with a processor's list. */
    static List<KeyFault> faults(KeyValues options) {
        List<String> names = options.strings(AbiOptions.HEADERS);
        if (names.size() > MOST) {
            return List.of(
                    new KeyFault(
                            PATH, "found " + names.size() + " names; expected at most " + MOST));
        }
        List<KeyFault> faults = new ArrayList<>();
        Set<String> before = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
        for (String name : names) {
            String shown = "'" + GuestText.escape(name, AttributeNames.LONGEST) + "'";
            AttributeNames.showFault(name)
                    .ifPresent(fault -> faults.add(new KeyFault(PATH, shown + ": " + fault)));
            if (!before.add(name)) {
                faults.add(
                        new KeyFault(
                                PATH,
                                shown
                                        + " is there twice; upper and lower case make no"
                                        + " difference"));
            }
        }
        return faults;
    }
}
