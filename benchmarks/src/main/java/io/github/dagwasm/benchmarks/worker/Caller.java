package io.github.dagwasm.benchmarks.worker;

/** Does the work; for one thread. */
@FunctionalInterface
interface Caller {

    /** The answer to a text. */
    String call(String text) throws Exception;
}
