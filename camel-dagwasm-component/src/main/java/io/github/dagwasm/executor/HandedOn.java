package io.github.dagwasm.executor;

import io.github.dagwasm.spi.AttributeNames;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.text.GuestText;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Something that a processor handed on beside its text.
 *
 * @param name a {@linkplain AttributeNames#handOnFault plain name}
 * @param value its value
 * @param replaces whether it may take the place of what was there before the run, since the
 *     processor asks to be shown that; else it is only for who had nothing of this name
 */
public record HandedOn(String name, String value, boolean replaces) {

    /** What one processor handed on. */
    static List<HandedOn> by(PlannedProcessor planned, Map<String, String> attributes) {
        Set<String> asked = planned.processor().attributes();
        List<HandedOn> all = new ArrayList<>(attributes.size());
        attributes.forEach(
                (name, value) -> {
                    boolean replaces = asked.stream().anyMatch(name::equalsIgnoreCase);
                    all.add(new HandedOn(name, value, replaces));
                });
        return all;
    }

    /**
     * Looks at the names of what a processor hands on, whoever it is.
     *
     * @throws ProcessorFailureException if one is not for processors to set
     */
    static void check(Map<String, String> attributes) {
        for (String name : attributes.keySet()) {
            AttributeNames.handOnFault(name).ifPresent(fault -> refuse(name, fault));
        }
    }

    private static void refuse(String name, String fault) {
        throw new ProcessorFailureException(
                "it handed on the attribute '"
                        + GuestText.escape(name, AttributeNames.LONGEST)
                        + "': "
                        + fault,
                null,
                false);
    }
}
