package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.MalformedTextException;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * Everything that a run decides: which processors are ready, what a failure means, who may go on
 * working. Every method takes the one lock, decides and returns what is to be done outside of it;
 * none calls a processor.
 */
final class RunState {

    /**
     * What is to be done after a change of state.
     *
     * @param node the processor that the asking worker goes on with, or {@link Schedule#NONE}
     * @param workers how many more workers to start; their permits are taken
     * @param toStop the calls to stop
     * @param settled whether the run is over; said once
     * @param retryAfterNanos when the processor that was settled is due for another try; 0 for
     *     never
     */
    record Next(int node, int workers, List<Call> toStop, boolean settled, long retryAfterNanos) {}

    private static final long FIRST_BACK_OFF_NANOS = 100_000_000L;
    private static final long LONGEST_BACK_OFF_NANOS = 10_000_000_000L;

    private final Object lock = new Object();
    private final Plan plan;
    private final Graph graph;
    private final boolean keepTexts;
    private final NodeRun[] nodes;
    private final Merging merging;
    private final Schedule schedule;
    private final Fallback fallback;
    private final Queue<Integer> skipped = new ArrayDeque<>();
    private int unsettled;
    private int permits;
    private boolean stopping;
    private boolean over;
    private DagWasmException stopCause;

    RunState(Plan plan, FlowingText input, boolean keepTexts) {
        this.plan = plan;
        this.graph = plan.graph();
        this.keepTexts = keepTexts;
        this.nodes = new NodeRun[graph.size()];
        this.merging = new Merging(plan, nodes, input);
        this.schedule = Schedule.of(plan);
        this.fallback = new Fallback(plan);
        this.unsettled = nodes.length;
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = new NodeRun();
            nodes[node].unsettledDependencies = graph.dependencyCount(node);
            nodes[node].unsettledDependents = graph.dependentCount(node);
        }
    }

    Merging merging() {
        return merging;
    }

    /** Releases the roots; the asking worker gets the first permit. */
    Next begin() {
        synchronized (lock) {
            for (int node = 0; node < nodes.length; node++) {
                if (nodes[node].unsettledDependencies == 0) {
                    release(node);
                }
            }
            permits = 1;
            return next(true, List.of(), 0);
        }
    }

    /** A worker is about to call a processor; false if it must not, because the run is over. */
    boolean started(Call call, FlowingText input, long now) {
        long bytesIn = input.text().utf8Length();
        synchronized (lock) {
            if (stopping) {
                return false;
            }
            NodeRun node = nodes[call.node()];
            node.call = call;
            node.text = input;
            node.bytesIn = bytesIn;
            if (node.tries++ == 0) {
                node.startedAt = now;
            }
            return true;
        }
    }

    /**
     * A processor that was taken is not called after all; without a failure, because the run is
     * over.
     */
    Next notStarted(int node, Optional<DagWasmException> failure, long now) {
        synchronized (lock) {
            return settle(
                    node,
                    failure.isEmpty() ? ProcessorOutcome.CANCELLED : ProcessorOutcome.FAILED,
                    failure,
                    now,
                    true);
        }
    }

    /** A try has ended. Whoever tells goes on working, or gives its permit back. */
    Next settled(Call call, Settlement ended, long now, boolean goesOn) {
        int number = call.node();
        Settlement settlement =
                ended instanceof Settlement.Succeeded done ? checked(number, done) : ended;
        synchronized (lock) {
            NodeRun node = nodes[number];
            if (over) {
                return new Next(Schedule.NONE, 0, List.of(), false, 0);
            }
            node.call = null;
            if (settlement instanceof Settlement.Failed failed) {
                boolean again =
                        failed.failure().retryable()
                                && node.tries <= plan.processor(number).retries();
                if (again && !stopping) {
                    node.phase = NodeRun.Phase.WAITING;
                    return next(goesOn, List.of(), backOff(node.tries));
                }
                return settle(
                        number,
                        ProcessorOutcome.FAILED,
                        Optional.of(failed.failure()),
                        now,
                        goesOn);
            }
            if (settlement instanceof Settlement.Succeeded succeeded) {
                accept(number, succeeded.result());
                return settle(number, ProcessorOutcome.SUCCEEDED, Optional.empty(), now, goesOn);
            }
            return settle(number, ProcessorOutcome.CANCELLED, Optional.empty(), now, goesOn);
        }
    }

    /**
     * A text that is not well formed is the failure of whoever made it, not of whoever needs it.
     */
    private Settlement checked(int node, Settlement.Succeeded succeeded) {
        try {
            if (plan.processor(node).transforms()) {
                succeeded.result().text().utf8Length();
            }
            return succeeded;
        } catch (MalformedTextException e) {
            return new Settlement.Failed(e);
        }
    }

    private static long backOff(int tries) {
        return Math.min(FIRST_BACK_OFF_NANOS << Math.min(tries - 1, 16), LONGEST_BACK_OFF_NANOS);
    }

    /** A processor's next try is due. */
    Next retry(int node) {
        synchronized (lock) {
            if (nodes[node].phase == NodeRun.Phase.WAITING) {
                release(node);
            }
            permits++;
            return next(false, List.of(), 0);
        }
    }

    /**
     * A worker has given its permit away to a call that goes on without it, and would go on with
     * another.
     */
    Next another() {
        synchronized (lock) {
            boolean may = !stopping && permits < plan.maxConcurrency();
            int node = may ? take() : Schedule.NONE;
            permits += node == Schedule.NONE ? 0 : 1;
            return new Next(node, 0, List.of(), false, 0);
        }
    }

    /**
     * The first processor of a worker that was started with a permit; the permit is given back if
     * there is none.
     */
    Next takeOrLeave() {
        synchronized (lock) {
            return next(true, List.of(), 0);
        }
    }

    /** Workers that could not be started give their permits back. */
    void leave(int workers) {
        synchronized (lock) {
            permits -= workers;
        }
    }

    /** Nothing starts any more; answers the calls that still run. */
    Next stop(DagWasmException cause) {
        synchronized (lock) {
            if (!stopping && !over) {
                stopCause = cause;
                cancelWaiting(System.nanoTime());
            }
            permits++;
            return next(false, over ? List.of() : running(), 0);
        }
    }

    /**
     * Something broke that must not; whatever has not settled is cancelled. True if the run was not
     * over yet.
     */
    boolean abort(DagWasmException cause) {
        synchronized (lock) {
            boolean wasRunning = !over;
            if (wasRunning) {
                stopCause = cause;
                stopping = true;
                over = true;
                for (NodeRun node : nodes) {
                    node.call = null;
                    if (node.phase != NodeRun.Phase.SETTLED) {
                        node.phase = NodeRun.Phase.SETTLED;
                        node.outcome = ProcessorOutcome.CANCELLED;
                        node.settledAt = System.nanoTime();
                    }
                }
            }
            return wasRunning;
        }
    }

    private void cancelWaiting(long now) {
        stopping = true;
        for (int node = 0; node < nodes.length; node++) {
            NodeRun.Phase phase = nodes[node].phase;
            if (phase != NodeRun.Phase.RUNNING && phase != NodeRun.Phase.SETTLED) {
                close(node, ProcessorOutcome.CANCELLED, now);
            }
        }
    }

    private List<Call> running() {
        List<Call> calls = new ArrayList<>();
        for (NodeRun node : nodes) {
            if (node.call != null) {
                calls.add(node.call);
            }
        }
        return calls;
    }

    private Next settle(
            int node,
            ProcessorOutcome outcome,
            Optional<DagWasmException> failure,
            long now,
            boolean goesOn) {
        nodes[node].failure = failure.orElse(null);
        close(node, outcome, now);
        List<Call> toStop = List.of();
        if (failure.isPresent()
                && plan.failureStrategy() == FailureStrategy.FAIL_FAST
                && !stopping) {
            cancelWaiting(now);
            toStop = running();
        }
        Integer settled = node;
        while (settled != null) {
            releaseDependents(settled, now);
            settled = skipped.poll();
        }
        return next(goesOn, toStop, 0);
    }

    private void releaseDependents(int node, long now) {
        for (int i = 0; i < graph.dependentCount(node); i++) {
            int dependent = graph.dependent(node, i);
            nodes[dependent].succeededDependencies += nodes[node].succeeded() ? 1 : 0;
            if (--nodes[dependent].unsettledDependencies > 0
                    || nodes[dependent].phase != NodeRun.Phase.PENDING) {
                continue;
            }
            if (mayRun(dependent)) {
                release(dependent);
            } else {
                close(dependent, ProcessorOutcome.SKIPPED, now);
                skipped.add(dependent);
            }
        }
    }

    private boolean mayRun(int node) {
        int succeeded = nodes[node].succeededDependencies;
        return plan.failureStrategy() == FailureStrategy.BEST_EFFORT
                ? succeeded > 0
                : succeeded == graph.dependencyCount(node);
    }

    private void release(int node) {
        nodes[node].phase = NodeRun.Phase.READY;
        schedule.released(node);
    }

    private int take() {
        int node = stopping ? Schedule.NONE : schedule.next();
        if (node != Schedule.NONE) {
            nodes[node].phase = NodeRun.Phase.RUNNING;
        }
        return node;
    }

    private void close(int number, ProcessorOutcome outcome, long now) {
        NodeRun node = nodes[number];
        node.phase = NodeRun.Phase.SETTLED;
        node.outcome = outcome;
        node.settledAt = now;
        unsettled--;
        schedule.settled(number);
        dropUnused(number);
        for (int i = 0; i < graph.dependencyCount(number); i++) {
            int dependency = graph.dependency(number, i);
            nodes[dependency].unsettledDependents--;
            dropUnused(dependency);
        }
    }

    /**
     * A text is kept for its dependents, as the output, or because the caller wants to see them
     * all.
     */
    private void dropUnused(int number) {
        NodeRun node = nodes[number];
        boolean mayBeOutput =
                plan.standIns()
                        ? graph.dependentCount(number) == 0
                        : number == plan.flow().bodyNode();
        boolean used = keepTexts || mayBeOutput || node.unsettledDependents > 0;
        if (node.phase == NodeRun.Phase.SETTLED && !(used && node.succeeded())) {
            node.text = null;
        }
    }

    private void accept(int number, ProcessorResult result) {
        NodeRun node = nodes[number];
        PlannedProcessor planned = plan.processor(number);
        if (planned.transforms()) {
            node.text = node.text.transformed(result.text(), number, planned.required());
        }
        node.bytesOut = node.text.text().utf8Length();
        node.metadata = result.metadata();
        fallback.offer(node.text);
    }

    /**
     * Who does what next; the only place where permits are given and taken, but for workers that
     * find nothing to do.
     */
    private Next next(boolean goesOn, List<Call> toStop, long retryAfter) {
        boolean settledNow = unsettled == 0 && !over;
        over |= settledNow;
        int node = goesOn ? take() : Schedule.NONE;
        permits -= node == Schedule.NONE ? 1 : 0;
        int workers =
                stopping ? 0 : Math.min(schedule.available(), plan.maxConcurrency() - permits);
        permits += workers;
        return new Next(node, workers, toStop, settledNow, retryAfter);
    }

    /** The result, once the run is over and nothing changes any more. */
    RunResult result(long startedAt, long now) {
        return new Conclusion(plan, nodes, merging, Optional.ofNullable(stopCause))
                .result(fallback, keepTexts, startedAt, now);
    }
}
