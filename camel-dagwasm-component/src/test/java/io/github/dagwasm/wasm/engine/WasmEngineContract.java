package io.github.dagwasm.wasm.engine;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.section;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What every engine does. */
public abstract class WasmEngineContract {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 100, 10_000);
    private static final Signature NO_RESULT = Signature.ofI32(2, 0);

    /**
     * The engine to be held to the contract.
     *
     * @return an engine
     */
    protected abstract WasmEngine engine();

    @Test
    void tellsTheExportsWithTheirTypes() {
        WasmModule module = engine().load(TestModules.echo());

        assertThat(module.functions())
                .containsOnlyKeys("allocate", "deallocate", "process")
                .containsEntry("deallocate", Signature.ofI32(2, 0));
        assertThat(module.function("process")).contains(Signature.ofI32(1, 1));
        assertThat(module.function("memory")).isEmpty();
        assertThat(module.exportsMemory("memory")).isTrue();
        assertThat(module.exportsMemory("process")).isFalse();
        assertThat(module.partlyInterpreted()).isFalse();
    }

    @Test
    void callsAFunction() throws Exception {
        WasmInstance instance =
                instance(new TestModule().exported("add", 2, 1, 0, code().get(0).get(1).add()));

        assertThat((int) instance.call("add", 40, 2)[0]).isEqualTo(42);
        assertThat((int) instance.call("add", 0xffff_ffffL, 2)[0]).isEqualTo(1);
    }

    @Test
    void givesEveryInstanceAMemoryOfItsOwn() throws Exception {
        WasmModule module = engine().load(new TestModule().memory(1).bytes());
        WasmInstance one = module.instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);

        one.memory().write(5000, new byte[] {1, 2, 3});

        assertThat(one.memory().size()).isEqualTo(65536);
        assertThat(one.memory().read(5000, 3)).containsExactly(1, 2, 3);
        assertThat(one.memory().indexOf((byte) 2, 5000, 5003)).isEqualTo(5001);
        assertThat(one.memory().indexOf((byte) 9, 5000, 65536)).isEqualTo(WasmMemory.NOT_FOUND);
        WasmInstance other = module.instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
        assertThat(other.memory().read(5000, 3)).containsExactly(0, 0, 0);
    }

    @Test
    void readsAndWritesNothingOutsideOfTheMemory() throws Exception {
        WasmMemory memory = instance(new TestModule().memory(1)).memory();

        assertThat(memory.contains(65536, 0)).isTrue();
        assertThat(memory.contains(65536, 1)).isFalse();
        assertThat(memory.contains(1, Long.MAX_VALUE)).isFalse();
        assertThatThrownBy(() -> memory.read(65535, 2))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.read(-1, 1)).isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.write(1L << 32, new byte[1]))
                .isInstanceOf(IndexOutOfBoundsException.class);
        assertThatThrownBy(() -> memory.indexOf((byte) 1, 0, 65537))
                .isInstanceOf(IndexOutOfBoundsException.class);
    }

    @Test
    void hasAnEmptyMemoryWhereTheModuleHasNone() throws Exception {
        assertThat(instance(new TestModule()).memory().size()).isZero();
    }

    @Test
    void callsTheHost() throws Exception {
        List<String> calls = new ArrayList<>();
        HostFunction log =
                new HostFunction(
                        "env",
                        "host_log",
                        NO_RESULT,
                        (memory, arguments) -> {
                            calls.add(
                                    new String(
                                            memory.read(arguments[0], (int) arguments[1]), UTF_8));
                            return new long[0];
                        });

        engine().load(TestModules.log("hello", 4))
                .instantiate(List.of(log), LIMITS, MemoryReserve.UNLIMITED)
                .call("process", 8);

        assertThat(calls).containsExactly("hell");
    }

    @Test
    void doesNotInstantiateWithoutAnImport() {
        WasmModule module = engine().load(TestModules.echo());

        assertThatThrownBy(() -> module.instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED))
                .isInstanceOf(TrapException.class);
    }

    @Test
    void passesOnWhatAHostFunctionThrows() throws Exception {
        WasmInstance instance =
                engine().load(TestModules.log("", 0))
                        .instantiate(
                                List.of(failing(new GuestFailureException("enough"))),
                                LIMITS,
                                MemoryReserve.UNLIMITED);

        assertThatThrownBy(() -> instance.call("process", 8))
                .isInstanceOf(GuestFailureException.class)
                .hasMessage("enough");
    }

    @Test
    void letsNoOtherExceptionOfAHostFunctionOut() throws Exception {
        WasmInstance instance =
                engine().load(TestModules.log("", 0))
                        .instantiate(
                                List.of(failing(new IllegalStateException("oops"))),
                                LIMITS,
                                MemoryReserve.UNLIMITED);

        assertThatThrownBy(() -> instance.call("process", 8))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest brought the engine to fail: an internal error");
    }

    @Test
    void aTrapOfTheStartFunctionIsATrap() {
        TestModule module = new TestModule().function(0, 0, 0, code().unreachable()).start(0);

        assertThatThrownBy(() -> instance(module)).isInstanceOf(TrapException.class);
    }

    @Test
    void aDataSegmentOutsideOfTheMemoryIsATrap() {
        TestModule module = new TestModule().memory(1).data(65535, "too long");

        assertThatThrownBy(() -> instance(module)).isInstanceOf(TrapException.class);
    }

    @Test
    void callsNoStartExportOfItsOwnAccord() throws Exception {
        TestModule command = new TestModule().exported("_start", 0, 0, 0, code().unreachable());

        assertThat(instance(command)).isNotNull();
    }

    @Test
    void growsMemoryUpToTheLimitAndRemembersWhoAskedForMore() throws Exception {
        TestModule module =
                new TestModule().memory(1).exported("grow", 1, 1, 0, code().get(0).memoryGrow());
        WasmInstance instance = instance(module);

        assertThat((int) instance.call("grow", 15)[0]).isEqualTo(1);
        assertThat(instance.memory().size()).isEqualTo(1 << 20);
        assertThat(instance.memory().refusedGrowth()).isEmpty();
        assertThat((int) instance.call("grow", 1)[0]).isEqualTo(-1);
        assertThat(instance.memory().refusedGrowth())
                .map(DagWasmException::getMessage)
                .contains(
                        "the limit of 1048576 memory bytes is exceeded: 1114112 asked for (option"
                                + " limits.memory_mb)");
    }

    @Test
    void aModulesOwnMaximumIsNotOurLimit() throws Exception {
        TestModule module =
                new TestModule().memory(1, 2).exported("grow", 1, 1, 0, code().get(0).memoryGrow());
        WasmInstance instance = instance(module);

        assertThat((int) instance.call("grow", 2)[0]).isEqualTo(-1);
        assertThat((int) instance.call("grow", -1)[0]).isEqualTo(-1);
        assertThat(instance.memory().refusedGrowth()).isEmpty();
    }

    @Test
    @Timeout(600)
    void runsAFunctionOfAnySizeAndStopsItOnAnInterrupt() throws Exception {
        WasmModule module = engine().load(TestModules.endlessLoopInHugeFunction());
        WasmInstance instance =
                module.instantiate(List.of(failing(null)), LIMITS, MemoryReserve.UNLIMITED);
        ScheduledExecutorService timer = Executors.newSingleThreadScheduledExecutor();
        Thread caller = Thread.currentThread();
        try {
            var interrupt = timer.schedule(caller::interrupt, 100, TimeUnit.MILLISECONDS);

            assertThatThrownBy(() -> instance.call("process", 8))
                    .isInstanceOf(InterruptedException.class);

            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            interrupt.get();
        } finally {
            timer.shutdownNow();
        }
    }

    @Test
    void refusesWhatIsNoModule() {
        assertThatThrownBy(() -> engine().load(new byte[] {1, 2, 3}))
                .isInstanceOf(ModuleRefusedException.class);
        assertThatThrownBy(() -> engine().load(new byte[0]))
                .isInstanceOf(ModuleRefusedException.class);
    }

    @Test
    void refusesAFunctionThatDoesNotFitItsType() {
        byte[] module = new TestModule().exported("f", 0, 1, 0, code()).bytes();

        assertThatThrownBy(() -> engine().load(module)).isInstanceOf(ModuleRefusedException.class);
    }

    @Test
    void refusesObjectsOutsideOfTheLinearMemory() {
        Code boxes = code().loop().i32(1).op(0xfb, 0x1c).drop().br(0).end(); // ref.i31
        byte[] module = new TestModule().exported("f", 0, 0, 0, boxes).bytes();

        assertThatThrownBy(() -> engine().load(module))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageContaining("garbage collection is not supported");
    }

    @Test
    void refusesTwoExportsOfOneName() {
        byte[] module =
                new TestModule()
                        .exported("\u001b[31m", 0, 0, 0, code())
                        .exported("\u001b[31m", 0, 0, 0, code())
                        .bytes();

        assertThatThrownBy(() -> engine().load(module))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("it is not valid: two exports have the same name");
    }

    @Test
    void anUncaughtExceptionIsATrapThatHoldsNoMemory() throws Exception {
        byte[] module =
                join(
                        new TestModule().bytes(),
                        section(1, bytes(1, 0x60, 0, 0)),
                        section(3, bytes(1, 0)),
                        section(13, bytes(1, 0, 0)),
                        section(7, bytes(1, 1, 'f', 0, 0)),
                        section(10, bytes(1, 4, 0, 0x08, 0, 0x0b))); // throw 0
        WasmInstance instance =
                engine().load(module).instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);

        assertThatThrownBy(() -> instance.call("f"))
                .isInstanceOf(TrapException.class)
                .hasMessage("the guest trapped: uncaught exception")
                .hasNoCause();
    }

    private WasmInstance instance(TestModule module) throws InterruptedException {
        return engine().load(module.bytes())
                .instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
    }

    private static HostFunction failing(RuntimeException failure) {
        return new HostFunction(
                "env",
                "host_log",
                NO_RESULT,
                (memory, arguments) -> {
                    throw failure;
                });
    }
}
