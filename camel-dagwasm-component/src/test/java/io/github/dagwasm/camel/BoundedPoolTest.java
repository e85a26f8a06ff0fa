package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;

class BoundedPoolTest {

    /** Has a thread for whoever comes, as one of virtual threads. */
    private final ExecutorService boundless = Executors.newCachedThreadPool();

    /** What a pool was given and has not run yet. */
    private final List<Runnable> given = new ArrayList<>();

    private final List<String> ran = new ArrayList<>();

    @AfterEach
    void stop() {
        boundless.shutdownNow();
    }

    private Runnable noting(String name) {
        return () -> ran.add(name);
    }

    @Test
    void whatFindsNoThreadWaitsItsTurn() {
        BoundedPool pool = new BoundedPool(given::add, 2, 10);

        List.of("a", "b", "c", "d").forEach(name -> pool.execute(noting(name)));
        int started = given.size();
        given.remove(1).run();

        assertThat(started).isEqualTo(2);
        assertThat(ran).containsExactly("b", "c", "d");
        assertThat(given).hasSize(1);
    }

    @Test
    void whatIsWithdrawnMakesRoomForAnotherAndIsNotRun() {
        BoundedPool pool = new BoundedPool(given::add, 1, 1);
        Runnable first = noting("first");
        Runnable waiting = noting("waiting");
        pool.execute(first);
        pool.execute(waiting);

        boolean ofRunning = pool.withdraw(first);
        boolean ofWaiting = pool.withdraw(waiting);
        pool.execute(noting("another"));
        given.remove(0).run();

        assertThat(ofRunning).isFalse();
        assertThat(ofWaiting).isTrue();
        assertThat(ran).containsExactly("first", "another");
    }

    @Test
    void aThreadThatFoundNothingToDoIsOneThatMayBeAskedForAgain() {
        BoundedPool pool = new BoundedPool(given::add, 1, 10);
        pool.execute(noting("a"));
        given.remove(0).run();

        pool.execute(noting("b"));

        assertThat(given).hasSize(1);
    }

    @Test
    void whatFindsNoRoomIsRejected() {
        BoundedPool pool = new BoundedPool(given::add, 1, 1);
        pool.execute(noting("works"));
        pool.execute(noting("waits"));

        assertThatThrownBy(() -> pool.execute(noting("rejected")))
                .isInstanceOf(RejectedExecutionException.class)
                .hasMessage("1 tasks run and 1 wait");
        given.get(0).run();

        assertThat(ran).containsExactly("works", "waits");
    }

    @Test
    void whoAsksForAFreeThreadDoesNotWait() {
        BoundedPool pool = new BoundedPool(given::add, 1, 10);

        boolean first = pool.tryExecute(noting("works"));
        boolean second = pool.tryExecute(noting("never"));
        given.get(0).run();

        assertThat(first).isTrue();
        assertThat(second).isFalse();
        assertThat(ran).containsExactly("works");
    }

    @Test
    void aTaskThatThrowsIsToldOfAndTheNextOneRuns() {
        List<Throwable> told = new CopyOnWriteArrayList<>();
        BoundedPool pool = new BoundedPool(given::add, 1, 10);
        IllegalStateException boom = new IllegalStateException("boom");
        pool.execute(
                () -> {
                    throw boom;
                });
        pool.execute(noting("next"));
        Thread thread = Thread.currentThread();
        thread.setUncaughtExceptionHandler((t, e) -> told.add(e));
        try {
            given.get(0).run();
        } finally {
            thread.setUncaughtExceptionHandler(null);
        }

        assertThat(told).containsExactly(boom);
        assertThat(ran).containsExactly("next");
    }

    @Test
    void aPoolThatRefusesTakesNobodysThread() {
        RejectedExecutionException refusal = new RejectedExecutionException("shut down");
        AtomicInteger asked = new AtomicInteger();
        Executor once =
                task -> {
                    if (asked.incrementAndGet() == 1) {
                        throw refusal;
                    }
                    given.add(task);
                };
        BoundedPool pool = new BoundedPool(once, 1, 10);

        Throwable thrown = catchThrowable(() -> pool.execute(noting("refused")));
        pool.execute(noting("next"));

        assertThat(thrown).isSameAs(refusal);
        assertThat(given).hasSize(1);
        assertThat(ran).isEmpty();
    }

    /** Whoever came meanwhile counts on the thread that there is not. */
    @Test
    void whatWaitsForAThreadThatIsRefusedRunsAllTheSame() {
        List<BoundedPool> self = new ArrayList<>();
        Executor refusing =
                task -> {
                    self.get(0).execute(noting("waits"));
                    throw new RejectedExecutionException("shut down");
                };
        self.add(new BoundedPool(refusing, 1, 10));

        Throwable thrown = catchThrowable(() -> self.get(0).execute(noting("refused")));

        assertThat(thrown).hasMessage("shut down");
        assertThat(ran).containsExactly("waits");
    }

    @RepeatedTest(20)
    void manyCallersAtOnceKeepTheBoundAndLoseNothing() throws InterruptedException {
        int threads = 3;
        int callers = 8;
        int each = 200;
        BoundedPool pool = new BoundedPool(boundless, threads, callers * each);
        AtomicInteger working = new AtomicInteger();
        AtomicInteger most = new AtomicInteger();
        AtomicInteger done = new AtomicInteger();
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService asking = Executors.newFixedThreadPool(callers);
        for (int i = 0; i < callers; i++) {
            asking.execute(
                    () -> {
                        awaitQuietly(go);
                        for (int task = 0; task < each; task++) {
                            pool.execute(
                                    () -> {
                                        most.accumulateAndGet(working.incrementAndGet(), Math::max);
                                        Thread.onSpinWait();
                                        working.decrementAndGet();
                                        done.incrementAndGet();
                                    });
                        }
                    });
        }

        go.countDown();
        asking.shutdown();
        boolean asked = asking.awaitTermination(10, TimeUnit.MINUTES);

        assertThat(asked).isTrue();
        await().until(() -> done.get() == callers * each);
        assertThat(most).hasValueBetween(1, threads);
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
