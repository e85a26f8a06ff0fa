package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.copy;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.dylibso.chicory.runtime.Memory;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.WasiGuests;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.Wasi;
import io.github.dagwasm.wasm.engine.WasiClock;
import io.github.dagwasm.wasm.engine.WasiWorld;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** What the engine's side of WASI keeps, and what it lets an instance do after an exit. */
class ChicoryWasiTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 0, 10);

    private final World world = new World("a secret".getBytes(UTF_8));

    private WasmInstance instance(byte[] wasm, Wasi[] made) throws InterruptedException {
        WasmModule module = new ChicoryEngine().load(wasm);
        made[0] = module.wasi(world);
        WasmInstance instance =
                module.instantiate(made[0].functions(), LIMITS, MemoryReserve.UNLIMITED);
        instance.adopt(instance.image());
        return instance;
    }

    private static byte[] desk(Wasi wasi) throws ReflectiveOperationException {
        Object descriptors = field(wasi, "descriptors");
        Memory desk = (Memory) field(descriptors, "desk");
        return desk.readBytes(0, Memory.PAGE_SIZE);
    }

    private static Object field(Object of, String name) throws ReflectiveOperationException {
        Field field = of.getClass().getDeclaredField(name);
        field.setAccessible(true);
        return field.get(of);
    }

    @Test
    void nothingOfAMessageIsLeftOnTheDesk() throws Exception {
        Wasi[] wasi = new Wasi[1];
        WasmInstance instance = instance(WasiGuests.filter("-wasm"), wasi);
        long[] none = instance.call("_start");
        assertThat(none).isNullOrEmpty();
        assertThat(world.out).hasToString("a secret-wasm");
        assertThat(new String(desk(wasi[0]), UTF_8)).contains("-wasmret");

        wasi[0].renew();

        assertThat(new String(desk(wasi[0]), UTF_8)).doesNotContain("ret");
    }

    @Test
    void anInstanceThatExitedIsSetBackLikeAnyOther() throws Exception {
        // Ends nine calls deep, having written to memory and a global.
        byte[] wasm =
                WasiGuests.command("", code().call(FIRST_MORE + 1))
                        .global(7)
                        .function(
                                0,
                                0,
                                0,
                                code().globalGet(0)
                                        .i32(1)
                                        .sub()
                                        .globalSet(0)
                                        .globalGet(0)
                                        .eqz()
                                        .if_()
                                        .then(copy(1))
                                        .then(exit(0))
                                        .end()
                                        .call(FIRST_MORE + 1))
                        .bytes();
        WasmInstance instance = instance(wasm, new Wasi[1]);
        byte[] before = instance.memory().read(0, 65536);
        long fuel = -1;

        for (int i = 0; i < 3; i++) {
            world.in = new ByteArrayInputStream("a secret".getBytes(UTF_8));
            instance.begin(Spending.of(1000, Long.MAX_VALUE));
            assertThatThrownBy(() -> instance.call("_start"))
                    .isInstanceOf(GuestExitException.class)
                    .hasMessage("the guest ended itself with exit code 0");
            assertThat(instance.fuelUsed())
                    .isPositive()
                    .isEqualTo(fuel < 0 ? instance.fuelUsed() : fuel);
            fuel = instance.fuelUsed();
            assertThat(instance.memory().read(0, 65536)).isNotEqualTo(before);
            instance.reset();
            assertThat(instance.memory().read(0, 65536)).isEqualTo(before);
        }
    }

    /** Calls itself in a function that is interpreted, then exits, or does not. */
    private static byte[] interpretedExit() {
        int mode = 0;
        int interpreted = FIRST_MORE + 2;
        Code deep = code().row(20_000, code().get(1).i32(1).add().set(1));
        deep.get(0).eqz().if_().globalGet(mode).if_().then(exit(0)).end().return_().end();
        deep.get(0).i32(1).sub().call(interpreted);
        return WasiGuests.module("")
                .global(0)
                .exported("exits", 1, 0, 0, code().i32(1).globalSet(mode).get(0).call(interpreted))
                .exported(
                        "returns", 1, 0, 0, code().i32(0).globalSet(mode).get(0).call(interpreted))
                .function(1, 0, 20_000, deep)
                .bytes();
    }

    @Test
    void anExitFromTheInterpreterLeavesLaterCallsTheirDepthAndTheirFrames() throws Exception {
        WasmModule module = new ChicoryEngine().load(interpretedExit());
        Wasi wasi = module.wasi(world);
        WasmInstance instance =
                module.instantiate(wasi.functions(), LIMITS, MemoryReserve.UNLIMITED);
        assertThat(module.interpretedFunctions()).containsExactly(FIRST_MORE + 2);

        // With the one that calls and the last one, all of the ten that may be open.
        for (int i = 0; i < 50; i++) {
            assertThatThrownBy(() -> instance.call("exits", 8))
                    .isInstanceOf(GuestExitException.class)
                    .hasMessage("the guest ended itself with exit code 0");
            assertThat(instance.call("returns", 8)).isNullOrEmpty();
        }
        assertThatThrownBy(() -> instance.call("returns", 9))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 10 open calls is exceeded: 11 asked for (option"
                                + " limits.call_depth)");
    }

    /** A world whose streams are a test's. */
    private static final class World extends InputStream implements WasiWorld {

        private static final WasiClock STOPPED =
                new WasiClock() {
                    @Override
                    public long timeOfDay() {
                        return 0;
                    }

                    @Override
                    public long monotonic() {
                        return 0;
                    }

                    @Override
                    public void looked() {
                        // It stands where it is.
                    }

                    @Override
                    public boolean runs() {
                        return false;
                    }

                    @Override
                    public void skip(long nanos) {
                        throw new AssertionError("nobody sleeps");
                    }
                };

        private final ByteArrayOutputStream out = new ByteArrayOutputStream();
        private ByteArrayInputStream in;

        World(byte[] text) {
            in = new ByteArrayInputStream(text);
        }

        @Override
        public int read() {
            return in.read();
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            return in.read(bytes, offset, length);
        }

        @Override
        public int available() {
            return in.available();
        }

        @Override
        public List<String> arguments() {
            return List.of("guest");
        }

        @Override
        public Map<String, String> environment() {
            return Map.of();
        }

        @Override
        public InputStream in() {
            return this;
        }

        @Override
        public OutputStream out() {
            return out;
        }

        @Override
        public OutputStream err() {
            return out;
        }

        @Override
        public WasiClock clock() {
            return STOPPED;
        }

        @Override
        public RandomGenerator random() {
            throw new AssertionError("nobody rolled a die");
        }
    }
}
