package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.answered;
import static io.github.dagwasm.hostile.Attack.exceeds;
import static io.github.dagwasm.hostile.Attack.fails;
import static io.github.dagwasm.hostile.Attack.stopped;
import static io.github.dagwasm.hostile.Attack.traps;
import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.FREE;
import static io.github.dagwasm.wasm.WasiGuests.HEAP;
import static io.github.dagwasm.wasm.WasiGuests.READ;
import static io.github.dagwasm.wasm.WasiGuests.orEnd;
import static io.github.dagwasm.wasm.WasiGuests.say;
import static io.github.dagwasm.wasm.WasiGuests.words;
import static io.github.dagwasm.wasm.WasiGuests.write;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.WasiGuests;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayList;
import java.util.List;

/** What a guest can ask of WASI that would cost the host more than it is charged. */
final class WasiCalls {

    private static final String OUTSIDE = "WASI was called with a range outside of the memory";
    private static final int MILLION = 1_000_000;
    private static final int VECTORS = 1000;
    private static final int PAGE = 65536;
    private static final int STDERR = 2;
    private static final int FRAMES = 24;
    private static final long HOUR = 3_600_000_000_000L;
    private static final String UNLIMITED = "call_depth: 1000000";

    private WasiCalls() {}

    static List<Attack> all() {
        List<Attack> all = new ArrayList<>();
        all.addAll(ranges());
        all.addAll(amounts());
        all.addAll(sleeps());
        for (int locals = 0; locals < FRAMES; locals++) {
            all.add(deep("fd_write" + with(locals), locals, write(STDERR, FREE, 0)));
            all.add(deep("random_get" + with(locals), locals, random(16)));
        }
        return all;
    }

    private static String with(int locals) {
        return locals == 0 ? "" : " with " + locals + " locals";
    }

    private static List<Attack> ranges() {
        return List.of(
                traps("fd_read of 2 GiB", () -> reading(Integer.MAX_VALUE), OUTSIDE),
                traps("fd_read of 4 GiB", () -> reading(-1), OUTSIDE),
                traps("fd_write of 4 GiB", () -> writing(HEAP, -1), OUTSIDE),
                traps("fd_write from the memory's end", () -> writing(PAGE, 1), OUTSIDE),
                traps(
                        "fd_write of 2^31 - 1 vectors",
                        () -> command(write(1, FREE, Integer.MAX_VALUE)),
                        OUTSIDE),
                traps("random_get of 2 GiB", () -> command(random(Integer.MAX_VALUE)), OUTSIDE),
                traps("poll_oneoff outside", () -> command(poll(PAGE - 1, 1)), OUTSIDE),
                fails(
                        "poll_oneoff of a million",
                        () -> command(poll(FREE, MILLION)),
                        "the guest ended itself with exit code 28"),
                fails(
                        "path_open of a path of 4 GiB",
                        () -> command(open(-1)),
                        "the guest ended itself with exit code 54"));
    }

    private static List<Attack> amounts() {
        return List.of(
                answered("fd_write of a million vectors", WasiCalls::manyVectors, ""),
                exceeds(
                                "fd_write to stdout for ever",
                                () -> command(forever(say(1))),
                                "the limit of 1000 output bytes is exceeded (option"
                                        + " limits.output_bytes)")
                        .limits("output_bytes: 1000"),
                stopped("fd_write to stderr for ever", () -> command(forever(say(STDERR)))),
                stopped("fd_write of gigabytes at once", () -> command(gigabytes())),
                stopped("random_get for ever", () -> command(forever(random(PAGE)))),
                stopped("random_get for ever, granted", () -> command(forever(random(PAGE))))
                        .options("grant: [random]"));
    }

    private static List<Attack> sleeps() {
        return List.of(
                answered("poll_oneoff for an hour that takes no time", WasiCalls::hour, ""),
                stopped("poll_oneoff for an hour", WasiCalls::hour).options("grant: [clock]"),
                stopped("poll_oneoff for ever", () -> sleeping(forever(poll(FREE, 1)))));
    }

    private static Attack deep(String name, int locals, Code call) {
        return exceeds(
                        "recursion, then " + name,
                        () ->
                                module(code().call(FIRST_MORE + 4))
                                        .function(0, 0, locals, deeper(call))
                                        .bytes(),
                        Recursions.STACK)
                .limits(UNLIMITED);
    }

    private static Code deeper(Code call) {
        return code().then(call).call(FIRST_MORE + 4);
    }

    /** Functions: read, write, exit, random_get, poll_oneoff, path_open, _start. */
    private static TestModule module(Code start) {
        return WasiGuests.command("text\n", start, "random_get", "poll_oneoff", "path_open");
    }

    private static byte[] command(Code start) {
        return module(start).bytes();
    }

    private static Code forever(Code body) {
        return code().loop().then(body).br(0).end();
    }

    private static byte[] reading(int length) {
        Code read = code().i32(0).i32(FREE).i32(1).i32(FREE + 8).call(READ).then(orEnd(1));
        return module(read).data(FREE, words(HEAP, length)).bytes();
    }

    private static byte[] writing(int address, int length) {
        return module(write(1, FREE, 1)).data(FREE, words(address, length)).bytes();
    }

    private static byte[] manyVectors() {
        Code grow = code().i32(MILLION * 8 / PAGE + 1).memoryGrow().drop();
        return command(grow.then(write(1, PAGE, MILLION)));
    }

    /** A thousand times 64 KiB, again and again: one call that writes much, of little. */
    private static Code gigabytes() {
        Code table = code();
        for (int i = 0; i < VECTORS; i++) {
            table.i32(HEAP + i * 8 + 4).i32(PAGE).then(WasiGuests.store());
        }
        return table.then(forever(write(STDERR, HEAP, VECTORS)));
    }

    private static Code random(int length) {
        return code().i32(0).i32(length).call(FIRST_MORE).then(orEnd(1));
    }

    private static Code poll(int subscriptions, int count) {
        return code().i32(subscriptions)
                .i32(HEAP)
                .i32(count)
                .i32(0)
                .call(FIRST_MORE + 1)
                .then(orEnd(28));
    }

    private static Code open(int length) {
        return code().i32(0)
                .i32(0)
                .i32(0)
                .i32(length)
                .i32(0)
                .i64(0)
                .i64(0)
                .i32(0)
                .i32(0)
                .call(FIRST_MORE + 2)
                .then(orEnd(54));
    }

    private static byte[] hour() {
        return sleeping(poll(FREE, 1));
    }

    private static byte[] sleeping(Code sleep) {
        byte[] timeout =
                ByteBuffer.allocate(8).order(ByteOrder.LITTLE_ENDIAN).putLong(HOUR).array();
        return module(sleep).data(FREE + 24, timeout).bytes();
    }
}
