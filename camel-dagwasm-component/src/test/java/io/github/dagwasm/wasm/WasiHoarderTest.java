package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.copy;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static io.github.dagwasm.wasm.WasiGuests.load;
import static io.github.dagwasm.wasm.WasiGuests.orEnd;
import static io.github.dagwasm.wasm.WasiGuests.say;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import io.github.dagwasm.wasm.abi.GivenInput;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Guests find what they have left in the host, wherever that is, if nothing is done against it; and
 * do not where every call begins anew. Each call has an instance of its own: nothing is in those.
 */
class WasiHoarderTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 0, 100);

    /** The calls of one slot. */
    private static final class Slotted {

        private final WasmModule module;
        private final GuestAbi abi;
        private final GuestWorld world;
        private final Consumer<GuestWorld> between;

        Slotted(byte[] wasm, Consumer<GuestWorld> between) {
            module = new ChicoryEngine().load(wasm);
            abi = AbiDetector.detect(module, AbiOptions.NONE);
            world = new GuestWorld(module);
            this.between = between;
        }

        String answer(String text) throws Exception {
            WasmInstance guest =
                    module.instantiate(world.functions(), LIMITS, MemoryReserve.UNLIMITED);
            try {
                AnswerRoom room = new AnswerRoom(1000, MemoryReserve.UNLIMITED);
                return abi.call(guest, new GivenInput(text), world.streams(), room).text().string();
            } catch (GuestExitException e) {
                throw new GuestFailureException(e.getMessage(), e)
                        .withWords(world.streams().lastWords());
            } finally {
                between.accept(world);
            }
        }

        void assertEndsItself(String text, String message) {
            assertThatThrownBy(() -> answer(text))
                    .isInstanceOf(GuestFailureException.class)
                    .hasMessage("the guest ended itself with exit code " + message);
        }
    }

    /** What is done against it by whoever does not care. */
    private static void nothing(GuestWorld world) {}

    static List<WasiHidingPlace> places() {
        return WasiHidingPlace.all();
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatIsLeftIsFoundByTheNextCallUnlessThatBeginsAnew(WasiHidingPlace place)
            throws Exception {
        byte[] wasm = WasiHoarder.of(List.of(place));
        Slotted careless = new Slotted(wasm, WasiHoarderTest::nothing);
        Slotted careful = new Slotted(wasm, GuestWorld::renew);

        assertThat(careless.answer("the first text")).isEqualTo("the first text");
        // So does whoever sent the second one, by the line that the first one did not end.
        careless.assertEndsItself(
                "the second text",
                WasiHoarder.FOUND + "; the guest's last line on stderr: the first text");
        for (int i = 0; i < 3; i++) {
            assertThat(careful.answer("the text " + i)).isEqualTo("the text " + i);
        }
    }

    @Test
    void soIsInputThatNobodyRead() throws Exception {
        // It reads when it is made, before it is given a text, and does not read that.
        Code early = code().i32(0).i32(0).i32(1).i32(8).call(WasiGuests.READ).drop();
        byte[] wasm =
                WasiGuests.command("answer", load(8).then(orEnd(WasiHoarder.FOUND)).then(say(1)))
                        .function(0, 0, 0, early)
                        .start(FIRST_MORE + 1)
                        .bytes();
        Slotted careless = new Slotted(wasm, WasiHoarderTest::nothing);
        Slotted careful = new Slotted(wasm, GuestWorld::renew);

        assertThat(careless.answer("the first text")).isEqualTo("answer");
        careless.assertEndsItself("the second text", Integer.toString(WasiHoarder.FOUND));
        for (int i = 0; i < 3; i++) {
            assertThat(careful.answer("the text " + i)).isEqualTo("answer");
        }
    }

    @Test
    void soAreTheLastLinesOfStandardError() {
        byte[] wasm = WasiGuests.command("", copy(2).then(exit(1))).bytes();
        Slotted careless = new Slotted(wasm, WasiHoarderTest::nothing);
        Slotted careful = new Slotted(wasm, GuestWorld::renew);
        String last = "1; the guest's last lines on stderr: one | two";

        careless.assertEndsItself("one\ntwo", last);
        careless.assertEndsItself("", last);
        careful.assertEndsItself("one\ntwo", last);
        careful.assertEndsItself("", "1");
        assertThat(careful.world.logged()).containsExactly("one", "two");
    }

    @Test
    void soIsALineWithoutAnEnd() throws Exception {
        byte[] wasm = WasiGuests.command("", copy(2)).bytes();
        Slotted careless = new Slotted(wasm, WasiHoarderTest::nothing);
        Slotted careful = new Slotted(wasm, GuestWorld::renew);

        careless.answer("half a line");
        careless.answer(" and more\n");
        careful.answer("half a line");
        careful.answer(" and more\n");

        assertThat(careless.world.logged()).containsExactly("half a line and more");
        assertThat(careful.world.logged()).containsExactly("half a line", " and more");
    }

    @Test
    void flagsOfADescriptorAreNoPlace() {
        Code set = code().i32(1).i32(1).call(FIRST_MORE).call(WasiGuests.EXIT);
        byte[] wasm = WasiGuests.command("", set, "fd_fdstat_set_flags").bytes();

        // 28 is EINVAL.
        new Slotted(wasm, WasiHoarderTest::nothing).assertEndsItself("text", "28");
    }
}
