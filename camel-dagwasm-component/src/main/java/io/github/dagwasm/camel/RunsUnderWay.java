package io.github.dagwasm.camel;

import io.github.dagwasm.executor.RunHandle;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.function.Consumer;

/**
 * The runs of one pipeline that are under way. Each exchange is noted here and crossed out again,
 * on any number of threads: a thread has a place of its own, far enough from the others' not to
 * share a cache line, and only what finds its place taken (a run within a run, one that waits for
 * an endpoint) goes to a common set. Safe for use by any number of threads.
 */
final class RunsUnderWay {

    /** More than threads run at once; two that get one place are merely slower. */
    private static final int PLACES =
            Integer.highestOneBit(4 * Runtime.getRuntime().availableProcessors());

    /** Elements between two places: 128 bytes at least, since lines are fetched in pairs. */
    private static final int APART = 32;

    private final AtomicReferenceArray<RunHandle> places =
            new AtomicReferenceArray<>((PLACES + 1) * APART);

    private final Set<RunHandle> others = ConcurrentHashMap.newKeySet();

    /**
     * Notes a run.
     *
     * @return where, for {@link #remove}
     */
    int add(RunHandle run) {
        int place = ((int) Thread.currentThread().getId() & (PLACES - 1)) * APART + APART;
        if (places.compareAndSet(place, null, run)) {
            return place;
        }
        others.add(run);
        return 0;
    }

    /** Crosses a run out. */
    void remove(RunHandle run, int place) {
        if (place > 0) {
            places.set(place, null);
        } else {
            others.remove(run);
        }
    }

    /** Whether there is none. */
    boolean isEmpty() {
        for (int place = 0; place < places.length(); place += APART) {
            if (places.get(place) != null) {
                return false;
            }
        }
        return others.isEmpty();
    }

    /** Does something to each. */
    void forEach(Consumer<RunHandle> action) {
        for (int place = 0; place < places.length(); place += APART) {
            RunHandle run = places.get(place);
            if (run != null) {
                action.accept(run);
            }
        }
        others.forEach(action);
    }
}
