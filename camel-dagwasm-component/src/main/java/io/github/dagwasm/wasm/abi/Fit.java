package io.github.dagwasm.wasm.abi;

import java.util.Set;

/** Whether a convention fits a module. */
sealed interface Fit {

    /**
     * It does.
     *
     * @param abi the convention, bound to the module's exports
     * @param preferredTo the names of conventions that the module offers beside this one, for hosts
     *     that know no better
     */
    record Fits(GuestAbi abi, Set<String> preferredTo) implements Fit {

        /** Preferred to no other. */
        Fits(GuestAbi abi) {
            this(abi, Set.of());
        }
    }

    /**
     * It does not.
     *
     * @param reason why, in a sentence about "it"
     * @param marked whether the module has what only modules of this convention have, so that the
     *     reason is worth telling
     */
    record Lacks(String reason, boolean marked) implements Fit {}
}
