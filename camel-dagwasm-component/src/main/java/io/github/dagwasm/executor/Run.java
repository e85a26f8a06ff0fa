package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.util.List;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * One execution of a plan. Workers, at most {@code max_concurrency} of them counted as permits,
 * take ready processors until there are none; no worker owns a processor before it takes it, so
 * none waits for another. All decisions are made in {@link RunState}, under its lock; this class
 * does what must happen outside of it: call processors, start workers, set timers.
 */
final class Run {

    private final Plan plan;
    private final Threads threads;
    private final RunOptions options;
    private final Consumer<RunResult> whenSettled;
    private final long startedAt = System.nanoTime();
    private final long deadline;
    private final RunState state;
    private volatile ThreadContext context = ThreadContext.NONE;
    private Future<?> timer;
    private DagWasmException timePassed;
    private volatile Thread settledOn;

    /** Timers of the waits before further tries. */
    private final Queue<Future<?>> waits = new ConcurrentLinkedQueue<>();

    Run(
            Plan plan,
            Text input,
            RunOptions options,
            Threads threads,
            Consumer<RunResult> whenSettled) {
        this.plan = plan;
        this.threads = threads;
        this.options = options;
        this.whenSettled = whenSettled;
        this.deadline =
                plan.runTimeout()
                        .map(t -> startedAt + t.duration().toNanos())
                        .orElse(ProcessorCall.NO_DEADLINE);
        this.state = new RunState(plan, FlowingText.input(input), options);
    }

    /**
     * When the run's time is up, as {@link System#nanoTime()} counts; {@link
     * ProcessorCall#NO_DEADLINE} for never.
     */
    long deadline() {
        return deadline;
    }

    RunOptions options() {
        return options;
    }

    Future<?> after(long nanos, Runnable task) {
        return threads.scheduler().schedule(inContext(task), nanos, TimeUnit.NANOSECONDS);
    }

    /** Work for a thread that did not start the run. */
    private Runnable inContext(Runnable work) {
        return () -> {
            try {
                context.run(work);
            } catch (RuntimeException | Error e) {
                if (!brokeOff(e)) {
                    throw e;
                }
            }
        };
    }

    /** Runs what is ready on the caller's thread; true if that settled the run. */
    boolean start() {
        context = threads.contexts().get();
        if (plan.runTimeout().isPresent() && !plan.keepsDeadlines()) {
            timer = after(plan.runTimeout().get().duration().toNanos(), this::timeIsUp);
        }
        follow(state.begin(), false);
        return settledOn == Thread.currentThread();
    }

    void cancel() {
        inContext(() -> stop(cancellation(), null, false)).run();
    }

    /** Why a run stopped that somebody has cancelled. */
    static DagWasmException cancellation() {
        return new ProcessorFailureException("the run was cancelled", null, false);
    }

    /** Does what a change of state asks for, processor after processor. */
    private void follow(RunState.Next first, boolean onPool) {
        RunState.Next next = first;
        try {
            while (next != null && !next.settled()) {
                stopAll(next.toStop(), null, false);
                sendWorkers(next);
                next = next.node() == Schedule.NONE ? null : step(next, onPool);
            }
        } catch (RuntimeException | Error e) {
            if (!brokeOff(e)) {
                throw e;
            }
            return;
        }
        if (next != null) {
            settle();
        }
    }

    /**
     * No processor throws up to here: this is a fault of ours, or a JVM without memory. Nobody
     * waits for ever. False if the run was over already.
     */
    private boolean brokeOff(Throwable e) {
        Optional<List<Call>> running =
                state.abort(new ProcessorFailureException("the run broke off: " + e, e, false));
        if (running.isEmpty()) {
            return false;
        }
        running.get().forEach(call -> call.stop(null, true));
        settle();
        return true;
    }

    /**
     * Calls one processor, or sees to it that it is called; null where this worker has nothing more
     * to do.
     */
    private RunState.Next step(RunState.Next taken, boolean onPool) {
        int node = taken.node();
        // Sending for workers takes a while; else a processor starts when the one before it has
        // settled.
        long now = taken.toSend() > 0 ? System.nanoTime() : taken.at();
        PlannedProcessor planned = plan.processor(node);
        if (deadline != ProcessorCall.NO_DEADLINE && now - deadline >= 0) {
            timeIsUp();
        }
        Call call;
        try {
            FlowingText input = state.inputOf(node);
            call = new Call(this, node, planned, input.text());
            if (!state.started(call, input, now)) {
                return state.notStarted(node, Optional.empty(), now);
            }
        } catch (RuntimeException | Error e) {
            DagWasmException failure = Settlement.Failed.unmerged(e).failure();
            return state.notStarted(node, Optional.of(failure), now);
        }
        if (planned.processor() instanceof AsyncTextProcessor processor) {
            Optional<Settlement> settlement = call.start(processor);
            return settlement.isPresent() ? settledHere(call, settlement.get()) : state.another();
        }
        TextProcessor processor = (TextProcessor) planned.processor();
        if (!onPool && call.abandonable() && handOff(call, processor)) {
            return state.another();
        }
        return settledHere(call, call.callHere(processor));
    }

    private RunState.Next settledHere(Call call, Settlement settlement) {
        if (settlement instanceof Settlement.Abandoned) {
            if (call.leftAThread()) {
                threads.cameBack();
            }
            return null;
        }
        RunState.Next next = state.settled(call, settlement, System.nanoTime(), true);
        retryLater(call, next);
        return next;
    }

    /**
     * To a thread that may be left behind; that thread is a worker afterwards. False if there is
     * none to be had now: better here, if it may not be left behind here, than too late.
     */
    private boolean handOff(Call call, TextProcessor processor) {
        try {
            call.startWaiting();
        } catch (RejectedExecutionException e) {
            return false;
        }
        return threads.freeThreadTakes(
                inContext(() -> follow(settledHere(call, call.callHere(processor)), true)));
    }

    /**
     * Sends for those who would find something to do: the caller if it only waits, else threads of
     * the pool. False if one was wanted and none is on its way.
     */
    private boolean sendWorkers(RunState.Next next) {
        if (next.wanted() <= 0) {
            return true;
        }
        int toSend = next.toSend();
        boolean sent = next.wanted() > toSend;
        boolean counted = toSend > 0;
        // Who was counted is on its way until it looks for work itself: others rely on that.
        if (threads.idleCallerTakes(
                () -> follow(counted ? state.come() : state.another(), false))) {
            sent = true;
            toSend -= counted ? 1 : 0;
        }
        for (; toSend > 0; toSend--) {
            if (!threads.poolTakes(inContext(() -> follow(state.come(), true)))) {
                return state.notComing(toSend) && sent;
            }
            sent = true;
        }
        return sent;
    }

    /** An asynchronous processor has settled, on a thread that is not ours to keep. */
    void settledElsewhere(Call call, Settlement settlement) {
        Runnable settling =
                () -> {
                    RunState.Next next = state.settled(call, settlement, System.nanoTime(), false);
                    retryLater(call, next);
                    stopAll(next.toStop(), null, false);
                    resume(next, false);
                };
        inContext(settling).run();
    }

    /** Time is up for one try. On the scheduler's thread. */
    void timeIsUp(Call call, DagWasmException failure) {
        stopAll(List.of(call), failure, true);
    }

    /** Time is up for the run, as its timer says, or a processor that keeps its deadline. */
    DagWasmException timeIsUp() {
        DagWasmException failure = timePassed();
        stop(failure, failure, true);
        return failure;
    }

    /** One for all who see that it has, at the same moment perhaps. */
    private synchronized DagWasmException timePassed() {
        if (timePassed == null) {
            timePassed = plan.runTimeout().orElseThrow().passed(false);
        }
        return timePassed;
    }

    private void stop(DagWasmException cause, DagWasmException ofRunning, boolean onScheduler) {
        RunState.Next next = state.stop(cause);
        stopAll(next.toStop(), ofRunning, onScheduler);
        resume(next, onScheduler);
    }

    /** Stops calls; those that nobody else will settle are settled here. */
    private void stopAll(List<Call> calls, DagWasmException failure, boolean timeIsUp) {
        for (Call call : calls) {
            Call.Stopped stopped = call.stop(failure, timeIsUp);
            if (stopped == Call.Stopped.BY_ITSELF) {
                continue;
            }
            if (stopped == Call.Stopped.LEAVING_A_THREAD) {
                threads.leftBehind();
            }
            RunState.Next next =
                    state.settled(call, call.stoppedSettlement(), System.nanoTime(), false);
            retryLater(call, next);
            stopAll(next.toStop(), null, false);
            resume(next, timeIsUp);
        }
    }

    private void retryLater(Call call, RunState.Next next) {
        if (next.retryAfterNanos() > 0) {
            try {
                keep(after(next.retryAfterNanos(), () -> resume(state.retry(call.node()), true)));
            } catch (RejectedExecutionException e) {
                stop(
                        new ProcessorFailureException(
                                "no retry: the scheduler takes no more work", e, false),
                        null,
                        false);
            }
        }
    }

    /** A long wait must not keep a run that is over. */
    private void keep(Future<?> wait) {
        waits.add(wait);
        if (settledOn != null) {
            wait.cancel(false);
        }
    }

    /**
     * Goes on with the run from a thread that has other things to do; the scheduler's must do
     * nothing else.
     */
    private void resume(RunState.Next next, boolean onScheduler) {
        if (next.settled()) {
            // A caller that waits has nothing else to do, now or soon. The threads of the pool may
            // all be left behind.
            if (!threads.callerTakes(this::settle) && !threads.poolTakes(inContext(this::settle))) {
                settle();
            }
        } else if (!sendWorkers(next)) {
            if (!onScheduler) {
                follow(state.another(), false);
            } else if (!threads.callerTakes(() -> follow(state.another(), false))) {
                noThread();
            }
        }
    }

    /** Guests never run on the scheduler's thread: nobody would be left to stop them. */
    private void noThread() {
        stop(
                new ProcessorFailureException(
                        "no thread to go on with: the pool takes no more work", null, false),
                null,
                true);
    }

    private void settle() {
        if (timer != null) {
            timer.cancel(false);
        }
        settledOn = Thread.currentThread();
        waits.forEach(wait -> wait.cancel(false));
        whenSettled.accept(state.result(startedAt, System.nanoTime()));
    }
}
