package io.github.dagwasm.executor;

/**
 * When a released processor starts; never which ones there are nor what they see. Used under the
 * lock of its run, so not safe by itself.
 */
interface Schedule {

    /** What {@link #next()} answers where nothing may start now. */
    int NONE = -1;

    /**
     * All dependencies of a node have settled and it is to run. A node that waits for its next try
     * is released again.
     */
    void released(int node);

    /** A node has settled, be it run or not. */
    void settled(int node);

    /** Takes the node to start next. */
    int next();

    /** How many nodes {@link #next()} would give one after the other. */
    int available();

    /** The schedule of a plan. */
    static Schedule of(Plan plan) {
        return switch (plan.strategy()) {
            case WORK_QUEUE -> QueueSchedule.workQueue(plan);
            case LEVEL -> new LevelSchedule(plan.graph());
            case REACTIVE -> QueueSchedule.reactive();
        };
    }
}
