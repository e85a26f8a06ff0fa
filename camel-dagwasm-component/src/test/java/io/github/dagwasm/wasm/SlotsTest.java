package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.lang.reflect.Field;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class SlotsTest {

    private static final long PAGE = 65536;
    private static final SandboxUse EMPTY = new SandboxUse(0, 0, 0, 0);

    private final WasmModule module = new ChicoryEngine().load(TestModules.append("!"));
    private final ExecutorService threads = Executors.newCachedThreadPool();

    @AfterEach
    void stopThreads() {
        threads.shutdownNow();
    }

    private static Sandbox sandbox(int instances) {
        return new Sandbox(new SandboxBounds(instances, 1 << 30, Duration.ofMinutes(1)));
    }

    private Slots slots(Sandbox sandbox) {
        GuestStart start =
                new GuestStart(
                        module,
                        AbiDetector.detect(module, AbiOptions.NONE),
                        new InstanceLimits(1 << 20, 100, 100),
                        Spending.UNLIMITED_FUEL,
                        GuestSurroundings.BARE,
                        sandbox);
        return new Slots(start, sandbox, 0);
    }

    private static Slot take(Slots slots) throws InterruptedException {
        return slots.take(Calls.ofGuest(""));
    }

    /** Has somebody else take one, and waits until he is in the queue. */
    private Future<Slot> queued(Slots slots, Sandbox sandbox) {
        int before = sandbox.use().waiting();
        Future<Slot> taking = threads.submit(() -> take(slots));
        await().until(() -> sandbox.use().waiting() == before + 1);
        return taking;
    }

    @Test
    void aSlotKeepsItsRoomForTheNextCall() throws Exception {
        Sandbox sandbox = sandbox(2);
        Slots slots = slots(sandbox);

        Slot slot = take(slots);
        slots.release(slot);

        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, PAGE, 0, 1));
        assertThat(take(slots)).isSameAs(slot);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, PAGE, 0, 0));
        assertThat(threads.submit(() -> take(slots)).get()).isNotSameAs(slot);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(2, 2 * PAGE, 0, 0));
    }

    @Test
    void whoWaitsGetsTheSlotOfACallOfItsOwnProcessor() throws Exception {
        Sandbox sandbox = sandbox(1);
        Slots slots = slots(sandbox);
        Slot slot = take(slots);
        Future<Slot> first = queued(slots, sandbox);
        Future<Slot> second = queued(slots, sandbox);

        slots.release(slot);

        assertThat(first.get()).isSameAs(slot);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, PAGE, 1, 0));
        assertThat(second).isNotDone();
        slots.release(slot);
        assertThat(second.get()).isSameAs(slot);
        slots.release(slot);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, PAGE, 0, 1));
    }

    @Test
    void whoWaitsFirstGetsTheRoomOfAnotherProcessorsSlot() throws Exception {
        Sandbox sandbox = sandbox(1);
        Slots slots = slots(sandbox);
        Slots others = slots(sandbox);
        Slot slot = take(slots);
        Future<Slot> first = queued(others, sandbox);
        Future<Slot> second = queued(slots, sandbox);

        slots.release(slot);

        Slot fresh = first.get();
        assertThat(second).isNotDone();
        others.release(fresh);
        assertThat(second.get()).isNotSameAs(slot);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, PAGE, 0, 0));
    }

    @Test
    void anIdleSlotMakesRoomForAnotherProcessor() throws Exception {
        Sandbox sandbox = sandbox(2);
        Slots slots = slots(sandbox);
        Slots others = slots(sandbox);
        Slot busy = take(slots);
        slots.release(threads.submit(() -> take(slots)).get());

        Slot other = take(others);

        assertThat(sandbox.use()).isEqualTo(new SandboxUse(2, 2 * PAGE, 0, 0));
        slots.release(busy);
        others.release(other);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(2, 2 * PAGE, 0, 2));
    }

    @Test
    void anIdleSlotMakesRoomForGrowth() throws Exception {
        Sandbox sandbox = new Sandbox(new SandboxBounds(9, 3 * PAGE, Duration.ZERO));
        Slots slots = slots(sandbox);
        Slots others = slots(sandbox);
        others.release(take(others));
        Slot slot = take(slots);

        slot.take(PAGE);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(2, 3 * PAGE, 0, 1));
        slot.take(PAGE);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, 3 * PAGE, 0, 0));
        assertThatThrownBy(() -> slot.take(PAGE))
                .isInstanceOf(SandboxFullException.class)
                .hasMessageStartingWith(
                        "the sandbox is full: 196608 of 196608 memory bytes are in use, 65536 more"
                                + " asked for; ");
    }

    /** The thread that gave it back may not run for long, with the slot on its stack. */
    @Test
    void aSlotThatIsDroppedLetsGoOfItsMemoryBeforeOthersGetTheRoom() throws Exception {
        Sandbox sandbox = new Sandbox(new SandboxBounds(9, 2 * PAGE, Duration.ZERO));
        Slots slots = slots(sandbox);
        Slots others = slots(sandbox);
        Slot idle = take(slots);
        idle.process(Calls.ofGuest("x"), 100);
        assertThat(instanceOf(idle)).isPresent();
        slots.release(idle);
        Slot failed = take(others);
        failed.process(Calls.ofGuest("x"), 100);

        var unused = take(others);
        failed.close();

        assertThat(instanceOf(idle)).isEmpty();
        assertThat(instanceOf(failed)).isEmpty();
    }

    private static Optional<?> instanceOf(Slot slot) throws ReflectiveOperationException {
        Field ready = Slot.class.getDeclaredField("ready");
        ready.setAccessible(true);
        return (Optional<?>) ready.get(slot);
    }

    @Test
    void closingDropsIdleSlotsNowAndTheOthersLater() throws Exception {
        Sandbox sandbox = sandbox(9);
        Slots slots = slots(sandbox);
        Slot busy = take(slots);
        slots.release(threads.submit(() -> take(slots)).get());

        slots.close();

        assertThat(sandbox.use()).isEqualTo(new SandboxUse(1, PAGE, 0, 0));
        slots.release(busy);
        assertThat(sandbox.use()).isEqualTo(EMPTY);
        slots.release(take(slots));
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void anInterruptedWaitLeavesTheSlotToTheNext() throws Exception {
        Sandbox sandbox = sandbox(1);
        Slots slots = slots(sandbox);
        Slot slot = take(slots);
        CompletableFuture<Thread> waiter = new CompletableFuture<>();
        Future<Slot> interrupted =
                threads.submit(
                        () -> {
                            waiter.complete(Thread.currentThread());
                            return take(slots);
                        });
        await().until(() -> sandbox.use().waiting() == 1);
        Future<Slot> next = queued(slots, sandbox);

        waiter.get().interrupt();

        assertThatThrownBy(interrupted::get)
                .isInstanceOf(ExecutionException.class)
                .hasCauseInstanceOf(InterruptedException.class);
        slots.release(slot);
        assertThat(next.get()).isSameAs(slot);
    }

    /** More threads than instances, more processors too: everybody must get a turn. */
    @Test
    void nobodyWaitsInVain() throws Exception {
        for (int instances = 1; instances <= 3; instances++) {
            hammer(instances);
        }
    }

    private void hammer(int instances) throws Exception {
        Sandbox sandbox = sandbox(instances);
        List<Slots> processors = List.of(slots(sandbox), slots(sandbox), slots(sandbox));
        AtomicInteger inside = new AtomicInteger();
        List<Throwable> wrong = Collections.synchronizedList(new ArrayList<>());

        try (Hammer hammer = new Hammer(8)) {
            hammer.run(
                    3_000,
                    number -> {
                        Slots slots = processors.get(number % 7 % processors.size());
                        if (number % 50 == 0) {
                            Thread.currentThread().interrupt();
                        }
                        try {
                            Slot slot = take(slots);
                            if (inside.incrementAndGet() > instances) {
                                wrong.add(new AssertionError("above the bound"));
                            }
                            if (number % 5 == 0) {
                                LockSupport.parkNanos(1);
                            }
                            inside.decrementAndGet();
                            if (number % 11 == 0) {
                                slot.close();
                            } else {
                                slots.release(slot);
                            }
                        } catch (InterruptedException expected) {
                            if (number % 50 != 0) {
                                wrong.add(expected);
                            }
                        }
                        boolean unused = Thread.interrupted();
                    });
        }

        assertThat(wrong).isEmpty();
        SandboxUse use = sandbox.use();
        assertThat(use)
                .isEqualTo(
                        new SandboxUse(
                                use.instances(), use.instances() * PAGE, 0, use.instances()));
        processors.forEach(Slots::close);
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void closingWhileCallsAreUnderWayLeavesNothing() throws Exception {
        Sandbox sandbox = sandbox(9);
        for (int round = 0; round < 200; round++) {
            Slots slots = slots(sandbox);
            AtomicInteger calls = new AtomicInteger();
            try (Hammer hammer = new Hammer(4)) {
                hammer.run(
                        20,
                        number -> {
                            slots.release(take(slots));
                            if (calls.incrementAndGet() == 30) {
                                slots.close();
                            }
                        });
            }
            assertThat(sandbox.use()).isEqualTo(EMPTY);
        }
    }

    @Test
    void thousandsOfVirtualThreadsShareFewSlots() throws Exception {
        ExecutorService virtual = VirtualThreads.perTask();
        Sandbox sandbox = sandbox(3);
        List<Slots> processors = List.of(slots(sandbox), slots(sandbox));
        List<Future<?>> all = new ArrayList<>();

        for (int i = 0; i < 5_000; i++) {
            Slots slots = processors.get(i % 2);
            all.add(
                    virtual.submit(
                            () -> {
                                Slot slot = take(slots);
                                LockSupport.parkNanos(1000);
                                slots.release(slot);
                                return sandbox.use().instances() <= 3;
                            }));
        }

        for (Future<?> one : all) {
            assertThat(one.get()).isEqualTo(true);
        }
        SandboxUse use = sandbox.use();
        assertThat(use.idle()).isEqualTo(use.instances());
        virtual.shutdown();
    }
}
