package io.github.dagwasm.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * What was measured of one contender in one case.
 *
 * @param of the case
 * @param contender the contender
 * @param rounds one measurement for each round
 * @param loop those of the loop in the same rounds
 */
record Row(Case of, Contender contender, List<Sample> rounds, List<Sample> loop) {

    /**
     * One measurement.
     *
     * @param nanos the time of a run
     * @param bytes what all threads together allocated for it
     */
    record Sample(double nanos, double bytes) {}

    double nanos() {
        return median(rounds.stream().mapToDouble(Sample::nanos).toArray());
    }

    double nanosPerProcessor() {
        return nanos() / of.size();
    }

    double bytes() {
        return median(rounds.stream().mapToDouble(Sample::bytes).toArray());
    }

    /** How many times the loop's time; each round is compared to its own loop. */
    double ratio() {
        return median(ratios());
    }

    /** How far the rounds are apart: the greatest time over the smallest. */
    double spread() {
        double[] nanos = rounds.stream().mapToDouble(Sample::nanos).sorted().toArray();
        return nanos[nanos.length - 1] / nanos[0];
    }

    /** What a run takes more than the loop, for each processor. */
    double addedNanosPerProcessor() {
        return median(
                        IntStream.range(0, rounds.size())
                                .mapToDouble(i -> rounds.get(i).nanos() - loop.get(i).nanos())
                                .toArray())
                / of.size();
    }

    private double[] ratios() {
        return IntStream.range(0, rounds.size())
                .mapToDouble(i -> rounds.get(i).nanos() / loop.get(i).nanos())
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
