package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.spi.ProcessorCall;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class SandboxTest {

    private static final long FOREVER = ProcessorCall.NO_DEADLINE;
    private static final Duration LONG = Duration.ofMinutes(1);
    private static final SandboxUse EMPTY = new SandboxUse(0, 0, 0, 0);

    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static Sandbox sandbox(int instances, long bytes, Duration patience) {
        return new Sandbox(new SandboxBounds(instances, bytes, patience));
    }

    /** Keeps nothing. */
    private static final Tenant GUEST =
            new Tenant() {
                @Override
                public Optional<Share> pollIdle() {
                    return Optional.empty();
                }

                @Override
                public boolean keepIdle(Share share) {
                    return false;
                }

                @Override
                public int idle() {
                    return 0;
                }

                @Override
                public long forget() {
                    return 0;
                }
            };

    private static Share enter(Sandbox sandbox, long bytes, long nanos)
            throws InterruptedException {
        return sandbox.enter(new Share(GUEST, sandbox, 1, bytes, 0), nanos);
    }

    /** Has somebody else enter, and waits until he is in the queue. */
    private Future<Share> queued(Sandbox sandbox, long bytes) {
        int before = sandbox.use().waiting();
        Future<Share> entering = threads.submit(() -> enter(sandbox, bytes, FOREVER));
        await().until(() -> sandbox.use().waiting() == before + 1);
        return entering;
    }

    @Test
    void countsWhatCallsHaveUntilTheyLeave() throws Exception {
        Sandbox sandbox = sandbox(2, 100, LONG);

        Share one = enter(sandbox, 10, FOREVER);
        Share other = enter(sandbox, 20, FOREVER);
        one.take(30);

        assertThat(sandbox.use()).isEqualTo(new SandboxUse(2, 60, 0, 0));
        one.close();
        one.close();
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, 20, 0, 0));
        other.close();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    /** Takes at the end of the stack and at places above it, until that succeeds there. */
    private static final class Falling {

        /** Each try in vain makes an error with a long stack trace. */
        private static final int LEVELS_BETWEEN = 16;

        private final Share share;
        private long taken;

        Falling(Share share) {
            this.share = share;
        }

        void fall(int size, int level) {
            try {
                if (size == 0) {
                    fall(0, level + 1);
                } else {
                    fallInLargerFrames(size, size, size, size, size, level);
                }
            } catch (StackOverflowError e) {
                if (level % LEVELS_BETWEEN != 0) {
                    throw e;
                }
                take();
            }
        }

        private void take() {
            share.take(1);
            taken++;
        }

        private void fallInLargerFrames(long a, long b, long c, long d, int size, int level) {
            fall(a + b + c + d > 0 ? size - 1 : size, level + 1);
        }
    }

    @Test
    void whoAsksForMoreAtTheEndOfTheStackGetsItOrNot() throws Exception {
        Sandbox sandbox = sandbox(2, 1 << 30, LONG);
        Share share = enter(sandbox, 10, FOREVER);
        Falling falling = new Falling(share);

        for (int i = 0; i < 8; i++) {
            int size = i;
            Thread thread = new Thread(null, () -> falling.fall(size, 0), "falling", 1 << 18);
            thread.start();
            thread.join();
        }

        CompletableFuture<SandboxUse> use = CompletableFuture.supplyAsync(sandbox::use, threads);
        assertThat(use.get(10, TimeUnit.MINUTES))
                .isEqualTo(new SandboxUse(1, 10 + falling.taken, 0, 0));
        assertThat(falling.taken).isPositive();
    }

    @Test
    void tellsThatThereAreAsManyInstancesAsThereMayBe() throws Exception {
        Sandbox sandbox = sandbox(1, 100, Duration.ofMillis(20));

        try (Share share = enter(sandbox, 10, FOREVER)) {
            assertThatThrownBy(() -> enter(sandbox, 10, FOREVER))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessage(
                            "the sandbox is full: 1 of 1 instances are in use, 1 more asked for;"
                                    + " waited 0.02 s (option instances)");
            assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, 10, 0, 0));
            share.take(1);
        }
    }

    @Test
    void tellsThatThereIsNotSoMuchMemory() throws Exception {
        Sandbox sandbox = sandbox(9, 100, Duration.ZERO);

        try (Share share = enter(sandbox, 70, FOREVER)) {
            assertThatThrownBy(() -> enter(sandbox, 31, FOREVER))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessage(
                            "the sandbox is full: 70 of 100 memory bytes are in use, 31 more asked"
                                    + " for; waited 0 s (option memoryBytes)");
            share.take(30);
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void growthByMoreThanThereIsFailsForGood() throws Exception {
        Sandbox sandbox = sandbox(9, 100, LONG);

        try (Share share = enter(sandbox, 70, FOREVER)) {
            assertThatThrownBy(() -> share.take(31))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessage(
                            "the sandbox is full: 70 of 100 memory bytes are in use, 31 more asked"
                                    + " for; all calls together may not have so much (option"
                                    + " memoryBytes)");
            assertThat(sandbox.use().memoryBytes()).isEqualTo(70);
            assertThat(share.missed()).isZero();
        }
    }

    @Test
    void waitsNoLongerThanTheCallHas() throws Exception {
        Sandbox sandbox = sandbox(1, 100, LONG);

        try (Share share = enter(sandbox, 10, FOREVER)) {
            assertThatThrownBy(() -> enter(sandbox, 10, TimeUnit.MILLISECONDS.toNanos(10)))
                    .hasMessageContaining("; waited 0.01 s (");
            assertThatThrownBy(() -> enter(sandbox, 10, -5)).hasMessageContaining("; waited 0 s (");
            share.take(0);
        }
    }

    @Test
    void letsThemInInTheOrderOfArrival() throws Exception {
        Sandbox sandbox = sandbox(9, 100, LONG);
        Share all = enter(sandbox, 100, FOREVER);
        Future<Share> large = queued(sandbox, 80);
        Future<Share> small = queued(sandbox, 30);

        all.close();
        Share first = large.get();

        assertThat(small).isNotDone();
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, 80, 1, 0));
        first.close();
        small.get().close();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void whoGivesUpIsInNobodysWay() throws Exception {
        Sandbox sandbox = sandbox(9, 100, LONG);
        Share most = enter(sandbox, 60, FOREVER);
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        Future<Share> large =
                threads.submit(
                        () -> {
                            waiter.complete(Thread.currentThread());
                            return enter(sandbox, 80, FOREVER);
                        });
        await().until(() -> sandbox.use().waiting() == 1);
        Future<Share> small = queued(sandbox, 30);

        waiter.get().interrupt();

        assertThatThrownBy(large::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        small.get().close();
        most.close();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void countsWhatThoseBeforeAskFor() throws Exception {
        Sandbox sandbox = sandbox(9, 100, LONG);
        Share most = enter(sandbox, 60, FOREVER);
        Future<Share> large = queued(sandbox, 80);

        assertThatThrownBy(() -> enter(sandbox, 5, TimeUnit.MILLISECONDS.toNanos(1)))
                .hasMessageStartingWith(
                        "the sandbox is full: 60 of 100 memory bytes are in use, 85 more asked"
                                + " for; ");
        most.close();
        large.get().close();
    }

    @Test
    void nothingLeaksWhateverEndsAWait() throws Exception {
        int instances = 3;
        long bytes = 1000;
        Sandbox sandbox = sandbox(instances, bytes, LONG);
        AtomicInteger inside = new AtomicInteger();
        AtomicLong held = new AtomicLong();
        AtomicInteger entered = new AtomicInteger();
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());

        try (Hammer hammer = new Hammer(16)) {
            hammer.run(
                    2_000,
                    number -> {
                        SplittableRandom random = new SplittableRandom(number);
                        boolean interrupted = random.nextInt(10) == 0;
                        long nanos = random.nextInt(4) == 0 ? random.nextInt(20_000) : FOREVER;
                        int begins = random.nextInt(600);
                        if (interrupted) {
                            Thread.currentThread().interrupt();
                        }
                        try (Share share = enter(sandbox, begins, nanos)) {
                            entered.incrementAndGet();
                            long mine = begins;
                            int more = random.nextInt(300);
                            mine += share.tryTake(more) ? more : 0;
                            if (inside.incrementAndGet() > instances
                                    || held.addAndGet(mine) > bytes) {
                                wrong.add(new AssertionError("above the bounds"));
                            }
                            LockSupport.parkNanos(1);
                            held.addAndGet(-mine);
                            inside.decrementAndGet();
                        } catch (SandboxFullException | InterruptedException expected) {
                            if (nanos == FOREVER && !interrupted) {
                                wrong.add(expected);
                            }
                        }
                        boolean unused = Thread.interrupted();
                    });
        }

        assertThat(wrong).isEmpty();
        assertThat(entered.get()).isPositive();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void virtualThreadsThatWaitKeepNoCarrier() throws Exception {
        ExecutorService virtual = VirtualThreads.perTask();
        Sandbox sandbox = sandbox(1, 100, LONG);
        List<Future<?>> all = new ArrayList<>();

        for (int i = 0; i < 500; i++) {
            all.add(
                    virtual.submit(
                            () -> {
                                try (Share share = enter(sandbox, 60, FOREVER)) {
                                    // Gives the carrier up, which then must come back.
                                    LockSupport.parkNanos(1000);
                                    share.take(40);
                                    return true;
                                }
                            }));
        }

        for (Future<?> one : all) {
            assertThat(one.get()).isEqualTo(true);
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
        virtual.shutdown();
    }
}
