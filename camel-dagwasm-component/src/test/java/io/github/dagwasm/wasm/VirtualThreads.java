package io.github.dagwasm.wasm;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Threads that a JDK of the tests may not have yet. */
final class VirtualThreads {

    private VirtualThreads() {}

    /** Starts one for each task; the test is skipped where there are none. */
    static ExecutorService perTask() throws ReflectiveOperationException {
        assumeTrue(
                Runtime.version().feature() >= 21, "there are virtual threads from JDK 21 on only");
        return (ExecutorService)
                Executors.class.getMethod("newVirtualThreadPerTaskExecutor").invoke(null);
    }
}
