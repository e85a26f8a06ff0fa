package io.github.dagwasm.executor;

import java.util.BitSet;

/**
 * The deepest text so far that may stand in for the output when no sink succeeds. Only the best is
 * kept, so that a run can drop all others. Guarded by the lock of the run.
 */
final class Fallback {

    private final Plan plan;
    private final boolean wanted;
    private final BitSet required;
    private int node = Origins.NONE;
    private FlowingText text;

    Fallback(Plan plan) {
        this.plan = plan;
        this.wanted = plan.standIns();
        this.required = wanted ? plan.flow().requiredTransforms() : new BitSet();
    }

    void offer(FlowingText candidate) {
        boolean fit =
                wanted
                        && candidate.origin() != Origins.INPUT
                        && candidate.passedThroughAll(required);
        if (fit
                && (text == null
                        || Origins.deeper(plan.graph(), candidate.origin(), text.origin()))) {
            text = candidate;
            node = candidate.origin();
        }
    }

    int node() {
        return node;
    }

    FlowingText text() {
        return text;
    }
}
