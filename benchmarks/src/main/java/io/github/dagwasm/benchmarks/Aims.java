package io.github.dagwasm.benchmarks;

import static io.github.dagwasm.benchmarks.Aim.Bound.AT_LEAST;
import static io.github.dagwasm.benchmarks.Aim.Bound.AT_MOST;
import static io.github.dagwasm.benchmarks.Aim.Bound.BELOW;

import io.github.dagwasm.benchmarks.worker.Convention;
import io.github.dagwasm.benchmarks.worker.Work;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.ToDoubleFunction;

/**
 * What one run of the benchmarks should show.
 *
 * @param outcomes what was measured
 */
record Aims(Map<Part, Outcome> outcomes) {

    private static final double NANOS_PER_MILLISECOND = 1e6;
    private static final double DEADLINE_MILLIS = 50;
    private static final double MOST_OVERSHOOT_MILLIS = 5;
    private static final String TIMES = "x";

    /** All that the measured parts can show, in the order of the parts. */
    List<Aim> all() {
        List<Aim> aims = new ArrayList<>();
        if (outcomes.containsKey(Part.WASM)) {
            aims.addAll(ofCalls());
        }
        if (outcomes.containsKey(Part.GUESTS)) {
            aims.addAll(ofGuests());
        }
        if (outcomes.containsKey(Part.CAMEL)) {
            aims.addAll(ofExchanges());
        }
        if (outcomes.containsKey(Part.DEADLINE)) {
            for (String guest : List.of(Part.SPIN, Part.FILL)) {
                aims.add(overshoot(guest, "median", Row::nanos));
                aims.add(overshoot(guest, "worst", Row::worstNanos));
            }
        }
        return aims;
    }

    private List<Aim> ofCalls() {
        List<Aim> aims = new ArrayList<>();
        aims.add(ofCall(Work.APPEND, Part.ISOLATED, Part.REUSED, AT_MOST, 2.0));
        aims.add(ofCall(Work.APPEND, Part.FRESH, Part.ISOLATED, AT_LEAST, 500));
        aims.add(ofCall(Work.APPEND, Part.ISOLATED, Part.V8_REUSED, BELOW, 1.0));
        for (Work work : List.of(Work.SHA256, Work.RLE, Work.WORDS, Work.MEBIBYTE)) {
            aims.add(ofCall(work, Part.METERED, Part.REUSED, AT_MOST, 1.0));
        }
        return aims;
    }

    private List<Aim> ofGuests() {
        String floor = Convention.CSTRING.label();
        return List.of(
                ofGuest(Convention.BUFFER.label(), floor, AT_MOST, 1.1),
                ofGuest(Convention.ASSEMBLYSCRIPT.label(), floor, AT_MOST, 2),
                ofGuest(Part.FRESH_COMMAND, Convention.WASI.label(), AT_LEAST, 20));
    }

    private Aim ofGuest(String own, String other, Aim.Bound bound, double value) {
        return ofWork(Part.GUESTS, Work.APPEND, own, other, bound, value);
    }

    private List<Aim> ofExchanges() {
        return List.of(
                ofExchange(1, Part.DAGWASM, Part.LAMBDA, AT_MOST, 1.5),
                ofExchange(2, Part.DAGWASM, Part.LAMBDA, AT_MOST, 1.5),
                ofExchange(1, Part.CAMEL_WASM, Part.DAGWASM, AT_LEAST, 18),
                ofExchange(2, Part.CAMEL_WASM, Part.DAGWASM, AT_LEAST, 35),
                new Aim(
                        "W1, what two threads gain: " + Part.DAGWASM + " / " + Part.LAMBDA,
                        AT_LEAST,
                        0.95,
                        TIMES,
                        scaling()));
    }

    private Aim ofCall(Work work, String own, String other, Aim.Bound bound, double value) {
        return ofWork(Part.WASM, work, own, other, bound, value);
    }

    private Aim ofWork(
            Part part, Work work, String own, String other, Aim.Bound bound, double value) {
        return new Aim(
                work.label() + ": " + own + " / " + other,
                bound,
                value,
                TIMES,
                ratio(part, work, 1, own, other));
    }

    private Aim ofExchange(int threads, String own, String other, Aim.Bound bound, double value) {
        return new Aim(
                "W1, Camel, %d thread%s: %s / %s"
                        .formatted(threads, threads == 1 ? "" : "s", own, other),
                bound,
                value,
                TIMES,
                ratio(Part.CAMEL, Work.APPEND, threads, own, other));
    }

    private Aim overshoot(String guest, String which, ToDoubleFunction<Row> nanos) {
        Optional<Row> row = row(Part.DEADLINE, guest, Part.ISOLATED, 1);
        return new Aim(
                "after a deadline of 50 ms, " + guest + ": " + which,
                BELOW,
                MOST_OVERSHOOT_MILLIS,
                " ms",
                row.isEmpty()
                        ? OptionalDouble.empty()
                        : OptionalDouble.of(overshootMillis(nanos.applyAsDouble(row.get()))));
    }

    /** How much later than the deadline. */
    static double overshootMillis(double nanos) {
        return nanos / NANOS_PER_MILLISECOND - DEADLINE_MILLIS;
    }

    private OptionalDouble ratio(Part part, Work work, int threads, String own, String other) {
        Optional<Row> above = row(part, work.label(), own, threads);
        Optional<Row> below = row(part, work.label(), other, threads);
        return above.isEmpty() || below.isEmpty()
                ? OptionalDouble.empty()
                : OptionalDouble.of(above.get().ratioTo(below.get()));
    }

    /** One thread's time over two threads' in the same round, of the one over the other. */
    private OptionalDouble scaling() {
        String work = Work.APPEND.label();
        List<Optional<Row>> found =
                List.of(
                        row(Part.CAMEL, work, Part.DAGWASM, 1),
                        row(Part.CAMEL, work, Part.DAGWASM, 2),
                        row(Part.CAMEL, work, Part.LAMBDA, 1),
                        row(Part.CAMEL, work, Part.LAMBDA, 2));
        if (found.stream().anyMatch(Optional::isEmpty)) {
            return OptionalDouble.empty();
        }
        List<Row> rows = found.stream().map(Optional::orElseThrow).toList();
        double[] own = rows.get(0).ratiosTo(rows.get(1));
        double[] floor = rows.get(2).ratiosTo(rows.get(3));
        double[] ratios = new double[own.length];
        for (int i = 0; i < ratios.length; i++) {
            ratios[i] = own[i] / floor[i];
        }
        return OptionalDouble.of(Row.median(ratios));
    }

    private Optional<Row> row(Part part, String of, String contender, int threads) {
        return outcomes.get(part).rows().stream()
                .filter(row -> row.of().equals(of))
                .filter(row -> row.contender().equals(contender))
                .filter(row -> row.threads() == threads)
                .findFirst();
    }
}
