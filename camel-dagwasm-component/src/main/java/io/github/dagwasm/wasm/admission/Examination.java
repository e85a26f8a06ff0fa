package io.github.dagwasm.wasm.admission;

import java.util.List;

/**
 * All that a scan has to say of a module.
 *
 * @param facts what was found
 * @param refusals why the module is refused, in sentences about "it", at most {@link
 *     ModuleFacts#SHOWN}; none where it is admitted
 * @param whole whether the module was read to its end; else the facts are what was found before a
 *     place that cannot be read, which the last refusal tells
 */
public record Examination(ModuleFacts facts, List<String> refusals, boolean whole) {

    /** Copies the list. */
    public Examination {
        refusals = List.copyOf(refusals);
    }

    /**
     * Whether the module is admitted.
     *
     * @return true if nothing speaks against it
     */
    public boolean admitted() {
        return refusals.isEmpty();
    }
}
