package io.github.dagwasm.wasm.engine;

import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** How every engine sets an instance back, and what a fresh one begins with. */
public abstract class WasmResetContract {

    private static final int PAGE = 65536;
    private static final InstanceLimits LIMITS = new InstanceLimits(10 * PAGE, 100, 100);
    private static final byte[] SECRET = "secret".getBytes(UTF_8);

    private static final Spending UNLIMITED = Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE);
    private static final HostFunction HOST_LOG =
            new HostFunction("env", "host_log", Signature.ofI32(2, 0), (memory, a) -> new long[0]);

    private WasmModule module;
    private WasmInstance instance;

    /**
     * The engine to be held to the contract.
     *
     * @return an engine
     */
    protected abstract WasmEngine engine();

    @BeforeEach
    void load() throws Exception {
        // Counts in a global, and says how often it was called and how many pages there are.
        Code count = code().globalGet(0).i32(1).add().globalSet(0).globalGet(0);
        Code grow = code().get(0).memoryGrow();
        module =
                engine().load(
                                new TestModule()
                                        .memory(1)
                                        .global(40)
                                        .data(100, "data")
                                        .exported("count", 0, 1, 0, count)
                                        .exported("grow", 1, 1, 0, grow)
                                        .exported("pages", 0, 1, 0, code().memorySize())
                                        .bytes());
        instance = instance(Optional.empty());
    }

    /** Marks 512 blocks, each by one store. */
    private static final Code TOUCH =
            code().loop()
                    .get(0)
                    .i32(1)
                    .store8()
                    .get(0)
                    .i32(4096)
                    .add()
                    .tee(0)
                    .i32(32 * PAGE)
                    .op(0x49) // i32.lt_u
                    .brIf(0)
                    .end();

    private WasmInstance touched(InstanceLimits limits) throws Exception {
        byte[] wasm = new TestModule().memory(32).exported("touch", 0, 0, 1, TOUCH).bytes();
        WasmInstance large =
                engine().load(wasm).instantiate(List.of(), limits, MemoryReserve.UNLIMITED);
        large.adopt(large.image());
        large.call("touch");
        return large;
    }

    @Test
    void settingBackKeepsTheDeadline() throws Exception {
        InstanceLimits limits = new InstanceLimits(32 * PAGE, 0, 100);
        WasmInstance late = touched(limits);
        late.begin(new Spending(Spending.UNLIMITED_FUEL, System.nanoTime()));
        assertThatThrownBy(() -> late.reset()).isInstanceOf(DeadlinePassedException.class);

        WasmInstance retired = touched(limits);
        retired.begin(new Spending(Spending.UNLIMITED_FUEL, System.nanoTime()));
        assertThatThrownBy(() -> retired.retire()).isInstanceOf(DeadlinePassedException.class);

        WasmInstance adopting = touched(limits);
        InstanceImage image = adopting.image();
        adopting.begin(new Spending(Spending.UNLIMITED_FUEL, System.nanoTime()));
        assertThatThrownBy(() -> adopting.adopt(image)).isInstanceOf(DeadlinePassedException.class);
    }

    @Test
    void settingBackHeedsAnInterrupt() throws Exception {
        WasmInstance large = touched(new InstanceLimits(32 * PAGE, 0, 100));
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> large.reset())
                .isInstanceOf(InterruptedException.class)
                .hasMessage("the guest was interrupted");
        assertThat(Thread.interrupted()).isFalse();
    }

    @Test
    void leadsBackToTheImage() throws Exception {
        instance.call("count");
        instance.call("grow", 1);
        instance.memory().write(PAGE + 7, SECRET);
        byte[] then = content();
        instance.adopt(instance.image());

        for (int i = 0; i < 3; i++) {
            assertThat((int) instance.call("count")[0]).isEqualTo(42);
            assertThat((int) instance.call("grow", 3)[0]).isEqualTo(2);
            instance.memory().write(4093, SECRET);
            instance.memory().write(5 * PAGE - SECRET.length, SECRET);
            instance.reset();
            assertThat(content()).isEqualTo(then);
        }

        instance.call("grow", 3);
        assertThat(instance.memory().read(2 * PAGE, 3 * PAGE)).containsOnly((byte) 0);
    }

    @Test
    void anImageServesAnyNumberOfInstances() throws Exception {
        instance.call("grow", 1);
        instance.call("count");
        InstanceImage image = instance.image();
        byte[] then = content();
        instance.memory().write(0, SECRET);

        WasmInstance other = instance(Optional.empty());
        other.memory().write(200, SECRET);
        other.adopt(image);
        assertThat(other.memory().read(0, 2 * PAGE)).isEqualTo(then);
        assertThat((int) other.call("count")[0]).isEqualTo(42);
        other.memory().write(0, SECRET);
        instance.adopt(image);

        assertThat(content()).isEqualTo(then);
        assertThat(image.bytes()).isBetween(4096L, 10_000L);
    }

    @Test
    void anotherImageTakesTheFirstOnesPlace() throws Exception {
        InstanceImage empty = instance.image();
        byte[] then = content();
        instance.memory().write(3 * 4096, SECRET);
        instance.call("grow", 1);
        instance.adopt(instance.image());

        instance.adopt(empty);

        assertThat(content()).isEqualTo(then);
        instance.call("grow", 1);
        assertThat(instance.memory().read(PAGE, PAGE)).containsOnly((byte) 0);
    }

    @Test
    void anImageOfAnotherModuleIsRefused() throws Exception {
        WasmInstance other =
                engine().load(TestModules.echo())
                        .instantiate(List.of(HOST_LOG), LIMITS, MemoryReserve.UNLIMITED);

        assertThatThrownBy(() -> instance.adopt(other.image()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("the image is not of an instance of this module");
        assertThatThrownBy(() -> instance.reset())
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("there is no image to go back to");
    }

    @Test
    void growthThatACallWasRefusedIsNoNewsOfTheNext() throws Exception {
        instance.adopt(instance.image());
        instance.call("grow", 99);
        assertThat(instance.memory().refusedGrowth()).isPresent();

        instance.reset();

        assertThat(instance.memory().refusedGrowth()).isEmpty();
    }

    @Test
    void tellsWhatItHolds() throws Exception {
        assertThat(module.initialBytes()).isEqualTo(PAGE);
        assertThat(instance.heldBytes()).isEqualTo(PAGE);
        instance.adopt(instance.image());
        instance.call("grow", 4);
        assertThat(instance.heldBytes()).isEqualTo(6 * PAGE);
        instance.reset();
        assertThat(instance.heldBytes()).isEqualTo(6 * PAGE);

        SpareMemory spare = instance.retire();

        assertThat(spare.bytes()).isEqualTo(6 * PAGE);
        assertThat(instance(Optional.of(spare)).heldBytes()).isEqualTo(6 * PAGE);
    }

    @Test
    void aFreshInstanceOnSpareMemoryIsLikeAnyOther() throws Exception {
        byte[] fresh = content();
        instance.call("grow", 4);
        instance.call("count");
        instance.memory().write(0, new byte[] {1, 2, 3});
        instance.memory().write(5 * PAGE - SECRET.length, SECRET);

        instance = instance(Optional.of(instance.retire()));

        assertThat(content()).isEqualTo(fresh);
        assertThat((int) instance.call("count")[0]).isEqualTo(41);
        instance.call("grow", 4);
        assertThat(instance.memory().read(PAGE, 4 * PAGE)).containsOnly((byte) 0);
    }

    /** The specification lets an instance drop what is its own, which the module is not. */
    @Test
    void whatOneInstanceDropsOrChangesTheNextOneHas() throws Exception {
        Code dropData = code().op(0xfc, 0x09, 0);
        Code useData = code().i32(8).i32(0).i32(4).memoryInit(0).i32(8).load8();
        Code dropElements = code().op(0xfc, 0x0d, 1);
        Code useElements = code().i32(0).i32(0).i32(1).tableInit(1).i32(0).callIndirect(0);
        WasmModule dropping =
                engine().load(
                                new TestModule()
                                        .memory(1)
                                        .table(1)
                                        .function(0, 1, 0, code().i32(7))
                                        .function(0, 1, 0, code().i32(9))
                                        .elements(0, 0)
                                        .passiveElements(1)
                                        .passiveData(new byte[] {5, 6, 7, 8})
                                        .exported("dropData", 0, 0, 0, dropData)
                                        .exported("useData", 0, 1, 0, useData)
                                        .exported("dropElements", 0, 0, 0, dropElements)
                                        .exported("useElements", 0, 1, 0, useElements)
                                        .exported("table", 0, 1, 0, code().i32(0).callIndirect(0))
                                        .bytes());
        Optional<SpareMemory> spare = Optional.empty();

        for (int i = 0; i < 3; i++) {
            WasmInstance fresh =
                    dropping.instantiate(
                            List.of(), LIMITS, MemoryReserve.UNLIMITED, UNLIMITED, spare);
            assertThat((int) fresh.call("table")[0]).isEqualTo(7);
            assertThat((int) fresh.call("useData")[0]).isEqualTo(5);
            assertThat((int) fresh.call("useElements")[0]).isEqualTo(9);
            assertThat((int) fresh.call("table")[0]).isEqualTo(9);
            fresh.call("dropData");
            fresh.call("dropElements");
            assertThatThrownBy(() -> fresh.call("useData"))
                    .isInstanceOf(TrapException.class)
                    .hasMessageStartingWith("the guest trapped: out of bounds memory access");
            assertThatThrownBy(() -> fresh.call("useElements"))
                    .isInstanceOf(TrapException.class)
                    .hasMessage("the guest trapped: out of bounds table access");
            spare = Optional.of(fresh.retire());
        }
    }

    private WasmInstance instance(Optional<SpareMemory> spare) throws InterruptedException {
        return module.instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED, UNLIMITED, spare);
    }

    private byte[] content() {
        WasmMemory memory = instance.memory();
        return memory.read(0, (int) memory.size());
    }
}
