package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.FREE;
import static io.github.dagwasm.wasm.WasiGuests.load;

import io.github.dagwasm.wasm.abi.GuestStreams;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import java.util.List;

/**
 * Somewhere in the host where {@link WasiHoarder}s leave a trace of a message, and look for one of
 * another: no reset of an instance takes it away.
 *
 * @param name what it is called
 * @param look leaves a number that is not 0 where there is a trace
 * @param hide leaves one
 */
record WasiHidingPlace(String name, Code look, Code hide) {

    /** What a guest imports who has any of these. */
    static final String[] IMPORTS = {
        "fd_close", "fd_renumber", "fd_fdstat_get", "clock_time_get", "poll_oneoff", "random_get"
    };

    /** Where the hour lies that a guest sleeps for. */
    static final int HOUR = FREE + 128;

    private static final int CLOSE = FIRST_MORE;
    private static final int RENUMBER = FIRST_MORE + 1;
    private static final int STAT = FIRST_MORE + 2;
    private static final int TIME = FIRST_MORE + 3;
    private static final int POLL = FIRST_MORE + 4;
    private static final int RANDOM = FIRST_MORE + 5;

    /** One that follows from no seed but that of a guest at its beginning. */
    private static final int FIRST_RANDOM =
            GuestStreams.of(GuestSurroundings.BARE, new CallLog(0)).random().nextInt();

    /** More than the looks of a call take, and less than what is left of an hour's sleep. */
    private static final int NANOS_OF_LOOKS = 1_000_000;

    /** All of them, in an order in which none is in the way of the next. */
    static List<WasiHidingPlace> all() {
        Code rights = stat(2).drop().then(load(FREE + 8)).i32(2).op(0x71); // i32.and
        return List.of(
                new WasiHidingPlace("the clock", time(0), sleep()),
                new WasiHidingPlace("the time since", time(1), sleep()),
                new WasiHidingPlace("the random numbers", random(), code()),
                new WasiHidingPlace("a descriptor in place of another", rights, renumber(0, 2)),
                new WasiHidingPlace("a descriptor that was moved", stat(0), renumber(0, 2)),
                new WasiHidingPlace("a descriptor that was closed", stat(1), close(1)));
    }

    private static Code stat(int descriptor) {
        return code().i32(descriptor).i32(FREE).call(STAT);
    }

    private static Code renumber(int from, int to) {
        return code().i32(from).i32(to).call(RENUMBER).drop();
    }

    private static Code close(int descriptor) {
        return code().i32(descriptor).call(CLOSE).drop();
    }

    /** Whether a clock has gone further from where a call begins than by looks at it. */
    private static Code time(int clock) {
        int beginning = (int) (clock == 0 ? 946_684_800_000_000_000L : 3_601_000_000_000L);
        return code().i32(clock)
                .i64(0)
                .i32(FREE)
                .call(TIME)
                .drop()
                .then(load(FREE))
                .i32(beginning)
                .sub()
                .i32(NANOS_OF_LOOKS)
                .op(0x4b); // i32.gt_u
    }

    private static Code sleep() {
        return code().i32(HOUR).i32(FREE).i32(1).i32(FREE + 64).call(POLL).drop();
    }

    private static Code random() {
        return code().i32(FREE).i32(4).call(RANDOM).drop().then(load(FREE)).i32(FIRST_RANDOM).sub();
    }

    @Override
    public String toString() {
        return name;
    }
}
