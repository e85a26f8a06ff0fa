package io.github.dagwasm.executor;

import io.github.dagwasm.text.Text;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Runs plans. The thread that asks for a run works for it while there is something ready; at a
 * fan-out others of the pool help, as many as the plan allows. Safe for use by any number of
 * threads. It owns no threads: whoever made pool and scheduler closes them, after the last run.
 */
public final class DagExecutor {

    private static final Executor NOBODY =
            task -> {
                throw new RejectedExecutionException("the run stays on its caller's thread");
            };

    private final Executor pool;
    private final ScheduledExecutorService scheduler;
    private final Supplier<ThreadContext> contexts;
    private final AtomicInteger abandoned = new AtomicInteger();

    /**
     * Makes an executor whose runs take no context along.
     *
     * @param pool runs processors, as in the other constructor
     * @param scheduler keeps deadlines, as in the other constructor
     */
    public DagExecutor(Executor pool, ScheduledExecutorService scheduler) {
        this(pool, scheduler, () -> ThreadContext.NONE);
    }

    /**
     * Makes an executor.
     *
     * @param pool runs processors at fan-outs, and local processors that have a timeout. It may
     *     refuse work, by an exception or by running it on the submitting thread, but must not drop
     *     it silently. A bound on its size does not bound a run: {@link Plan#maxConcurrency()} does
     * @param scheduler keeps deadlines and back-offs; one thread is enough. It should remove
     *     cancelled tasks ({@link
     *     java.util.concurrent.ScheduledThreadPoolExecutor#setRemoveOnCancelPolicy}), else each
     *     holds its run until it is due
     * @param contexts captures the context of the current thread. Called by the thread that starts
     *     a run; a run that needs no other thread does not call it
     */
    public DagExecutor(
            Executor pool, ScheduledExecutorService scheduler, Supplier<ThreadContext> contexts) {
        this.pool = Objects.requireNonNull(pool, "pool");
        this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
        this.contexts = Objects.requireNonNull(contexts, "contexts");
    }

    /**
     * Runs a plan and waits for it. An interrupt while it waits cancels the run; the thread's flag
     * is set again afterwards.
     *
     * @param plan what to run
     * @param input the input, well formed
     * @param options what else the run is told
     * @return what the run came to, also where it failed
     */
    public RunResult run(Plan plan, Text input, RunOptions options) {
        if (plan.chain().isPresent()) {
            Consumer<RunResult> nobody = settled -> {};
            return new ChainRun(plan, plan.chain().get(), input, options, nobody).execute();
        }
        AtomicReference<RunResult> result = new AtomicReference<>();
        waiting(plan, input, options, result::set).start();
        return result.get();
    }

    /**
     * Makes a run of a plan, which somebody starts.
     *
     * @param plan what to run
     * @param input the input, well formed
     * @param options what else the run is told
     * @param whenSettled told the result, once, on the thread that settles the run; it should not
     *     throw
     * @return the run
     */
    public RunHandle prepare(
            Plan plan, Text input, RunOptions options, Consumer<RunResult> whenSettled) {
        return plan.chain().isPresent()
                ? new ChainRun(plan, plan.chain().get(), input, options, whenSettled)
                : scheduled(plan, input, options, whenSettled);
    }

    /** A run of any plan, be it a chain or not. */
    RunHandle scheduled(
            Plan plan, Text input, RunOptions options, Consumer<RunResult> whenSettled) {
        if (options.onCallersThread()) {
            return waiting(plan, input, options, whenSettled);
        }
        Threads threads = new Threads(pool, scheduler, contexts, null, abandoned);
        Run run = new Run(plan, input, options, threads, whenSettled);
        return new PreparedRun(run, Optional.empty(), whenSettled);
    }

    private RunHandle waiting(
            Plan plan, Text input, RunOptions options, Consumer<RunResult> whenSettled) {
        WaitingCaller caller = new WaitingCaller();
        Executor others = options.onCallersThread() ? NOBODY : pool;
        Threads threads = new Threads(others, scheduler, contexts, caller, abandoned);
        Run run = new Run(plan, input, options, threads, caller::settled);
        return new PreparedRun(run, Optional.of(caller), whenSettled);
    }

    /**
     * How many pool threads are inside local processors whose time was up and that did not heed the
     * interrupt.
     *
     * @return the number of threads, now
     */
    public int abandonedThreads() {
        return abandoned.get();
    }
}
