package io.github.dagwasm.camel;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;

/**
 * The counts of all endpoints that a component has made, those that are gone included. They are
 * added up when somebody asks, so that an exchange counts in one place only. An endpoint is gone
 * when nobody has it any more: until then an exchange may still be on its way through it. Safe for
 * use by any number of threads.
 */
final class RunTotals {

    private final Map<Reference<?>, RunCounts> counts = new HashMap<>();
    private final ReferenceQueue<Object> unreachable = new ReferenceQueue<>();
    private RunFigures gone = RunFigures.NONE;

    /** The counts of a new endpoint, which must not be reachable from them. */
    synchronized RunCounts countsOf(Object endpoint) {
        addGone();
        RunCounts made = new RunCounts();
        counts.put(new WeakReference<>(endpoint, unreachable), made);
        return made;
    }

    synchronized RunFigures figures() {
        addGone();
        return counts.values().stream().map(RunCounts::figures).reduce(gone, RunFigures::plus);
    }

    synchronized void reset() {
        addGone();
        gone = RunFigures.NONE;
        counts.values().forEach(RunCounts::reset);
    }

    private void addGone() {
        for (var one = unreachable.poll(); one != null; one = unreachable.poll()) {
            gone = gone.plus(counts.remove(one).figures());
        }
    }
}
