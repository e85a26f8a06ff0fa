package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.Message.Ending;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a guest logs stays with its call, whoever has the slot before and after. */
@Timeout(600)
class LoggedSecretsTest {

    private static final int THREADS = 4;
    private static final int MESSAGES_OF_A_THREAD = 500;
    private static final int SECRET_BYTES = 16;

    /** One line, and no second one. */
    private static final long LOG_BYTES = SECRET_BYTES + 1;

    private static final InstanceLimits LIMITS = new InstanceLimits(1 << 20, 0, 100);
    private static final Sandbox SANDBOX =
            new Sandbox(new SandboxBounds(2, 64 << 20, Duration.ofMinutes(1)));

    /** Logs its secret twice, of which the second is over the limit, and may trap then. */
    private static byte[] module() {
        Code log = code().get(0).i32(SECRET_BYTES).call(TestModules.HOST_LOG);
        Code trap = code().get(0).op(0x2d, 0, Hoarder.ENDING_AT).i32('t').op(0x46).if_();
        Code process = code().row(2, log).then(trap.unreachable().end()).get(0);
        return TestModules.guest("", process).bytes();
    }

    @Test
    void everyCallHasTheLinesThatItLoggedAndNoOthers() throws Exception {
        WasmModule module = new ChicoryEngine().load(module());
        GuestStart start =
                new GuestStart(
                        module,
                        AbiDetector.detect(module, AbiOptions.NONE),
                        LIMITS,
                        Spending.UNLIMITED_FUEL,
                        GuestSurroundings.BARE,
                        SANDBOX);

        assertThat(module.freshBecause()).isEmpty();
        try (Slots slots = new Slots(start, SANDBOX, LOG_BYTES);
                Hammer hammer = new Hammer(THREADS)) {
            hammer.run(
                    MESSAGES_OF_A_THREAD,
                    number ->
                            logs(
                                    slots,
                                    Message.of(
                                            number,
                                            number % 5 == 0 ? Ending.TRAP : Ending.ANSWER)));
        }
    }

    private static void logs(Slots slots, Message message) throws InterruptedException {
        GuestCall call = Calls.ofGuest(message.text());
        Slot slot = slots.take(call);
        boolean trapped = false;
        try {
            slot.process(call, 1000);
        } catch (TrapException e) {
            trapped = true;
        }
        CallLog.Logged logged = slot.logged();
        if (trapped) {
            slot.close();
        } else {
            slots.release(slot);
        }

        assertThat(trapped).isEqualTo(message.ending() == Ending.TRAP);
        assertThat(logged.lines())
                .containsExactly(message.text().substring(0, SECRET_BYTES / 2).getBytes(UTF_8));
        assertThat(logged.asked()).isEqualTo(2 * LOG_BYTES);
    }
}
