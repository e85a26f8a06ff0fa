package io.github.dagwasm.wasm.abi;

/** Whether a convention fits a module. */
sealed interface Fit {

    /**
     * It does.
     *
     * @param abi the convention, bound to the module's exports
     */
    record Fits(GuestAbi abi) implements Fit {}

    /**
     * It does not.
     *
     * @param reason why, in a sentence about "it"
     * @param marked whether the module has what only modules of this convention have, so that the
     *     reason is worth telling
     */
    record Lacks(String reason, boolean marked) implements Fit {}
}
