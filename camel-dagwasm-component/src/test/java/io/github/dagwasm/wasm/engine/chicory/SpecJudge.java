package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.TrapException;
import java.util.List;

/** Holds what an action came to against what a script expects of it. */
final class SpecJudge {

    private static final String TRAPPED = "the guest trapped: ";
    private static final String EXHAUSTED = TRAPPED + "call stack exhausted";
    static final String UNCAUGHT = TRAPPED + "uncaught exception";

    private SpecJudge() {}

    static SpecVerdict requireReturn(SpecOutcome outcome) {
        return require(outcome.failure().isEmpty(), "results", outcome);
    }

    static SpecVerdict requireResults(List<SpecValue> expected, SpecOutcome outcome) {
        if (outcome.failure().filter(SpecJudge::isExhaustion).isPresent()) {
            return SpecVerdict.refused("depth of calls");
        }
        if (outcome.failure().isPresent()) {
            return require(false, expected.toString(), outcome);
        }
        boolean right = SpecValue.match(expected, outcome.results());
        return require(right, expected.toString(), outcome);
    }

    /** The kind of the trap counts, not its wording. */
    static SpecVerdict requireTrap(String text, SpecOutcome outcome) {
        return require(
                outcome.failure().filter(failure -> isTrap(text, failure)).isPresent(),
                "trap: " + text,
                outcome);
    }

    static boolean isTrap(String text, DagWasmException failure) {
        return failure instanceof TrapException
                && failure.getMessage().startsWith(TRAPPED + wording(text));
    }

    /** The engine's words: it names no index, and has a sentence of its own for one trap. */
    private static String wording(String text) {
        return text.equals("unreachable")
                ? "Trapped on unreachable instruction"
                : text.replaceFirst(" [0-9]+$", "");
    }

    /** A limit of open calls or of their stack is as good as the end of the stack. */
    static SpecVerdict requireExhaustion(SpecOutcome outcome) {
        return require(
                outcome.failure().filter(SpecJudge::isExhaustion).isPresent(),
                "call stack exhausted",
                outcome);
    }

    static boolean isExhaustion(DagWasmException failure) {
        return failure instanceof LimitExceededException limit
                ? limit.getMessage().contains("open calls")
                        || limit.getMessage().contains("call stack")
                : failure.getMessage().equals(EXHAUSTED);
    }

    static SpecVerdict requireException(SpecOutcome outcome) {
        return require(
                outcome.failure().filter(f -> f.getMessage().equals(UNCAUGHT)).isPresent(),
                "an exception that nobody catches",
                outcome);
    }

    private static SpecVerdict require(boolean right, String expected, SpecOutcome outcome) {
        return right
                ? SpecVerdict.passed()
                : SpecVerdict.differs("expected " + expected + ", but was " + outcome);
    }
}
