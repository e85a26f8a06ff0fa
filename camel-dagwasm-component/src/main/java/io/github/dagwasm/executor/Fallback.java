package io.github.dagwasm.executor;

/**
 * The deepest text so far that may stand in for the output when no sink succeeds. Only the best is
 * kept, so that a run can drop all others. Guarded by the lock of the run.
 */
final class Fallback {

    /** Of runs whose output is foreseen, whatever fails. */
    private static final Fallback NONE = new Fallback(null, false);

    private final Plan plan;
    private final boolean wanted;
    private int node = Origins.NONE;
    private FlowingText text;

    private Fallback(Plan plan, boolean wanted) {
        this.plan = plan;
        this.wanted = wanted;
    }

    static Fallback of(Plan plan) {
        return plan.standIns() ? new Fallback(plan, true) : NONE;
    }

    void offer(FlowingText candidate) {
        boolean fit =
                wanted
                        && candidate.origin() != Origins.INPUT
                        && candidate.passedThroughAll(plan.flow().requiredTransforms());
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
