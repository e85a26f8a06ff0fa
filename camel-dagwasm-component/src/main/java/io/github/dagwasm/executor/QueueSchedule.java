package io.github.dagwasm.executor;

import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.PriorityQueue;
import java.util.Queue;

/** Starts whatever is ready as soon as a thread is free, in the order of its queue. */
final class QueueSchedule implements Schedule {

    private final Queue<Integer> ready;

    private QueueSchedule(Queue<Integer> ready) {
        this.ready = ready;
    }

    /** By level, then in the order of the file. */
    static QueueSchedule workQueue(Plan plan) {
        return new QueueSchedule(new PriorityQueue<>(Comparator.comparingInt(plan::rank)));
    }

    /** In the order of release. */
    static QueueSchedule reactive() {
        return new QueueSchedule(new ArrayDeque<>());
    }

    @Override
    public void released(int node) {
        ready.add(node);
    }

    @Override
    public void settled(int node) {}

    @Override
    public int next() {
        return ready.isEmpty() ? NONE : ready.remove();
    }

    @Override
    public int available() {
        return ready.size();
    }
}
