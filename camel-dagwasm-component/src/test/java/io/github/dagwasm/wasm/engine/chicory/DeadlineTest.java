package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A guest ends when its time is up, whatever it does. By how much it overran is for a look. */
class DeadlineTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(256 << 20, 4_000_000, 10_000);
    private static final long NANOS = 100_000_000;
    private static final Path REPORT = Path.of("target", "deadline-overshoot.txt");
    private static final int BIG = 64 << 20;

    /** Guests that go on for minutes at least. */
    @SuppressWarnings("ImmutableEnumChecker")
    enum Guest {
        LOOP(code().loop().br(0).end()),
        CONDITIONAL_LOOP(code().loop().i32(1).brIf(0).end()),
        SWITCH(code().loop().get(0).op(0x0e, 1, 0, 0).end()),
        CALLS(code().loop().call(1).br(0).end()),
        INDIRECT_CALLS(code().loop().i32(0).callIndirect(0).br(0).end()),
        DEEP_CALLS(code().loop().i32(1000).call(2).drop().br(0).end()),
        FILL(code().loop().i32(0).i32(1).i32(BIG).memoryFill().br(0).end()),
        COPY(code().loop().i32(1).i32(0).i32(BIG - 1).memoryCopy().br(0).end()),
        SMALL_FILLS(row(3000, code().i32(0).i32(1).i32(4095).memoryFill())),
        GROW(code().loop().i32(0).memoryGrow().drop().br(0).end()),
        TABLE_FILL(code().loop().i32(0).refNull().i32(1_000_000).tableFill().br(0).end()),
        TABLE_COPY(code().loop().i32(0).i32(1).i32(999_999).tableCopy().br(0).end()),
        DIVISIONS(row(8000, code().get(0).i32(7).op(0x6e).set(0))),
        INTERPRETED(row(30_000, code().get(0).i32(1 << 20).add().set(0)));

        private final Code body;

        Guest(Code body) {
            this.body = body;
        }

        private static Code row(int times, Code instructions) {
            return code().loop().row(times, instructions).br(0).end();
        }
    }

    @ParameterizedTest
    @EnumSource(Guest.class)
    @Timeout(600)
    void endsAGuest(Guest guest) throws Exception {
        WasmInstance instance = instance(guest.body);
        Spending spending = Spending.of(Spending.UNLIMITED_FUEL, NANOS);
        instance.begin(spending);

        Throwable thrown = catchThrowable(() -> instance.call("f"));
        double over = (System.nanoTime() - spending.deadline()) / 1e6;

        assertThat(thrown).isInstanceOf(DeadlinePassedException.class);
        Files.createDirectories(REPORT.getParent());
        Files.writeString(
                REPORT,
                "%-20s %8.3f ms%n".formatted(guest, over),
                StandardOpenOption.CREATE,
                StandardOpenOption.APPEND);
    }

    /** However little it does: a frame of many locals takes long to make. */
    @Test
    void isLookedAtBeforeAnInterpretedCall() throws Exception {
        // It returns at once, and yet none of its code is dead.
        Code returns = code().i32(1).if_().return_().end();
        Code huge = returns.row(30_000, code().get(0).i32(1 << 20).add().set(0));
        byte[] wasm =
                new TestModule()
                        .exported("f", 0, 0, 0, code().call(1))
                        .function(0, 0, 1, huge)
                        .bytes();
        WasmModule module = new ChicoryEngine().load(wasm);
        WasmInstance instance = module.instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
        instance.begin(new Spending(Spending.UNLIMITED_FUEL, System.nanoTime()));

        assertThat(module.interpretedFunctions()).containsExactly(1);
        assertThatThrownBy(() -> instance.call("f"))
                .isInstanceOf(DeadlinePassedException.class)
                .hasMessage("the deadline has passed");
    }

    /** Functions: f, an empty one, one that goes down and does much on the way back. */
    private static WasmInstance instance(Code body) throws Exception {
        Code down = code().get(0).eqz().if_().i32(1).return_().end().get(0).i32(1).sub().call(2);
        byte[] wasm =
                new TestModule()
                        .memory(BIG >> 16)
                        .table(1_000_000)
                        .exported("f", 0, 0, 1, body)
                        .function(0, 0, 0, code())
                        .function(1, 1, 0, down.row(3000, code().i32(3).op(0x6e)))
                        .elements(0, 1)
                        .bytes();
        return new ChicoryEngine()
                .load(wasm)
                .instantiate(List.of(), LIMITS, MemoryReserve.UNLIMITED);
    }
}
