/**
 * Benchmarks and the program that runs them side by side. Start reading at {@link
 * io.github.dagwasm.benchmarks.Benchmarks}.
 */
package io.github.dagwasm.benchmarks;
