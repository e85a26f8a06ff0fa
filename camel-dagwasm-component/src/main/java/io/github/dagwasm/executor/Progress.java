package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Queue;

/**
 * How far a run has come in its graph: which processors are ready, what the end of one means for
 * those that depend on it, which texts are still needed. Guarded by the lock of the run.
 */
final class Progress {

    private final Plan plan;
    private final Graph graph;
    private final boolean keepTexts;
    private final NodeRun[] nodes;
    private final Merging merging;
    private final Schedule schedule;
    private final Fallback fallback;
    private final Queue<Integer> skipped = new ArrayDeque<>(0);
    private int unsettled;
    private boolean stopping;

    Progress(Plan plan, FlowingText input, boolean keepTexts) {
        this.plan = plan;
        this.graph = plan.graph();
        this.keepTexts = keepTexts;
        this.nodes = new NodeRun[graph.size()];
        this.merging = new Merging(plan, nodes, input);
        this.schedule = Schedule.of(plan);
        this.fallback = Fallback.of(plan);
        this.unsettled = nodes.length;
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = new NodeRun();
            nodes[node].unsettledDependencies = graph.dependencyCount(node);
            nodes[node].unsettledDependents = graph.dependentCount(node);
        }
    }

    NodeRun node(int node) {
        return nodes[node];
    }

    /**
     * The input of a processor that was taken; its dependencies have settled, so this needs no
     * lock.
     */
    FlowingText inputOf(int node) {
        return merging.inputOf(node);
    }

    void releaseRoots() {
        for (int node = 0; node < nodes.length; node++) {
            if (nodes[node].unsettledDependencies == 0) {
                release(node);
            }
        }
    }

    void release(int node) {
        nodes[node].phase = NodeRun.Phase.READY;
        schedule.released(node);
    }

    /** The processor to start next, or {@link Schedule#NONE}. */
    int take() {
        int node = stopping ? Schedule.NONE : schedule.next();
        if (node != Schedule.NONE) {
            nodes[node].phase = NodeRun.Phase.RUNNING;
        }
        return node;
    }

    /** How many processors could start now. */
    int available() {
        return stopping ? 0 : schedule.available();
    }

    boolean allSettled() {
        return unsettled == 0;
    }

    /** Whether nothing starts any more. */
    boolean stopping() {
        return stopping;
    }

    /** Keeps what a processor returned. */
    void accept(int number, ProcessorResult result) {
        nodes[number].accept(number, plan.processor(number), result);
        fallback.offer(nodes[number].text);
    }

    /**
     * A processor has its outcome; whatever depended on nothing else is released or skipped.
     *
     * @param failure what it failed with, or null
     */
    void settle(int number, ProcessorOutcome outcome, DagWasmException failure, long now) {
        nodes[number].failure = failure;
        close(number, outcome, now);
        if (failure != null && plan.failureStrategy() == FailureStrategy.FAIL_FAST) {
            stop(now);
        }
        Integer settled = number;
        while (settled != null) {
            releaseDependents(settled, now);
            settled = skipped.poll();
        }
    }

    /** Nothing starts any more: what does not run is cancelled. */
    void stop(long now) {
        if (stopping) {
            return;
        }
        stopping = true;
        for (int node = 0; node < nodes.length; node++) {
            NodeRun.Phase phase = nodes[node].phase;
            if (phase != NodeRun.Phase.RUNNING && phase != NodeRun.Phase.SETTLED) {
                close(node, ProcessorOutcome.CANCELLED, now);
            }
        }
    }

    /** Likewise, and what runs counts as cancelled without being waited for. */
    void abandon(long now) {
        stop(now);
        for (int node = 0; node < nodes.length; node++) {
            if (nodes[node].phase != NodeRun.Phase.SETTLED) {
                close(node, ProcessorOutcome.CANCELLED, now);
            }
        }
    }

    /** The calls under way. */
    List<Call> running() {
        List<Call> calls = new ArrayList<>();
        for (NodeRun node : nodes) {
            if (node.call != null) {
                calls.add(node.call);
            }
        }
        return calls;
    }

    /** What the run came to, once everything has settled. */
    RunResult result(Optional<DagWasmException> stopCause, long startedAt, long now) {
        return new Conclusion(plan, nodes, stopCause).result(fallback, keepTexts, startedAt, now);
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
        boolean used = keepTexts || plan.mayBeOutput(number) || node.unsettledDependents > 0;
        if (node.phase == NodeRun.Phase.SETTLED && !(used && node.succeeded())) {
            node.text = null;
        }
    }
}
