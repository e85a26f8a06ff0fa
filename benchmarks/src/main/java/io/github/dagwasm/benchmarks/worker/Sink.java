package io.github.dagwasm.benchmarks.worker;

/**
 * Where results go. The JIT compiler is told not to look into it, and so must make every result in
 * full.
 */
final class Sink {

    private Sink() {}

    static void take(@SuppressWarnings("unused") Object result) {}
}
