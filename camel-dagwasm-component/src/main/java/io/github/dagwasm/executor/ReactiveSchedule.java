package io.github.dagwasm.executor;

import java.util.ArrayDeque;
import java.util.Queue;

/** Starts what is ready in the order of release. */
final class ReactiveSchedule implements Schedule {

    private final Queue<Integer> ready = new ArrayDeque<>();

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
