package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dagwasm.wasm.Message.Ending;
import java.util.List;

/**
 * Guests that answer with what they find of an earlier message, hide the one they are given, and
 * then end as it says; where nothing was found, the answer is the input.
 */
public final class Hoarder {

    /** Where a {@link Message} says how its call is to end. */
    static final int ENDING_AT = 16;

    /** Where it says by how many pages to grow. */
    static final int PAGES_AT = 17;

    /** More fuel than any of them needs who does not go on for ever. */
    public static final long FUEL = 200_000;

    private static final int MUTABLE = 1;
    private static final int MORE_PAGES_THAN_ALLOWED = 60_000;
    private static final byte[] SEGMENT = "segment.".getBytes(UTF_8);

    private Hoarder() {}

    /** One that may be set back: with all places of which that can be said. */
    public static byte[] settable() {
        return of(HidingPlace.all().stream().filter(HidingPlace::settable).toList());
    }

    /** One that has all places. */
    public static byte[] unsettable() {
        return of(HidingPlace.all());
    }

    /** One that may be set back and has a vector among its globals, which is never admitted. */
    public static byte[] withVector() {
        List<HidingPlace> settable =
                HidingPlace.all().stream().filter(HidingPlace::settable).toList();
        byte[] vector = join(bytes(0x7b, MUTABLE, 0xfd, 0x0c), new byte[15], bytes(9, 0x0b));
        return module(settable).item(6, vector).bytes();
    }

    /** One that has these places. */
    public static byte[] of(List<HidingPlace> places) {
        return module(places).bytes();
    }

    private static TestModule module(List<HidingPlace> places) {
        Code process = code();
        places.forEach(place -> process.then(place.look()));
        places.forEach(place -> process.then(place.hide()));
        TestModule module =
                TestModules.guest("", process.then(endings(places)).get(0))
                        .item(6, join(bytes(0x7f, MUTABLE), code().i32(4096).end().bytes()))
                        .item(6, bytes(0x7f, MUTABLE, 0x41, 0, 0x0b))
                        .item(6, bytes(0x7e, MUTABLE, 0x42, 0, 0x0b))
                        .item(6, bytes(0x7d, MUTABLE, 0x43, 0, 0, 0, 0, 0x0b))
                        .item(6, join(bytes(0x7c, MUTABLE, 0x44), new byte[8], bytes(0x0b)))
                        .passiveData(SEGMENT)
                        .passiveData(SEGMENT);
        if (throwsExceptions(places)) {
            int payload = module.type(1, 0);
            module.item(13, join(bytes(0), leb(payload)));
        }
        return module.table(2).passiveElements(0).passiveElements(0);
    }

    private static boolean throwsExceptions(List<HidingPlace> places) {
        return places.stream().anyMatch(place -> !place.settable());
    }

    private static Code endings(List<HidingPlace> places) {
        Code malformed = code().i32(HidingPlace.ANSWER).i32(0xff).store8();
        Code ends = code();
        ends.then(on(Ending.TRAP, code().unreachable()));
        ends.then(on(Ending.STORE_OUTSIDE, code().i32(Integer.MAX_VALUE).i32(1).store8()));
        Code grow = code().i32(MORE_PAGES_THAN_ALLOWED).memoryGrow().drop().unreachable();
        ends.then(on(Ending.LIMIT, grow));
        ends.then(on(Ending.NULL_POINTER, code().i32(0).return_()));
        ends.then(on(Ending.MALFORMED, malformed.i32(HidingPlace.ANSWER).return_()));
        ends.then(on(Ending.DEADLINE, code().loop().br(0).end()));
        if (throwsExceptions(places)) {
            ends.then(on(Ending.EXCEPTION, code().get(0).op(0x28, 0, 0).op(0x08, 0)));
        }
        return ends;
    }

    private static Code on(Ending ending, Code does) {
        Code asked = code().get(0).op(0x2d, 0, ENDING_AT).i32(ending.letter()).op(0x46);
        return asked.if_().then(does).end();
    }
}
