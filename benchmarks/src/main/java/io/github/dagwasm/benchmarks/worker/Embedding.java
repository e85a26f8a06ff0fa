package io.github.dagwasm.benchmarks.worker;

/** A way to have the work done: what all threads share. */
@FunctionalInterface
interface Embedding extends AutoCloseable {

    /** What one more thread calls. */
    Caller caller() throws Exception;

    @Override
    default void close() {}
}
