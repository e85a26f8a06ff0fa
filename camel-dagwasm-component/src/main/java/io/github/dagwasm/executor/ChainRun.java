package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.text.Text;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * One execution of a {@link Chain}, wholly on the thread that starts it. What it means is what a
 * {@link Run} of the same plan means; but there is nothing to schedule, to share or to keep time
 * for, and so no lock.
 *
 * <p>Other threads come in only to cancel it. From start to end it may be interrupted for that; who
 * does so first says that it will ({@link #STOPPING}), so that the run does not end before the
 * interrupt has come, and takes it off the thread.
 */
final class ChainRun extends RunHandle {

    private static final int CREATED = 0;
    private static final int RUNNING = 1;
    private static final int OVER = 2;
    private static final int STOPPING = 3;
    private static final int STOPPED = 4;

    private static final VarHandle STATE;

    static {
        try {
            STATE = MethodHandles.lookup().findVarHandle(ChainRun.class, "state", int.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private final Plan plan;
    private final List<Chain.Link> links;
    private final RunOptions options;
    private final Consumer<RunResult> whenSettled;
    private final NodeRun[] nodes;
    private final Fallback fallback;

    /** Written by {@link #STATE} only, where a thread may have been faster. */
    private volatile int state;

    private Thread thread;
    private long now;
    private long deadline = ProcessorCall.NO_DEADLINE;

    /** The text that goes on. */
    private FlowingText flowing;

    /** Why nothing starts any more; a failure under fail_fast is no such cause, but stops too. */
    private DagWasmException stopCause;

    private boolean stopping;
    private boolean interruptedFromOutside;
    private NodeRun called;
    private Chain.Link link;

    ChainRun(
            Plan plan,
            Chain chain,
            Text input,
            RunOptions options,
            Consumer<RunResult> whenSettled) {
        this.plan = plan;
        this.links = chain.links();
        this.options = options;
        this.whenSettled = whenSettled;
        this.flowing = FlowingText.input(input);
        this.fallback = Fallback.of(plan);
        this.nodes = new NodeRun[links.size()];
        for (int node = 0; node < nodes.length; node++) {
            nodes[node] = new NodeRun();
        }
    }

    @Override
    public boolean start() {
        whenSettled.accept(execute());
        return true;
    }

    /** Runs the chain on this thread; to be called once. */
    RunResult execute() {
        interruptedFromOutside = Thread.interrupted();
        thread = Thread.currentThread();
        long startedAt = System.nanoTime();
        now = startedAt;
        try {
            if (!STATE.compareAndSet(this, CREATED, RUNNING)) {
                stop(cancellation());
            }
            if (plan.runTimeout().isPresent()) {
                deadline = startedAt + plan.runTimeout().get().duration().toNanos();
            }
            for (int index = 0; index < nodes.length; index++) {
                settle(index);
            }
        } catch (RuntimeException | Error e) {
            // No processor throws up to here: this is a fault of ours, or a JVM without memory.
            breakOff(e);
        }
        if (!STATE.compareAndSet(this, RUNNING, OVER)) {
            takeInterrupt();
        }
        if (interruptedFromOutside) {
            Thread.currentThread().interrupt();
        }
        return new Conclusion(plan, nodes, Optional.ofNullable(stopCause))
                .result(fallback, options.keepTexts(), startedAt, now);
    }

    @Override
    public void cancel() {
        if (STATE.compareAndSet(this, CREATED, STOPPED)
                || !STATE.compareAndSet(this, RUNNING, STOPPING)) {
            return;
        }
        try {
            thread.interrupt();
        } finally {
            state = STOPPED;
        }
    }

    private void settle(int index) {
        link = links.get(index);
        called = nodes[link.node()];
        // In this order: a flag that is up before somebody cancels is from outside.
        boolean interrupted = Thread.interrupted();
        if (cancelled()) {
            stop(cancellation());
        } else {
            interruptedFromOutside |= interrupted;
        }
        if (deadline != ProcessorCall.NO_DEADLINE && now - deadline >= 0) {
            stop(timeIsUp());
        }
        if (stopping) {
            close(ProcessorOutcome.CANCELLED);
        } else if (index > 0 && !nodes[links.get(index - 1).node()].succeeded()) {
            close(ProcessorOutcome.SKIPPED);
        } else {
            settle(call());
        }
        if (index > 0 && !(options.keepTexts() || links.get(index - 1).mayBeOutput())) {
            nodes[links.get(index - 1).node()].text = null;
        }
    }

    private Settlement call() {
        try {
            called.bytesIn = link.planned().requireTakes(flowing.text());
        } catch (RuntimeException e) {
            return Settlement.Failed.unmerged(e);
        }
        called.text = flowing;
        called.startedAt = now;
        called.tries = 1;
        long own = now + link.timeoutNanos();
        boolean ownFirst =
                link.timeoutNanos() != ProcessorCall.NO_DEADLINE
                        && (deadline == ProcessorCall.NO_DEADLINE || own - deadline < 0);
        LinkCall call = new LinkCall(this, flowing.text(), ownFirst ? own : deadline);
        ProcessorResult result = null;
        Throwable thrown = null;
        try {
            result = link.processor().process(call);
        } catch (Throwable e) {
            thrown = e;
        }
        now = System.nanoTime();
        called.fuel = call.fuel();
        if (cancelled()) {
            takeInterrupt();
            return result == null ? new Settlement.Cancelled() : new Settlement.Succeeded(result);
        }
        if (thrown instanceof DeadlinePassedException) {
            return deadlinePassed(thrown, call, ownFirst);
        }
        interruptedFromOutside |= thrown instanceof InterruptedException;
        return Settlement.of(result, thrown);
    }

    /** The processor kept the time by itself; which time that was, is known here. */
    private Settlement deadlinePassed(Throwable thrown, LinkCall call, boolean ownFirst) {
        if (call.deadlineNanos() == ProcessorCall.NO_DEADLINE) {
            return Settlement.of(null, thrown);
        }
        return new Settlement.Failed(
                ownFirst ? link.planned().timeout().get().passed(false) : stop(timeIsUp()));
    }

    private void settle(Settlement ended) {
        Settlement settlement = ended.checked(link.planned());
        if (settlement instanceof Settlement.Succeeded succeeded) {
            called.accept(link.node(), link.planned(), succeeded.result());
            flowing = called.text;
            fallback.offer(flowing);
            close(ProcessorOutcome.SUCCEEDED);
        } else if (settlement instanceof Settlement.Failed failed) {
            called.failure = failed.failure();
            stopping |= plan.failureStrategy() == FailureStrategy.FAIL_FAST;
            close(ProcessorOutcome.FAILED);
        } else {
            close(ProcessorOutcome.CANCELLED);
        }
    }

    private void close(ProcessorOutcome outcome) {
        called.outcome = outcome;
        called.settledAt = now;
        if (outcome != ProcessorOutcome.SUCCEEDED) {
            called.text = null;
        }
    }

    /** Nothing starts any more; the first cause is kept. */
    private DagWasmException stop(DagWasmException cause) {
        stopping = true;
        stopCause = stopCause == null ? cause : stopCause;
        return cause;
    }

    /** Whoever cancels is about to interrupt this thread, or has done so. */
    private void takeInterrupt() {
        while (state == STOPPING) {
            Thread.onSpinWait();
        }
        Thread.interrupted();
        stop(cancellation());
    }

    private void breakOff(Throwable e) {
        stop(new ProcessorFailureException("the run broke off: " + e, e, false));
        for (NodeRun node : nodes) {
            if (node.outcome == null) {
                node.outcome = ProcessorOutcome.CANCELLED;
                node.settledAt = now;
                node.text = null;
            }
        }
    }

    private DagWasmException timeIsUp() {
        return plan.runTimeout().orElseThrow().passed(false);
    }

    private DagWasmException cancellation() {
        return stopCause != null ? stopCause : Run.cancellation();
    }

    RunOptions options() {
        return options;
    }

    boolean cancelled() {
        return state >= STOPPING;
    }
}
