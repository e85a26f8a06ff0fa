package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.ProcessorOutcome;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;

/**
 * Everything that a run decides: who works on what, what is to be stopped, when it is over. Every
 * method takes the one lock, decides and returns what is to be done outside of it; none calls a
 * processor.
 *
 * <p>A worker counts from the moment it takes a processor; {@code max_concurrency} bounds how many
 * count. Workers that were sent for and have not come yet do not, so that a pool that is slow to
 * send them keeps nobody else from working.
 */
final class RunState {

    /**
     * What is to be done after a change of state.
     *
     * @param node the processor that the asking worker goes on with, or {@link Schedule#NONE}
     * @param wanted how many more workers would find something to do now
     * @param toSend how many of these nobody has been sent for yet; they count as sent for now
     * @param toStop the calls to stop
     * @param settled whether the run is over; said once
     * @param at when this was decided, as {@link System#nanoTime()} counts
     * @param retryAfterNanos when the processor that was settled is due for another try; 0 for
     *     never
     */
    record Next(
            int node,
            int wanted,
            int toSend,
            List<Call> toStop,
            boolean settled,
            long at,
            long retryAfterNanos) {

        static final Next NOTHING = new Next(Schedule.NONE, 0, 0, List.of(), false, 0, 0);
    }

    private final Object lock = new Object();
    private final Plan plan;
    private final int maxConcurrency;
    private final Progress progress;
    private int working;
    private int sentFor;
    private boolean over;
    private DagWasmException stopCause;

    RunState(Plan plan, FlowingText input, RunOptions options) {
        this.plan = plan;
        this.maxConcurrency = options.onCallersThread() ? 1 : plan.maxConcurrency();
        this.progress = new Progress(plan, input, options.keepTexts());
    }

    /** The input of a processor that was taken. */
    FlowingText inputOf(int node) {
        return progress.inputOf(node);
    }

    /** Releases the roots; the caller is the first worker. */
    Next begin() {
        synchronized (lock) {
            if (over) {
                // It was cancelled before it was started.
                return Next.NOTHING;
            }
            progress.releaseRoots();
            return another();
        }
    }

    /** A worker that was sent for has come. */
    Next come() {
        synchronized (lock) {
            sentFor--;
            return another();
        }
    }

    /**
     * Workers that were sent for will not come: nobody was there to send. False if something is
     * ready that nobody works for: whoever made it ready may have relied on them.
     */
    boolean notComing(int workers) {
        synchronized (lock) {
            sentFor -= workers;
            return sentFor > 0 || working > 0 || progress.available() == 0;
        }
    }

    /**
     * The first processor for somebody who would work, if there is one and not enough others work.
     */
    Next another() {
        long now = System.nanoTime();
        synchronized (lock) {
            int node = working < maxConcurrency ? progress.take() : Schedule.NONE;
            working += node == Schedule.NONE ? 0 : 1;
            return next(node, List.of(), now, 0);
        }
    }

    /** A worker is about to call a processor; false if it must not, because the run is over. */
    boolean started(Call call, FlowingText input, long now) {
        long bytesIn = plan.processor(call.node()).requireTakes(input.text());
        synchronized (lock) {
            if (progress.stopping()) {
                return false;
            }
            NodeRun node = progress.node(call.node());
            node.call = call;
            node.text = input;
            node.bytesIn = bytesIn;
            node.failure = null;
            if (node.tries++ == 0) {
                node.startedAt = now;
            }
            return true;
        }
    }

    /**
     * A processor that was taken is not called after all; without a failure, because the run is
     * over.
     */
    Next notStarted(int node, Optional<DagWasmException> failure, long now) {
        synchronized (lock) {
            ProcessorOutcome outcome =
                    failure.isEmpty() ? ProcessorOutcome.CANCELLED : ProcessorOutcome.FAILED;
            return over ? Next.NOTHING : settle(node, outcome, failure.orElse(null), now, true);
        }
    }

    /** A try has ended. Whoever tells goes on working, or is a worker no more. */
    Next settled(Call call, Settlement ended, long now, boolean goesOn) {
        int number = call.node();
        Settlement settlement = ended.checked(plan.processor(number));
        synchronized (lock) {
            if (over) {
                return Next.NOTHING;
            }
            NodeRun node = progress.node(number);
            node.call = null;
            node.fuel = call.fuel();
            if (settlement instanceof Settlement.Succeeded succeeded) {
                progress.accept(number, succeeded.result());
                return settle(number, ProcessorOutcome.SUCCEEDED, null, now, goesOn);
            }
            if (!(settlement instanceof Settlement.Failed failed)) {
                return settle(number, ProcessorOutcome.CANCELLED, null, now, goesOn);
            }
            boolean again =
                    failed.failure().retryable() && node.tries <= plan.processor(number).retries();
            if (again && !progress.stopping()) {
                node.phase = NodeRun.Phase.WAITING;
                // If the run ends before the next try, this is why it came to wait for one.
                node.failure = failed.failure();
                return leaveOrGoOn(
                        goesOn,
                        List.of(),
                        now,
                        plan.processor(number)
                                .retry()
                                .waitNanos(node.tries, ThreadLocalRandom.current().nextDouble()));
            }
            return settle(number, ProcessorOutcome.FAILED, failed.failure(), now, goesOn);
        }
    }

    /** A processor's next try is due. */
    Next retry(int node) {
        synchronized (lock) {
            if (progress.node(node).phase == NodeRun.Phase.WAITING) {
                progress.release(node);
            }
            return next(Schedule.NONE, List.of(), System.nanoTime(), 0);
        }
    }

    /** Nothing starts any more; answers the calls that still run. */
    Next stop(DagWasmException cause) {
        synchronized (lock) {
            if (over) {
                return Next.NOTHING;
            }
            if (!progress.stopping()) {
                stopCause = cause;
                progress.stop(System.nanoTime());
            }
            return next(Schedule.NONE, progress.running(), System.nanoTime(), 0);
        }
    }

    /**
     * Something broke that must not: the run is over at once. Answers the calls to stop; empty if
     * it was over already.
     */
    Optional<List<Call>> abort(DagWasmException cause) {
        synchronized (lock) {
            if (over) {
                return Optional.empty();
            }
            over = true;
            stopCause = cause;
            List<Call> running = progress.running();
            progress.abandon(System.nanoTime());
            return Optional.of(running);
        }
    }

    /** The result, once the run is over. */
    RunResult result(long startedAt, long now) {
        synchronized (lock) {
            return progress.result(Optional.ofNullable(stopCause), startedAt, now);
        }
    }

    private Next settle(
            int node,
            ProcessorOutcome outcome,
            DagWasmException failure,
            long now,
            boolean goesOn) {
        boolean wasStopping = progress.stopping();
        progress.settle(node, outcome, failure, now);
        boolean stopped = progress.stopping() && !wasStopping;
        return leaveOrGoOn(goesOn, stopped ? progress.running() : List.of(), now, 0);
    }

    private Next leaveOrGoOn(boolean goesOn, List<Call> toStop, long now, long retryAfter) {
        int node = goesOn ? progress.take() : Schedule.NONE;
        working -= node == Schedule.NONE ? 1 : 0;
        return next(node, toStop, now, retryAfter);
    }

    private Next next(int node, List<Call> toStop, long now, long retryAfter) {
        boolean settledNow = progress.allSettled() && !over;
        over |= settledNow;
        int wanted = Math.min(progress.available(), maxConcurrency - working);
        int toSend = Math.max(0, wanted - sentFor);
        sentFor += toSend;
        return new Next(node, wanted, toSend, toStop, settledNow, now, retryAfter);
    }
}
