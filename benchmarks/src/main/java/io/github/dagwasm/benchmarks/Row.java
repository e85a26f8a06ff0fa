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
 * @param floor those of the floor in the same rounds
 */
record Row(Case of, Contender contender, List<Sample> rounds, List<Sample> floor) {

    /**
     * One measurement.
     *
     * @param nanos the time that passes for each call, of all threads together
     * @param bytes what all threads together allocated for it
     */
    record Sample(double nanos, double bytes) {}

    double nanos() {
        return median(rounds.stream().mapToDouble(Sample::nanos).toArray());
    }

    boolean isFloor() {
        return contender.equals(of.floor());
    }

    double bytes() {
        return median(rounds.stream().mapToDouble(Sample::bytes).toArray());
    }

    /** How many times the floor's time; each round is compared to its own floor. */
    double ratio() {
        return median(ratios());
    }

    /** How far the rounds are apart: the greatest time over the smallest. */
    double spread() {
        double[] nanos = rounds.stream().mapToDouble(Sample::nanos).sorted().toArray();
        return nanos[nanos.length - 1] / nanos[0];
    }

    /** What a call takes more than the floor. */
    double addedNanos() {
        return median(
                IntStream.range(0, rounds.size())
                        .mapToDouble(i -> rounds.get(i).nanos() - floor.get(i).nanos())
                        .toArray());
    }

    private double[] ratios() {
        return IntStream.range(0, rounds.size())
                .mapToDouble(i -> rounds.get(i).nanos() / floor.get(i).nanos())
                .toArray();
    }

    private static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
