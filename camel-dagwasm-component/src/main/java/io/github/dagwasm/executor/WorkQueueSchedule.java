package io.github.dagwasm.executor;

import java.util.Comparator;
import java.util.PriorityQueue;

/** Starts what is ready by level, then in the order of the file. */
final class WorkQueueSchedule implements Schedule {

    private final PriorityQueue<Integer> ready;

    WorkQueueSchedule(Plan plan) {
        this.ready = new PriorityQueue<>(Comparator.comparingInt(plan::rank));
    }

    @Override
    public void released(int node) {
        ready.add(node);
    }

    @Override
    public void settled(int node) {}

    @Override
    public int next() {
        Integer node = ready.poll();
        return node == null ? NONE : node;
    }

    @Override
    public int available() {
        return ready.size();
    }
}
