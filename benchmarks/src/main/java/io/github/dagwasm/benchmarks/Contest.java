package io.github.dagwasm.benchmarks;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Entrants that do the same work, in rounds of short slices: their workers live side by side, and
 * one after the other calls while the others wait, every second round in the opposite order. What
 * disturbs the machine then disturbs all of them, and their ratios stand.
 *
 * @param label its name in tables
 * @param floor the label of the entrant that the others are compared to
 * @param entrants who takes part
 * @param threads how many threads call at once, one measurement for each number
 * @param generations how often all workers are started anew
 * @param rounds how many rounds a generation has
 * @param roundsNanos how long a generation's rounds may take before there are fewer of them, though
 *     not less than {@value #FEWEST_ROUNDS}
 * @param sliceNanos how long each calls in a round; once at least
 */
record Contest(
        String label,
        String floor,
        List<Entrant> entrants,
        List<Integer> threads,
        int generations,
        int rounds,
        long roundsNanos,
        long sliceNanos) {

    private static final int FEWEST_ROUNDS = 5;

    /**
     * Measures.
     *
     * @param workers starts the workers
     * @return a row for each entrant that is there and each number of threads, and why the others
     *     are not
     */
    Outcome hold(Workers workers) throws IOException {
        Map<Integer, Map<String, List<Sample>>> samples = new TreeMap<>();
        Map<String, String> absent = new LinkedHashMap<>();
        for (int generation = 0; generation < generations; generation++) {
            System.err.printf(
                    "benchmarks: %s, generation %d of %d%n", label, generation + 1, generations);
            List<WorkerProcess> present = new ArrayList<>();
            try {
                for (Entrant entrant : entrants) {
                    present.add(workers.start(entrant));
                }
                present.removeIf(worker -> isAbsent(worker, absent));
                measure(present, samples);
            } finally {
                present.forEach(WorkerProcess::close);
            }
        }
        return new Outcome(rows(samples), absent);
    }

    private boolean isAbsent(WorkerProcess worker, Map<String, String> absent) {
        worker.absence().ifPresent(why -> absent.put(worker.label(), why));
        return worker.absence().isPresent();
    }

    private void measure(
            List<WorkerProcess> present, Map<Integer, Map<String, List<Sample>>> samples)
            throws IOException {
        long start = System.nanoTime();
        for (int round = 0; round < rounds; round++) {
            if (round >= FEWEST_ROUNDS && System.nanoTime() - start > roundsNanos) {
                return;
            }
            measure(present, round, samples);
        }
    }

    private void measure(
            List<WorkerProcess> present, int round, Map<Integer, Map<String, List<Sample>>> samples)
            throws IOException {
        List<WorkerProcess> order = new ArrayList<>(present);
        if (round % 2 == 1) {
            Collections.reverse(order);
        }
        for (int count : threads) {
            for (WorkerProcess worker : order) {
                samples.computeIfAbsent(count, key -> new LinkedHashMap<>())
                        .computeIfAbsent(worker.label(), key -> new ArrayList<>())
                        .add(worker.call(count, sliceNanos));
            }
        }
    }

    private List<Row> rows(Map<Integer, Map<String, List<Sample>>> samples) {
        List<Row> rows = new ArrayList<>();
        samples.forEach(
                (count, ofContenders) ->
                        ofContenders.forEach(
                                (contender, own) ->
                                        rows.add(
                                                new Row(
                                                        label,
                                                        contender,
                                                        count,
                                                        1,
                                                        own,
                                                        ofContenders.get(floor)))));
        return rows;
    }
}
