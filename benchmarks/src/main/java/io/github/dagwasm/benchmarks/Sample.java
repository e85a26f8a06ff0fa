package io.github.dagwasm.benchmarks;

/**
 * One measurement.
 *
 * @param nanos the time that passes for each call, of all threads together
 * @param cpuNanos how long the calling threads had a processor for it; not a number where that is
 *     not known
 * @param bytes what all threads together allocated for it; not a number where that is not known
 */
record Sample(double nanos, double cpuNanos, double bytes) {}
