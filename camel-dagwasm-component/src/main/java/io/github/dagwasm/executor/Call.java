package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.spi.AsyncTextProcessor;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * One try of a processor, from its release until it is settled, once, by whoever comes first: the
 * processor, its deadline or the end of the run. An interrupt is sent only while the thread is
 * inside the processor, under this object's lock; the thread's flag afterwards is what it was from
 * outside.
 */
final class Call implements ProcessorCall {

    private static final Settlement CANCELLED = new Settlement.Cancelled();
    private static final Settlement ABANDONED = new Settlement.Abandoned();

    private enum State {
        CREATED,
        RUNNING,
        ENDED,
        ABANDONED
    }

    /** What becomes of a call that is told to stop. */
    enum Stopped {
        /** It has ended, or will end by itself: it settles on its own thread. */
        BY_ITSELF,
        /** It had not started, or goes on with nobody waiting: whoever stopped it settles it. */
        BY_CALLER,
        /** Likewise, and a thread is still inside the processor. */
        LEAVING_A_THREAD
    }

    private final Run run;
    private final int node;
    private final PlannedProcessor planned;
    private final Text text;
    private final Optional<TryTimer> timer;
    private volatile boolean stopped;
    private State state = State.CREATED;
    private DagWasmException stopFailure;
    private boolean leftAThread;
    private Thread thread;
    private CompletableFuture<ProcessorResult> future;
    private volatile long fuel = ProcessorReport.NOT_MEASURED;

    /** What it waits for before it begins; null where it has begun. */
    private volatile String awaited;

    Call(Run run, int node, PlannedProcessor planned, Text text) {
        this.run = run;
        this.node = node;
        this.planned = planned;
        this.text = text;
        this.timer =
                planned.timeout().isPresent()
                        ? Optional.of(new TryTimer(run, this, planned))
                        : Optional.empty();
    }

    int node() {
        return node;
    }

    @Override
    public Text text() {
        return text;
    }

    @Override
    public Map<String, String> attributes() {
        return run.options().attributes();
    }

    @Override
    public <T> Optional<T> carried(Class<T> type) {
        return run.options().carried(type);
    }

    @Override
    public long remainingNanos() {
        return timer.isPresent()
                ? timer.get().remainingNanos()
                : TryTimer.remaining(run.deadline());
    }

    @Override
    public boolean cancelled() {
        return stopped;
    }

    @Override
    public void usedFuel(long units) {
        fuel = units;
    }

    @Override
    public void waits(String why) {
        awaited = why;
    }

    @Override
    public void begins() {
        awaited = null;
    }

    /** What it was told last, or {@link ProcessorReport#NOT_MEASURED}. */
    long fuel() {
        return fuel;
    }

    /**
     * Whether its thread may be left behind: a Java processor that may not heed an interrupt, with
     * a time to keep.
     */
    boolean abandonable() {
        return (planned.timeout().isPresent() || run.deadline() != NO_DEADLINE)
                && planned.processor() instanceof TextProcessor processor
                && !processor.stopsOnInterrupt()
                && !processor.keepsDeadline();
    }

    /** Calls a synchronous processor on this thread. */
    Settlement callHere(TextProcessor processor) {
        boolean interruptedFromOutside = Thread.interrupted();
        ProcessorResult result = null;
        Throwable thrown = null;
        if (enter()) {
            try {
                startTimer();
                result = processor.process(this);
            } catch (Throwable e) {
                thrown = e;
            }
        }
        boolean abandoned = leave();
        if (stopped) {
            Thread.interrupted();
        } else if (thrown instanceof InterruptedException
                && !(thrown instanceof DeadlinePassedException)) {
            interruptedFromOutside = true;
        }
        if (interruptedFromOutside) {
            Thread.currentThread().interrupt();
        }
        return abandoned ? ABANDONED : settlement(result, thrown);
    }

    /**
     * Starts an asynchronous processor; empty where its settlement goes to the run later, on
     * another thread.
     */
    Optional<Settlement> start(AsyncTextProcessor processor) {
        boolean interruptedFromOutside = staysHere() && Thread.interrupted();
        CompletableFuture<ProcessorResult> started = CompletableFuture.completedFuture(null);
        if (enter()) {
            try {
                startTimer();
                started = processor.process(this);
            } catch (Throwable e) {
                started = CompletableFuture.failedFuture(e);
            }
        }
        boolean interrupted;
        boolean late;
        synchronized (this) {
            interrupted = thread != null && stopped;
            thread = null;
            future = started;
            late = state == State.ABANDONED;
        }
        if (interrupted) {
            Thread.interrupted();
        }
        if (interruptedFromOutside) {
            Thread.currentThread().interrupt();
        }
        if (started != null && !started.isDone() && (late || interrupted)) {
            cancel(started);
        }
        if (started == null || started.isDone()) {
            return Optional.of(ended(started));
        }
        if (interrupted) {
            return Optional.of(ended(null));
        }
        return late ? Optional.of(ABANDONED) : endsElsewhere(started);
    }

    private Optional<Settlement> endsElsewhere(CompletableFuture<ProcessorResult> pending) {
        var unused =
                pending.whenComplete(
                        (result, thrown) -> {
                            Settlement settlement = ended(pending);
                            if (settlement != ABANDONED) {
                                run.settledElsewhere(this, settlement);
                            }
                        });
        return Optional.empty();
    }

    /**
     * Whether the thread that is inside the processor is the only one that the run has: nobody can
     * go on without it, so it is interrupted like that of a synchronous processor.
     */
    private boolean staysHere() {
        return run.options().onCallersThread();
    }

    /** Whether it can be cancelled or not, the run goes on without it: why not is no news. */
    private static void cancel(CompletableFuture<ProcessorResult> future) {
        try {
            future.cancel(true);
        } catch (RuntimeException e) {
            return;
        }
    }

    private Settlement ended(CompletableFuture<ProcessorResult> done) {
        if (leave()) {
            return ABANDONED;
        }
        try {
            return settlement(done == null ? null : done.getNow(null), null);
        } catch (CompletionException e) {
            return settlement(null, e.getCause());
        } catch (CancellationException e) {
            return settlement(null, e);
        }
    }

    /** The time to wait for a thread is bounded like the time to run, and counted apart from it. */
    void startWaiting() {
        timer.ifPresent(t -> t.start(Timeout::notStarted));
    }

    /**
     * Tells the call to stop.
     *
     * @param failure what it has then failed with; null where it is cancelled
     * @param timeIsUp whether a call that may be left behind is
     */
    Stopped stop(DagWasmException failure, boolean timeIsUp) {
        CompletableFuture<ProcessorResult> toCancel;
        synchronized (this) {
            if (state == State.ENDED || state == State.ABANDONED) {
                return Stopped.BY_ITSELF;
            }
            if (!stopped) {
                stopped = true;
                stopFailure = failure;
            }
            if (thread != null) {
                thread.interrupt();
                if (!timeIsUp || !abandonable()) {
                    return Stopped.BY_ITSELF;
                }
                state = State.ABANDONED;
                leftAThread = true;
                return Stopped.LEAVING_A_THREAD;
            }
            state = State.ABANDONED;
            toCancel = future;
        }
        stopTimer();
        if (toCancel != null) {
            cancel(toCancel);
        }
        return Stopped.BY_CALLER;
    }

    /** What the call failed with when it was stopped. */
    Settlement stoppedSettlement() {
        return stopFailure == null ? CANCELLED : new Settlement.Failed(stopFailure);
    }

    /** Whether a thread stayed inside the processor when the call was settled. */
    synchronized boolean leftAThread() {
        return leftAThread;
    }

    private boolean enter() {
        stopTimer();
        synchronized (this) {
            if (stopped) {
                return false;
            }
            state = State.RUNNING;
            boolean interruptible = planned.processor() instanceof TextProcessor || staysHere();
            thread = interruptible ? Thread.currentThread() : null;
            return true;
        }
    }

    private boolean leave() {
        stopTimer();
        synchronized (this) {
            thread = null;
            if (state == State.ABANDONED) {
                return true;
            }
            state = State.ENDED;
            return false;
        }
    }

    private Settlement settlement(ProcessorResult result, Throwable thrown) {
        if (stopped) {
            return stopFailure != null || result == null
                    ? stoppedSettlement()
                    : new Settlement.Succeeded(result);
        }
        return thrown instanceof DeadlinePassedException
                ? deadlinePassed(thrown)
                : Settlement.of(result, thrown);
    }

    /** The processor kept the time by itself; which time that was, is known here. */
    private Settlement deadlinePassed(Throwable thrown) {
        if (timer.isPresent() && timer.get().endsFirst()) {
            return new Settlement.Failed(timedOut(planned.timeout().get()));
        }
        return run.deadline() == NO_DEADLINE
                ? Settlement.of(null, thrown)
                : new Settlement.Failed(run.timeIsUp());
    }

    private void startTimer() {
        if (timer.isPresent()) {
            timer.get().start(this::timedOut);
        }
    }

    private void stopTimer() {
        if (timer.isPresent()) {
            timer.get().stop();
        }
    }

    /** A guest, or Java code, that was too slow once will be so again; an endpoint may not. */
    private DagWasmException timedOut(Timeout timeout) {
        String why = awaited;
        return why != null
                ? timeout.notStarted(why)
                : timeout.passed(planned.processor() instanceof AsyncTextProcessor);
    }
}
