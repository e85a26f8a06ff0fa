package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class LoadRoomTest {

    private static final long MEBI = 1 << 20;

    private final LoadRoom room = new LoadRoom(2, 10 * MEBI, 2);
    private final CountDownLatch end = new CountDownLatch(1);

    @AfterEach
    void endAll() {
        end.countDown();
        room.close();
    }

    /** A load that lasts until the test ends it, and heeds no interrupt. */
    private static final class Stuck implements LoadRoom.Work {

        private final CountDownLatch end;
        private final CompletableFuture<Thread> begun = new CompletableFuture<>();
        private final CompletableFuture<String> refused = new CompletableFuture<>();

        Stuck(CountDownLatch end) {
            this.end = end;
        }

        @Override
        public void load() {
            begun.complete(Thread.currentThread());
            while (true) {
                try {
                    end.await();
                    return;
                } catch (InterruptedException e) {
                    // As a compiler that is not asked.
                }
            }
        }

        @Override
        public void refuse(ModuleRefusedException reason) {
            refused.complete(reason.getMessage());
        }
    }

    private Stuck stuck() {
        return new Stuck(end);
    }

    /** A load that has begun. */
    private LoadRoom.Load begun(long bytes) throws Exception {
        Stuck work = stuck();
        LoadRoom.Load load = room.enter(bytes, work);
        work.begun.get(10, TimeUnit.MINUTES);
        return load;
    }

    @Test
    void soManyRunAsThereArePlacesAndTheNextWaits() throws Exception {
        begun(MEBI);
        begun(MEBI);
        Stuck third = stuck();

        room.enter(MEBI, third);

        assertThat(room.use()).isEqualTo(new LoadUse(2, 1, 0, 4, 2 * MEBI));
        end.countDown();
        assertThat(third.begun.get(10, TimeUnit.MINUTES)).isNotNull();
    }

    @Test
    void whatFindsNoHeapWaitsForItsTurn() throws Exception {
        AtomicLong inUse = new AtomicLong();
        AtomicLong most = new AtomicLong();
        List<CompletableFuture<Void>> loads = new ArrayList<>();
        try (LoadRoom wide = new LoadRoom(8, 10 * MEBI, 0)) {
            for (int i = 0; i < 200; i++) {
                long bytes = (1 + i % 10) * MEBI;
                CompletableFuture<Void> done = new CompletableFuture<>();
                loads.add(done);
                wide.enter(
                        bytes,
                        new LoadRoom.Work() {
                            @Override
                            public void load() {
                                most.accumulateAndGet(inUse.addAndGet(bytes), Math::max);
                                Thread.onSpinWait();
                                inUse.addAndGet(-bytes);
                                done.complete(null);
                            }

                            @Override
                            public void refuse(ModuleRefusedException reason) {
                                done.completeExceptionally(reason);
                            }
                        });
            }
            for (CompletableFuture<Void> load : loads) {
                load.get(10, TimeUnit.MINUTES);
            }
            assertThat(most).hasValueBetween(MEBI, 10 * MEBI);
            assertThat(inUse).hasValue(0);
            Awaitility.await().until(() -> wide.use().equals(new LoadUse(0, 0, 0, 8, 0)));
        }
    }

    @Test
    void whatIsLargerThanAllHasItAlone() throws Exception {
        begun(MEBI);
        Stuck large = stuck();

        room.enter(1 << 30, large);

        assertThat(room.use().waiting()).isEqualTo(1);
        assertThat(large.begun).isNotDone();
        end.countDown();
        assertThat(large.begun.get(10, TimeUnit.MINUTES)).isNotNull();
    }

    @Test
    void aLoadThatIsGivenUpFreesItsPlaceAndKeepsItsHeap() throws Exception {
        LoadRoom.Load slow = begun(4 * MEBI);
        begun(MEBI);
        Stuck next = stuck();
        room.enter(3 * MEBI, next);

        assertThat(slow.giveUp()).isFalse();

        assertThat(next.begun.get(10, TimeUnit.MINUTES)).isNotNull();
        assertThat(room.use()).isEqualTo(new LoadUse(2, 0, 1, 4, 8 * MEBI));
    }

    @Test
    void aLoadThatWaitsAndIsGivenUpNeverBegins() throws Exception {
        begun(MEBI);
        begun(MEBI);
        Stuck third = stuck();
        LoadRoom.Load load = room.enter(MEBI, third);

        assertThat(load.giveUp()).isTrue();

        assertThat(room.use()).isEqualTo(new LoadUse(2, 0, 0, 4, 2 * MEBI));
        end.countDown();
        Awaitility.await().until(() -> room.use().running() == 0);
        assertThat(third.begun).isNotDone();
    }

    @Test
    void whatDoesNotFitBesideLoadsThatWereGivenUpIsRefused() throws Exception {
        String reason =
                "loading it takes about 7 MiB of heap, and loads of other modules that were not done"
                        + " in time still hold too much of the 10 MiB for loads; wait until they"
                        + " end, or start the JVM again without these modules";
        LoadRoom.Load slow = begun(4 * MEBI);
        Stuck waiting = stuck();
        room.enter(7 * MEBI, waiting);

        slow.giveUp();

        assertThat(waiting.refused.get(10, TimeUnit.MINUTES)).isEqualTo(reason);
        assertThatThrownBy(() -> room.enter(7 * MEBI, stuck()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(reason);
        assertThat(begun(6 * MEBI)).isNotNull();
    }

    @Test
    void onceSoManyWereGivenUpOthersAreRefusedUntilOneEnds() throws Exception {
        for (int i = 0; i < 4; i++) {
            LoadRoom.Load load = begun(MEBI);
            load.giveUp();
            load.giveUp();
        }

        assertThat(room.use()).isEqualTo(new LoadUse(0, 0, 4, 4, 4 * MEBI));
        assertThatThrownBy(() -> room.enter(MEBI, stuck()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "4 loads of other modules that were not done in time still run, as many as"
                                + " may; wait until they end, or start the JVM again without these"
                                + " modules");
        end.countDown();
        Awaitility.await().until(() -> room.use().equals(new LoadUse(0, 0, 0, 4, 0)));
        assertThat(begun(10 * MEBI)).isNotNull();
    }

    @Test
    void nothingBeginsOnceItIsClosed() throws Exception {
        begun(MEBI);
        room.close();

        assertThatThrownBy(() -> room.enter(MEBI, stuck()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("the backend is closed");
    }
}
