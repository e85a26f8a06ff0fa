package io.github.dagwasm.benchmarks;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * What was measured of one contender in one case.
 *
 * @param of the case
 * @param contender the contender's name
 * @param threads how many threads called at once
 * @param processors how many processors one call goes through
 * @param samples one for each round
 * @param floor those of the contender that it is compared to, in the same rounds
 */
record Row(
        String of,
        String contender,
        int threads,
        int processors,
        List<Sample> samples,
        List<Sample> floor) {

    double nanos() {
        return median(samples.stream().mapToDouble(Sample::nanos).toArray());
    }

    double cpuNanos() {
        return median(samples.stream().mapToDouble(Sample::cpuNanos).toArray());
    }

    double bytes() {
        return median(samples.stream().mapToDouble(Sample::bytes).toArray());
    }

    double worstNanos() {
        return samples.stream().mapToDouble(Sample::nanos).max().orElseThrow();
    }

    boolean isFloor() {
        return samples.equals(floor);
    }

    /** How many times the floor's time. */
    double ratio() {
        return median(pairs(floor, Sample::nanos, (own, other) -> own / other));
    }

    /** How many times the floor's time on a processor: other load hardly changes that. */
    double cpuRatio() {
        return median(pairs(floor, Sample::cpuNanos, (own, other) -> own / other));
    }

    /** How many times another row's time: each round is compared to the same round. */
    double ratioTo(Row other) {
        return median(ratiosTo(other));
    }

    double[] ratiosTo(Row other) {
        return pairs(other.samples, Sample::nanos, (own, its) -> own / its);
    }

    /** What a call takes more than the floor. */
    double addedNanos() {
        return median(pairs(floor, Sample::nanos, (own, other) -> own - other));
    }

    /**
     * How far the rounds are apart, in the middle half of them: the third quartile over the first.
     */
    double spread() {
        double[] nanos = samples.stream().mapToDouble(Sample::nanos).sorted().toArray();
        int quarter = nanos.length / 4;
        return nanos[nanos.length - 1 - quarter] / nanos[quarter];
    }

    private double[] pairs(
            List<Sample> others, ToDoubleFunction<Sample> measure, DoubleBinaryOperator compared) {
        return IntStream.range(0, Math.min(samples.size(), others.size()))
                .mapToDouble(
                        i ->
                                compared.applyAsDouble(
                                        measure.applyAsDouble(samples.get(i)),
                                        measure.applyAsDouble(others.get(i))))
                .toArray();
    }

    /** The middle one; of an even number the mean of the two in the middle. */
    static double median(double[] values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }
}
