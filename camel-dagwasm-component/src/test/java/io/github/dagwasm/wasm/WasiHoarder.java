package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.HEAP;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static io.github.dagwasm.wasm.WasiGuests.orEnd;

import io.github.dagwasm.wasm.Message.Ending;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.List;

/**
 * Commands of WASI that look for traces of an earlier message in the host, leave those of the one
 * that they are given, and then end as it says. A trace is told by an exit code; where there is
 * none, the answer is the input.
 */
public final class WasiHoarder {

    /** The exit code of a guest that has found something. */
    static final int FOUND = 7;

    private static final int SUBSCRIPTION_TIMEOUT = 24;
    private static final long NANOS_OF_AN_HOUR = 3_600_000_000_000L;
    private static final int MORE_PAGES_THAN_ALLOWED = 60_000;

    private WasiHoarder() {}

    /** One that knows all places. */
    public static byte[] everywhere() {
        return of(WasiHidingPlace.all());
    }

    /** One that knows these places. */
    static byte[] of(List<WasiHidingPlace> places) {
        Code start = code();
        places.forEach(place -> start.then(place.look()).then(orEnd(FOUND)));
        start.then(WasiGuests.readAll()).then(WasiGuests.showRead(0));
        // A line that has no end, too, and what is on the engine's desk.
        start.then(WasiGuests.write(2, 16, 1)).then(endings());
        places.forEach(place -> start.then(place.hide()));
        byte[] hour =
                ByteBuffer.allocate(Long.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putLong(NANOS_OF_AN_HOUR)
                        .array();
        return WasiGuests.command("", start, WasiHidingPlace.IMPORTS)
                .data(WasiHidingPlace.HOUR + SUBSCRIPTION_TIMEOUT, hour)
                .bytes();
    }

    private static Code endings() {
        Code ends = code();
        ends.then(on(Ending.TRAP, code().unreachable()));
        ends.then(on(Ending.STORE_OUTSIDE, code().i32(Integer.MAX_VALUE).i32(1).store8()));
        Code grow = code().i32(MORE_PAGES_THAN_ALLOWED).memoryGrow().drop().unreachable();
        ends.then(on(Ending.LIMIT, grow));
        ends.then(on(Ending.NULL_POINTER, exit(1)));
        Code malformed = code().i32(HEAP).i32(0xff).store8().then(WasiGuests.show(HEAP, 1));
        ends.then(on(Ending.MALFORMED, malformed));
        return ends.then(on(Ending.DEADLINE, code().loop().br(0).end()));
    }

    private static Code on(Ending ending, Code does) {
        Code asked = code().i32(HEAP).op(0x2d, 0, Hoarder.ENDING_AT).i32(ending.letter()).op(0x46);
        return asked.if_().then(does).end();
    }
}
