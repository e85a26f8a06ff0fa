package io.github.dagwasm.examples.resilient;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;

/** A local processor that fails so many times, remembers what it was given, and can be held up. */
final class Flaky implements TextProcessor {

    private final AtomicInteger failures = new AtomicInteger();
    private final List<String> inputs = new CopyOnWriteArrayList<>();
    private volatile boolean passing = true;
    private volatile CountDownLatch gate = new CountDownLatch(0);

    /** It fails so many times from now on. */
    void fail(int times, boolean thatMayPass) {
        failures.set(times);
        passing = thatMayPass;
    }

    /** Calls wait from now on until the latch is counted down. */
    CountDownLatch holdUp() {
        gate = new CountDownLatch(1);
        return gate;
    }

    List<String> inputs() {
        return inputs;
    }

    @Override
    public ProcessorResult process(ProcessorCall call) throws InterruptedException {
        inputs.add(call.text().string());
        gate.await();
        if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
            throw failure();
        }
        return ProcessorResult.of(call.text());
    }

    private DagWasmException failure() {
        return new ProcessorFailureException("not now", null, passing);
    }
}
