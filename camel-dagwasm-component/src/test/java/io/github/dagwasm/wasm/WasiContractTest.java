package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.command;
import static io.github.dagwasm.wasm.WasiGuests.copy;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static io.github.dagwasm.wasm.WasiGuests.say;
import static io.github.dagwasm.wasm.WasiGuests.words;

import java.util.Map;
import java.util.Set;

/** A command of WASI is a guest as any other. */
class WasiContractTest extends GuestAbiContract {

    private static final int LINE_VECTORS = WasiGuests.FREE;
    private static final int LINE_END = LINE_VECTORS + 16;

    @Override
    String abi() {
        return "wasi";
    }

    @Override
    TestModule echoing(Code first) {
        return command("", code().then(first).then(copy(1)))
                .data(LINE_VECTORS, words(LOGGED, LOGGED_LENGTH, LINE_END, 1))
                .data(LINE_END, "\n");
    }

    @Override
    int functions() {
        return WasiGuests.FIRST_MORE + 1;
    }

    /** Its log is standard error. */
    @Override
    Code logging() {
        return WasiGuests.write(2, LINE_VECTORS, 2);
    }

    /** It has all of its input in memory before it answers, as most programs do. */
    @Override
    byte[] appending(String suffix) {
        return command(suffix, WasiGuests.readAll().then(WasiGuests.showRead(0)).then(say(1)))
                .bytes();
    }

    @Override
    byte[] hoarding() {
        Code keep = code().globalGet(0).eqz().if_();
        keep.then(WasiGuests.readAll()).get(0).globalSet(0).end();
        return command("", keep.globalGet(0).set(0).then(WasiGuests.showRead(0))).global(0).bytes();
    }

    @Override
    Map<String, Failing> failures() {
        return Map.of(
                GUEST_ERROR,
                new Failing(
                        () -> command("no such thing\n", say(2).then(exit(2))).bytes(),
                        "the guest ended itself with exit code 2; the guest's last line on stderr:"
                                + " no such thing"),
                "no descriptor",
                new Failing(
                        () -> command("", copy(7)).bytes(),
                        "the guest ended itself with exit code 101"));
    }

    /** It gives no pointers to texts. */
    @Override
    Set<String> lacks() {
        return Set.of(NULL_RESULT);
    }

    @Override
    String outputExceeded() {
        return "the limit of 10 output bytes is exceeded (option limits.output_bytes)";
    }
}
