package io.github.dagwasm.wasm.engine.chicory;

import java.util.Optional;

/**
 * What a module of a script came to.
 *
 * @param instance the instance, if there is one
 * @param verdict of the command that defines the module
 * @param knockOn of the commands that need the instance, where there is none
 */
record SpecDefinition(Optional<SpecInstance> instance, SpecVerdict verdict, SpecVerdict knockOn) {

    static SpecDefinition as(SpecInstance instance) {
        return new SpecDefinition(
                Optional.of(instance), SpecVerdict.passed(), SpecVerdict.passed());
    }

    /** There is nothing to be loaded. */
    static SpecDefinition missing(String reason) {
        return unloaded(SpecVerdict.unjudged(reason));
    }

    /** The sandbox refuses it, or there is no judging it. */
    static SpecDefinition unloaded(SpecVerdict verdict) {
        return new SpecDefinition(Optional.empty(), verdict, verdict);
    }

    /** It was to be loaded and was not. */
    static SpecDefinition failed(int line, String message) {
        return new SpecDefinition(
                Optional.empty(),
                SpecVerdict.differs(message),
                SpecVerdict.unjudged("the module of line " + line + " differs"));
    }
}
