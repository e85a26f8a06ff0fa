package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.FutureTask;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class IdleSlotsTest {

    /** Four places and a stack of 64. */
    private static final int MOST = 68;

    private final Sandbox sandbox = new Sandbox(SandboxBounds.DEFAULTS);
    private final WasmModule module = new ChicoryEngine().load(TestModules.echo());
    private final GuestStart start =
            new GuestStart(
                    module,
                    AbiDetector.detect(module, AbiOptions.NONE),
                    new InstanceLimits(1 << 20, 100, 100),
                    Spending.UNLIMITED_FUEL,
                    GuestSurroundings.BARE,
                    sandbox);
    private final IdleSlots idle = new IdleSlots(4);
    private final Slots slots = new Slots(start, sandbox, 0);

    private Slot slot() {
        return new Slot(slots, sandbox, start, 0, 0);
    }

    private static <T> T onAnotherThread(java.util.concurrent.Callable<T> task) throws Exception {
        FutureTask<T> future = new FutureTask<>(task);
        Thread thread = new Thread(future);
        thread.start();
        return future.get();
    }

    @Test
    void aThreadFindsItsOwnAmongOthers() throws Exception {
        Slot own = slot();
        idle.offer(own);
        for (int i = 0; i < 10; i++) {
            assertThat(onAnotherThread(() -> idle.offer(slot()))).isTrue();
        }

        assertThat(idle.poll()).containsSame(own);
        assertThat(idle.count()).isEqualTo(10);
    }

    @Test
    void aThreadWithoutAnyFindsThoseOfOthers() throws Exception {
        Slot one = slot();
        idle.offer(one);

        assertThat(onAnotherThread(idle::poll)).containsSame(one);
        assertThat(idle.poll()).isEmpty();
        assertThat(idle.count()).isZero();
    }

    @Test
    void holdsSoManyAndGivesAllOfThemBack() {
        List<Slot> offered = new ArrayList<>();
        for (int i = 0; i < MOST; i++) {
            offered.add(slot());
            assertThat(idle.offer(offered.get(i))).isTrue();
        }

        boolean oneMore = idle.offer(slot());

        assertThat(oneMore).isFalse();
        assertThat(idle.count()).isEqualTo(MOST);
        Set<Slot> polled = Collections.newSetFromMap(new IdentityHashMap<>());
        for (int i = 0; i < MOST; i++) {
            polled.add(idle.poll().orElseThrow());
        }
        assertThat(polled).hasSameElementsAs(offered);
        assertThat(idle.poll()).isEmpty();
        assertThat(idle.count()).isZero();
    }

    @Test
    void nobodyGetsWhatAnotherHas() throws Exception {
        Set<Slot> taken = ConcurrentHashMap.newKeySet();
        AtomicInteger made = new AtomicInteger();
        AtomicInteger refused = new AtomicInteger();

        try (Hammer hammer = new Hammer(16)) {
            hammer.run(
                    20_000,
                    number -> {
                        Optional<Slot> found = idle.poll();
                        Slot mine = found.isPresent() ? found.get() : slot();
                        made.addAndGet(found.isPresent() ? 0 : 1);
                        assertThat(taken.add(mine)).isTrue();
                        taken.remove(mine);
                        refused.addAndGet(idle.offer(mine) ? 0 : 1);
                    });
        }

        assertThat(idle.count()).isEqualTo(made.get() - refused.get());
    }
}
