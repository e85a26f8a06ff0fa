package io.github.dagwasm.camel;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.text.GuestText;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;

/**
 * What became of an endpoint's exchanges: each counts as started once, and once as what it ended
 * as. Safe for use by any number of threads, which do not get in each other's way.
 */
final class RunCounts {

    /** Kinds are few, but a Java processor may throw one of its own making. */
    static final int MOST_KINDS = 32;

    /** What is no failure of this library's family, or one kind too many. */
    static final String OTHER = "other";

    private static final int LONGEST_KIND = 40;

    private final LongAdder started = new LongAdder();
    private final LongAdder succeeded = new LongAdder();
    private final LongAdder partial = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final Map<String, LongAdder> failures = new ConcurrentHashMap<>();

    /** What is not told any more since the counters were reset. */
    private volatile RunFigures before = RunFigures.NONE;

    private volatile Optional<RunFigures.Failure> last = Optional.empty();

    /** An exchange has come. */
    void begins() {
        started.increment();
    }

    /** Its run is over. */
    void ended(RunResult result) {
        Optional<RunFailedException> failure = result.failure();
        if (failure.isPresent()) {
            failed(failure.get());
        } else if (result.report().outcome() == RunOutcome.PARTIAL) {
            partial.increment();
        } else {
            succeeded.increment();
        }
    }

    /** It failed, whether there was a run or not. */
    void failed(Throwable failure) {
        String kind = kind(failure);
        last = Optional.of(new RunFigures.Failure(kind, Instant.now()));
        failures.computeIfAbsent(kind, unused -> new LongAdder()).increment();
        failed.increment();
    }

    /** A run fails of its first cause. */
    private String kind(Throwable failure) {
        Throwable reason =
                failure instanceof RunFailedException && failure.getCause() != null
                        ? failure.getCause()
                        : failure;
        if (!(reason instanceof DagWasmException ours)) {
            return OTHER;
        }
        String kind = GuestText.escape(String.valueOf(ours.kind()), LONGEST_KIND);
        return failures.containsKey(kind) || failures.size() < MOST_KINDS ? kind : OTHER;
    }

    /** What the counters say since they were reset. */
    RunFigures figures() {
        return all().since(before, last);
    }

    /** Begins anew; what is under way counts as started from now on. */
    synchronized void reset() {
        before = all().withoutThoseUnderWay();
        last = Optional.empty();
    }

    /** What has ended is read first: what starts or ends meanwhile counts as under way. */
    private RunFigures all() {
        Map<String, Long> kinds = new TreeMap<>();
        failures.forEach((kind, count) -> kinds.put(kind, count.sum()));
        long succeededNow = succeeded.sum();
        long partialNow = partial.sum();
        long failedNow = failed.sum();
        return new RunFigures(
                started.sum(), succeededNow, partialNow, failedNow, kinds, Optional.empty());
    }
}
