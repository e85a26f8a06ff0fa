package io.github.dagwasm.camel;

import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * How many exchanges came to what.
 *
 * @param started how many came, those whose body was refused included
 * @param succeeded how many succeeded wholly
 * @param partial how many succeeded in part
 * @param failed how many failed, before a run or in it
 * @param failures how many failed of which kind
 * @param last the latest failure
 */
record RunFigures(
        long started,
        long succeeded,
        long partial,
        long failed,
        Map<String, Long> failures,
        Optional<Failure> last) {

    static final RunFigures NONE = new RunFigures(0, 0, 0, 0, Map.of(), Optional.empty());

    /**
     * One failure, without its words.
     *
     * @param kind its kind
     * @param at when it was
     */
    record Failure(String kind, Instant at) {}

    long underWay() {
        return started - ended();
    }

    private long ended() {
        return succeeded + partial + failed;
    }

    RunFigures withoutThoseUnderWay() {
        return new RunFigures(ended(), succeeded, partial, failed, failures, last);
    }

    /** What has come since; counts of nothing are left out. */
    RunFigures since(RunFigures before, Optional<Failure> latest) {
        Map<String, Long> kinds = new TreeMap<>();
        failures.forEach(
                (kind, count) -> {
                    long more = count - before.failures.getOrDefault(kind, 0L);
                    if (more > 0) {
                        kinds.put(kind, more);
                    }
                });
        return new RunFigures(
                started - before.started,
                succeeded - before.succeeded,
                partial - before.partial,
                failed - before.failed,
                kinds,
                latest);
    }

    RunFigures plus(RunFigures other) {
        Map<String, Long> kinds = new TreeMap<>(failures);
        other.failures.forEach((kind, count) -> kinds.merge(kind, count, Long::sum));
        return new RunFigures(
                started + other.started,
                succeeded + other.succeeded,
                partial + other.partial,
                failed + other.failed,
                kinds,
                later(last, other.last));
    }

    private static Optional<Failure> later(Optional<Failure> one, Optional<Failure> other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.or(() -> other);
        }
        return one.get().at().isBefore(other.get().at()) ? other : one;
    }
}
