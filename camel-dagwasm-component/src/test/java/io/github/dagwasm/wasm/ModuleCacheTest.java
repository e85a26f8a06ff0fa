package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class ModuleCacheTest {

    private static final long BYTES = 1 << 20;
    private static final LoadTime LONG = Calls.within(Duration.ofMinutes(20));
    private static final LoadTime SHORT = Calls.within(Duration.ofMillis(50));

    /** Which of the two bounds comes first depends on what else the machine does. */
    private static final String NOT_LOADED =
            "it was not loaded within 0\\.0?5 s(?: of processor time|, ten times what it may"
                    + " compute: the machine is busy) \\(option wasm\\.load_timeout_seconds\\)";

    private final WasmEngine chicory = new ChicoryEngine();

    @Test
    void loadsAModuleOnceForManyThreads() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        WasmEngine counting =
                wasm -> {
                    loads.incrementAndGet();
                    return chicory.load(wasm);
                };
        ModuleFile file = file(TestModules.echo());
        try (ModuleCache cache = new ModuleCache(counting, 2);
                Hammer hammer = new Hammer(8);
                ModuleCache.Lease held = cache.acquire(file, BYTES, LONG)) {
            hammer.run(
                    1000,
                    i -> {
                        try (ModuleCache.Lease lease = cache.acquire(file, BYTES, LONG)) {
                            assertThat(lease.module()).isSameAs(held.module());
                        }
                    });

            assertThat(loads).hasValue(1);
            assertThat(cache.size()).isEqualTo(1);
        }
    }

    @Test
    void aShareGivenBackTwiceCountsOnce() {
        ModuleFile file = file(TestModules.echo());
        try (ModuleCache cache = new ModuleCache(chicory, 2)) {
            ModuleCache.Lease first = cache.acquire(file, BYTES, LONG);
            ModuleCache.Lease second = cache.acquire(file, BYTES, LONG);

            first.close();
            first.close();

            assertThat(cache.size()).isEqualTo(1);
            second.close();
            assertThat(cache.size()).isZero();
        }
    }

    @Test
    void losesNoCountWhileModulesComeAndGo() throws Exception {
        ModuleFile[] files = {
            file(TestModules.echo()), file(TestModules.append("a")), file(TestModules.append("b"))
        };
        try (ModuleCache cache = new ModuleCache(wasm -> chicory.load(wasm), 2);
                Hammer hammer = new Hammer(8)) {
            hammer.run(
                    20,
                    i -> {
                        try (ModuleCache.Lease lease = cache.acquire(files[i % 3], BYTES, LONG)) {
                            assertThat(lease.module().function("process")).isPresent();
                        }
                    });

            Awaitility.await().untilAsserted(() -> assertThat(cache.size()).isZero());
        }
    }

    @Test
    void dropsTheClassesWithTheLastUser() throws Exception {
        try (ModuleCache cache = new ModuleCache(chicory, 1)) {
            ModuleCache.Lease lease = cache.acquire(file(TestModules.echo()), BYTES, LONG);
            WeakReference<WasmModule> module = new WeakReference<>(lease.module());
            lease.close();
            lease = null;

            Awaitility.await()
                    .until(
                            () -> {
                                System.gc();
                                return module.get() == null;
                            });
        }
    }

    @Test
    void doesNotRememberAFailure() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        WasmEngine second =
                wasm -> {
                    if (loads.incrementAndGet() == 1) {
                        throw new OutOfMemoryError("the first time");
                    }
                    return chicory.load(wasm);
                };
        ModuleFile file = file(TestModules.echo());
        try (ModuleCache cache = new ModuleCache(second, 1)) {
            assertThatThrownBy(() -> cache.acquire(file, BYTES, LONG))
                    .isInstanceOf(ModuleRefusedException.class)
                    .hasMessage("the engine failed: the JVM's memory does not suffice");
            assertThat(cache.size()).isZero();

            try (ModuleCache.Lease lease = cache.acquire(file, BYTES, LONG)) {
                assertThat(lease.module()).isNotNull();
            }
        }
    }

    @Test
    void theDeadlineFreesTheCallerAlsoWhileItWaitsForAThread() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        try (ModuleCache cache = new ModuleCache(wasm -> stubborn(end, wasm), 1)) {
            ModuleFile slow = file(TestModules.echo());
            ModuleFile queued = file(TestModules.append("!"));

            for (ModuleFile file : new ModuleFile[] {slow, queued}) {
                assertThatThrownBy(() -> cache.acquire(file, BYTES, SHORT))
                        .isInstanceOf(ModuleRefusedException.class)
                        .hasMessage(
                                "it was not loaded within 0.5 s, ten times what it may compute: the"
                                        + " machine is busy (option wasm.load_timeout_seconds)");
            }

            end.countDown();
            // The slow load ended without a user, and the queued one was never begun.
            Awaitility.await().untilAsserted(() -> assertThat(cache.size()).isZero());
        }
    }

    /** On a busy machine a load waits more than it computes. */
    @Test
    void aLoadThatComputesLittleIsWaitedFor() throws Exception {
        WasmEngine waiting =
                wasm -> {
                    try {
                        Thread.sleep(1500);
                    } catch (InterruptedException e) {
                        throw new AssertionError(e);
                    }
                    throw new ModuleRefusedException("it is here");
                };
        try (ModuleCache cache = new ModuleCache(waiting, 1)) {
            ModuleFile file = file(TestModules.echo());

            assertThatThrownBy(
                            () -> cache.acquire(file, BYTES, Calls.within(Duration.ofSeconds(1))))
                    .isInstanceOf(ModuleRefusedException.class)
                    .hasMessage("it is here");
        }
    }

    @Test
    void stuckLoadsKeepNoOtherModuleFromLoading() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        byte[] good = TestModules.append("good");
        WasmEngine engine =
                wasm -> Arrays.equals(wasm, good) ? chicory.load(wasm) : stubborn(end, wasm);
        try (ModuleCache cache = new ModuleCache(engine, 2)) {
            for (int i = 0; i < ModuleCache.MOST_LEFT_BEHIND + 1; i++) {
                ModuleFile slow = file(TestModules.append("slow" + i));
                assertThatThrownBy(() -> cache.acquire(slow, BYTES, SHORT))
                        .hasMessageStartingWith("it was not loaded within 0.5 s, ten times");

                try (ModuleCache.Lease lease = cache.acquire(file(good), BYTES, LONG)) {
                    assertThat(lease.module().function("process")).isPresent();
                }
                // Its thread gives the place back a moment after the module is there.
                Awaitility.await().until(() -> cache.loads().running() == 0);
            }
            assertThat(cache.loads().leftBehind()).isEqualTo(ModuleCache.MOST_LEFT_BEHIND + 1);

            assertThatThrownBy(() -> cache.acquire(file(TestModules.append("last")), BYTES, SHORT))
                    .hasMessageStartingWith("it was not loaded within 0.5 s, ten times");
            assertThatThrownBy(() -> cache.acquire(file(good), BYTES, LONG))
                    .isInstanceOf(ModuleRefusedException.class)
                    .hasMessage(
                            "6 loads of other modules that were not done in time still run, as many"
                                    + " as may; wait until they end, or start the JVM again without"
                                    + " these modules");
            assertThat(cache.size()).isEqualTo(6);

            end.countDown();
            Awaitility.await().until(() -> cache.loads().leftBehind() == 0);
            assertThat(cache.size()).isZero();
            cache.acquire(file(good), BYTES, LONG).close();
        }
    }

    @Test
    void aModuleThatTakesTheEngineLongKeepsNoOtherFromLoading() {
        try (ModuleCache cache = new ModuleCache(chicory, 1)) {
            assertThatThrownBy(() -> cache.acquire(file(slow()), BYTES, SHORT))
                    .hasMessageMatching(NOT_LOADED);

            cache.acquire(file(TestModules.echo()), BYTES, LONG).close();

            Awaitility.await().until(() -> cache.loads().leftBehind() == 0);
        }
    }

    /** Types that refer to types: the engine takes 2^22 steps to find two of them equal. */
    private static byte[] slow() {
        TestModule module = new TestModule();
        module.rawType(TestModule.bytes(0x60, 0, 0));
        module.rawType(TestModule.bytes(0x60, 0, 0));
        int type = 2;
        for (int i = 0; i < 22; i++) {
            for (int chain = 0; chain < 2; chain++) {
                int before = type++ - 2;
                module.rawType(TestModule.bytes(0x60, 2, 0x63, before, 0x63, before, 0));
            }
        }
        int same = module.rawType(TestModule.bytes(0x60, 1, 0x63, type - 1, 1, 0x63, type - 2));
        module.item(3, TestModule.leb(same));
        return module.item(10, TestModule.bytes(4, 0, 0x20, 0, 0x0b)).bytes();
    }

    @Test
    void joinsALoadThatNobodyWaitedFor() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();
        WasmEngine slow =
                wasm -> {
                    loads.incrementAndGet();
                    return stubborn(end, wasm);
                };
        ModuleFile file = file(TestModules.echo());
        try (ModuleCache cache = new ModuleCache(slow, 2)) {
            assertThatThrownBy(() -> cache.acquire(file, BYTES, SHORT))
                    .isInstanceOf(ModuleRefusedException.class);
            assertThatThrownBy(() -> cache.acquire(file, BYTES, SHORT))
                    .isInstanceOf(ModuleRefusedException.class);

            CompletableFuture<ModuleCache.Lease> joined = new CompletableFuture<>();
            Thread user = new Thread(() -> joined.complete(cache.acquire(file, BYTES, LONG)));
            user.start();
            // It has joined once it waits; a load that ends before has nobody, and is forgotten.
            Awaitility.await().until(() -> user.getState() == Thread.State.TIMED_WAITING);
            end.countDown();
            try (ModuleCache.Lease lease = joined.get(10, TimeUnit.MINUTES)) {
                assertThat(lease.module()).isNotNull();
            }
            assertThat(loads).hasValue(1);
        }
    }

    @Test
    void anInterruptFreesTheCallerAndKeepsItsFlag() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ModuleFile file = file(TestModules.echo());
        try (ModuleCache cache = new ModuleCache(wasm -> stubborn(end, wasm), 1)) {
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> cache.acquire(file, BYTES, LONG))
                    .isInstanceOf(ModuleRefusedException.class)
                    .hasMessage("the thread was interrupted while it was loaded");
            assertThat(Thread.interrupted()).isTrue();
            end.countDown();
        }
    }

    @Test
    void loadsOnDaemonThreadsOfItsOwn() throws Exception {
        Thread[] loader = new Thread[1];
        WasmEngine telling =
                wasm -> {
                    loader[0] = Thread.currentThread();
                    return chicory.load(wasm);
                };
        try (ModuleCache cache = new ModuleCache(telling, 1);
                ModuleCache.Lease lease = cache.acquire(file(TestModules.echo()), BYTES, LONG)) {
            assertThat(lease.module()).isNotNull();
            assertThat(loader[0].getName()).isEqualTo("dagwasm-load-1");
            assertThat(loader[0].isDaemon()).isTrue();
        }
    }

    @Test
    void loadsNothingOnceItIsClosed() {
        ModuleFile file = file(TestModules.echo());
        ModuleCache cache = new ModuleCache(chicory, 1);
        cache.close();

        assertThatThrownBy(() -> cache.acquire(file, BYTES, LONG))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("the backend is closed");
    }

    @Test
    void closingFreesWhoWaitsForALoad() throws Exception {
        CountDownLatch end = new CountDownLatch(1);
        ModuleFile running = file(TestModules.echo());
        ModuleFile queued = file(TestModules.append("!"));
        ExecutorService callers = Executors.newFixedThreadPool(2);
        ModuleCache cache = new ModuleCache(wasm -> stubborn(end, wasm), 1);
        try {
            var first = callers.submit(() -> cache.acquire(running, BYTES, LONG));
            Awaitility.await().until(() -> cache.size() == 1);
            var second = callers.submit(() -> cache.acquire(queued, BYTES, LONG));
            Awaitility.await().until(() -> cache.size() == 2);

            cache.close();

            for (var waiting : List.of(first, second)) {
                assertThatThrownBy(() -> waiting.get(10, TimeUnit.MINUTES))
                        .hasCauseInstanceOf(ModuleRefusedException.class)
                        .hasRootCauseMessage("the backend is closed");
            }
            assertThat(cache.size()).isZero();
        } finally {
            end.countDown();
            callers.shutdownNow();
        }
    }

    /** A compiler that no interrupt stops. */
    private WasmModule stubborn(CountDownLatch end, byte[] wasm) {
        boolean interrupted = false;
        while (true) {
            try {
                end.await();
                break;
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        return chicory.load(wasm);
    }

    private static ModuleFile file(byte[] module) {
        return ModuleFile.of("a test", module);
    }
}
