package io.github.dagwasm.executor;

import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.locks.LockSupport;

/**
 * The processors of a random DAG, which note when they start and end and how many of them run at
 * once.
 */
final class RecordingProcessors {

    private final RandomDag dag;
    private final Executor other;
    private final AtomicInteger clock = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger mostRunning = new AtomicInteger();
    private final AtomicIntegerArray firstStart;
    private final AtomicIntegerArray lastEnd;
    private final AtomicIntegerArray tries;

    RecordingProcessors(RandomDag dag, Executor other) {
        this.dag = dag;
        this.other = other;
        this.firstStart = new AtomicIntegerArray(dag.nodes.size());
        this.lastEnd = new AtomicIntegerArray(dag.nodes.size());
        this.tries = new AtomicIntegerArray(dag.nodes.size());
    }

    int mostRunning() {
        return mostRunning.get();
    }

    boolean started(int node) {
        return tries.get(node) > 0;
    }

    int firstStart(int node) {
        return firstStart.get(node);
    }

    int lastEnd(int node) {
        return lastEnd.get(node);
    }

    PipelineProcessor processor(int number) {
        RandomDag.Node node = dag.nodes.get(number);
        return switch (node.shape()) {
            case SYNCHRONOUS, WITH_TIMEOUT -> new Synchronous(number);
            case ASYNCHRONOUS, COMPLETED_AT_ONCE -> new Asynchronous(number);
        };
    }

    private void begin(int number) {
        firstStart.compareAndSet(number, 0, clock.incrementAndGet());
        mostRunning.accumulateAndGet(running.incrementAndGet(), Math::max);
    }

    private void end(int number) {
        running.decrementAndGet();
        lastEnd.set(number, clock.incrementAndGet());
    }

    private ProcessorResult work(int number, ProcessorCall call) {
        RandomDag.Node node = dag.nodes.get(number);
        if (node.delayMicros() > 0) {
            LockSupport.parkNanos(node.delayMicros() * 1000L);
        }
        if (node.fails()) {
            throw new IllegalStateException(node.id() + " fails");
        }
        if (tries.incrementAndGet(number) <= node.failuresBeforeSuccess()) {
            throw new ProcessorFailureException("not yet", null, true);
        }
        String text = call.text().string();
        return new ProcessorResult(
                Text.of(
                        node.intent() == Intent.TRANSFORM
                                ? text + "/" + node.id()
                                : "an analyzer's text is dropped"),
                Map.of("seen", text),
                number % 3 == 0 ? Map.of() : Map.of("last", node.id()));
    }

    private final class Synchronous implements TextProcessor {

        private final int number;

        Synchronous(int number) {
            this.number = number;
        }

        @Override
        public Intent intent() {
            return dag.nodes.get(number).intent();
        }

        @Override
        public ProcessorResult process(ProcessorCall call) {
            begin(number);
            try {
                return work(number, call);
            } finally {
                end(number);
            }
        }
    }

    private final class Asynchronous implements AsyncTextProcessor {

        private final int number;

        Asynchronous(int number) {
            this.number = number;
        }

        @Override
        public Intent intent() {
            return dag.nodes.get(number).intent();
        }

        @Override
        public CompletableFuture<ProcessorResult> process(ProcessorCall call) {
            begin(number);
            CompletableFuture<ProcessorResult> future = new CompletableFuture<>();
            Runnable task =
                    () -> {
                        ProcessorResult result = null;
                        Throwable thrown = null;
                        try {
                            result = work(number, call);
                        } catch (IllegalStateException | ProcessorFailureException e) {
                            thrown = e;
                        }
                        end(number);
                        if (thrown == null) {
                            future.complete(result);
                        } else {
                            future.completeExceptionally(thrown);
                        }
                    };
            if (dag.nodes.get(number).shape() == RandomDag.Shape.ASYNCHRONOUS) {
                other.execute(task);
            } else {
                task.run();
            }
            return future;
        }
    }
}
