package io.github.dagwasm.wasm.abi;

import java.util.List;
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

        /** Whether the function that takes the text is not there for something else as well. */
        boolean isApart() {
            List<String> functions = abi.functions();
            return !functions.subList(1, functions.size()).contains(functions.get(0));
        }
    }

    /**
     * It does not.
     *
     * @param reason why, in a sentence about "it"
     * @param likeness how much of the convention the module has: of several conventions, the
     *     reasons of those that it is most like are worth telling
     */
    record Lacks(String reason, Likeness likeness) implements Fit {}

    /** How much of a convention a module has that lacks something of it. */
    enum Likeness {
        /** Nothing that would tell. */
        NONE,
        /** A program, which is of use only where a text can be handed to it. */
        PROGRAM,
        /** A function that takes the text, of a type that other conventions may have as well. */
        FUNCTION,
        /** What only modules of this convention have. */
        MARKS
    }
}
