package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.Message.Ending;
import io.github.dagwasm.wasm.abi.AbiDetector;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import io.github.dagwasm.wasm.abi.GivenInput;
import io.github.dagwasm.wasm.abi.GuestAbi;
import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests find what they have hidden, wherever that is, if nothing is done against it. */
class HoarderTest {

    private static final InstanceLimits LIMITS = new InstanceLimits(64 << 20, 1000, 100);
    private static final HostFunction LOG = new CallLog(0).hostFunction();

    /** A payload that was caught is gone by itself. */
    static Stream<HidingPlace> places() {
        return HidingPlace.all().stream().filter(place -> !place.name().equals("exception"));
    }

    @ParameterizedTest
    @MethodSource("places")
    void whatIsHiddenIsFoundByTheNextCall(HidingPlace place) throws Exception {
        WasmModule module = new ChicoryEngine().load(Hoarder.of(List.of(place)));
        GuestAbi abi = AbiDetector.detect(module, AbiOptions.NONE);
        WasmInstance guest = module.instantiate(List.of(LOG), LIMITS, MemoryReserve.UNLIMITED);
        abi.warmUp(guest);
        Text first = Text.of(Message.of(1, Ending.ANSWER).text());
        Text second = Text.of(Message.of(2, Ending.ANSWER).text());

        assertThat(module.freshBecause().isEmpty()).isEqualTo(place.settable());
        assertThat(answer(abi, guest, first)).isEqualTo(first.string());
        assertThat(answer(abi, guest, second)).isNotEqualTo(second.string());
    }

    private static String answer(GuestAbi abi, WasmInstance guest, Text text)
            throws InterruptedException {
        try {
            AnswerRoom room = new AnswerRoom(1000, MemoryReserve.UNLIMITED);
            return abi.call(guest, new GivenInput(text, Map.of()), GuestStreams.NONE, room)
                    .text()
                    .string();
        } catch (TrapException | MalformedTextException e) {
            // A segment that is no more; or what is found is no text.
            return e.getMessage();
        }
    }
}
