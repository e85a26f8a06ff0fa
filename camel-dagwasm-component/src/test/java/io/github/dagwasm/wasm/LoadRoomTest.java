package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class LoadRoomTest {

    private static final long MEBI = 1 << 20;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final LoadRoom room = new LoadRoom(10 * MEBI);

    @AfterEach
    void stop() {
        threads.shutdownNow();
    }

    @Test
    void loadsThatFitTogetherRunTogether() throws Exception {
        CountDownLatch both = new CountDownLatch(2);
        Future<?> one = threads.submit(() -> room.with(5 * MEBI, () -> meet(both)));
        Future<?> other = threads.submit(() -> room.with(5 * MEBI, () -> meet(both)));

        assertThat(one.get()).isEqualTo(true);
        assertThat(other.get()).isEqualTo(true);
    }

    @Test
    void whatDoesNotFitWaitsForItsTurn() throws Exception {
        AtomicLong inUse = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<Future<?>> loads = new ArrayList<>();
        for (int i = 0; i < 200; i++) {
            long bytes = (1 + i % 10) * MEBI;
            loads.add(
                    threads.submit(
                            () ->
                                    room.with(
                                            bytes,
                                            () -> {
                                                most.accumulateAndGet(
                                                        inUse.addAndGet(bytes), Math::max);
                                                Thread.onSpinWait();
                                                return inUse.addAndGet(-bytes);
                                            })));
        }
        for (Future<?> load : loads) {
            load.get();
        }

        assertThat(most).hasValueBetween(MEBI, 10 * MEBI);
        assertThat(inUse).hasValue(0);
    }

    @Test
    void whatIsLargerThanAllHasItAlone() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch end = new CountDownLatch(1);
        Future<?> small =
                threads.submit(
                        () ->
                                room.with(
                                        MEBI,
                                        () -> {
                                            begun.countDown();
                                            return end.await(20, TimeUnit.SECONDS);
                                        }));
        assertThat(begun.await(20, TimeUnit.SECONDS)).isTrue();
        Future<Thread> large = threads.submit(() -> room.with(1 << 30, Thread::currentThread));

        Awaitility.await().during(100, TimeUnit.MILLISECONDS).until(() -> !large.isDone());
        end.countDown();

        assertThat(small.get()).isEqualTo(true);
        assertThat(large.get()).isNotNull();
    }

    @Test
    void aFailureGivesItsRoomBack() throws Exception {
        for (int i = 0; i < 3; i++) {
            assertThatThrownBy(
                            () ->
                                    room.with(
                                            10 * MEBI,
                                            () -> {
                                                throw new IllegalStateException("no module");
                                            }))
                    .hasMessage("no module");
        }

        assertThat(room.with(10 * MEBI, () -> "free")).isEqualTo("free");
    }

    private static boolean meet(CountDownLatch latch) throws InterruptedException {
        latch.countDown();
        return latch.await(20, TimeUnit.SECONDS);
    }
}
