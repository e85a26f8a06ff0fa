package io.github.dagwasm.wasm.engine.chicory;

/**
 * How a command came out.
 *
 * @param outcome which of few
 * @param reason why, empty where it passed
 */
record SpecVerdict(Outcome outcome, String reason) {

    /** The ways in which a command can come out. */
    enum Outcome {
        /** As the suite says. */
        PASSED,
        /** The sandbox refuses the command's module for something that it does not support. */
        REFUSED,
        /** There is nothing to judge, such as a module that is there as text only. */
        UNJUDGED,
        /** Otherwise than the suite says. */
        DIFFERS
    }

    static SpecVerdict passed() {
        return new SpecVerdict(Outcome.PASSED, "");
    }

    static SpecVerdict refused(String reason) {
        return new SpecVerdict(Outcome.REFUSED, reason);
    }

    static SpecVerdict unjudged(String reason) {
        return new SpecVerdict(Outcome.UNJUDGED, reason);
    }

    static SpecVerdict differs(String reason) {
        return new SpecVerdict(Outcome.DIFFERS, reason);
    }

    /** Passes where a condition holds. */
    static SpecVerdict require(boolean right, String otherwise) {
        return right ? passed() : differs(otherwise);
    }
}
