package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasiClock;
import io.github.dagwasm.wasm.engine.WasmMemory;

/**
 * The clocks of a guest, and what it waits for: {@code poll_oneoff}. A stream is always ready, so a
 * guest sleeps only if it waits for clocks alone, and no longer than the call has time.
 */
final class GuestTime {

    private static final int TIME_OF_DAY = 0;
    private static final int MONOTONIC = 1;
    private static final int CPU_OF_THREAD = 3;

    /** The most that a guest may wait for at once. */
    private static final int MOST = 1024;

    private static final int SUBSCRIPTION_BYTES = 48;
    private static final int EVENT_BYTES = 32;

    private static final int CLOCK = 0;
    private static final int FD_READ = 1;
    private static final int FD_WRITE = 2;
    private static final int ABSOLUTE = 1;

    // Where things are in a subscription.
    private static final int KIND = 8;
    private static final int WHICH = 16;
    private static final int TIMEOUT = 24;
    private static final int FLAGS = 40;

    // Where things are in an event.
    private static final int ERROR = 8;
    private static final int EVENT_KIND = 10;
    private static final int AVAILABLE = 16;

    private final WasiClock clock;
    private final GuestDescriptors descriptors;

    GuestTime(WasiClock clock, GuestDescriptors descriptors) {
        this.clock = clock;
        this.descriptors = descriptors;
    }

    /** {@code clock_res_get(clock, nanoseconds)}. */
    int resolution(WasmMemory memory, long[] a) {
        int error = error((int) a[0]);
        if (error == WasiErrors.NONE) {
            GuestBytes.writeLong(memory, GuestBytes.unsigned(a[1]), 1);
        }
        return error;
    }

    /** {@code clock_time_get(clock, precision, nanoseconds)}. */
    int now(WasmMemory memory, long[] a) {
        int error = error((int) a[0]);
        if (error == WasiErrors.NONE) {
            GuestBytes.writeLong(memory, GuestBytes.unsigned(a[2]), now((int) a[0]));
            clock.looked();
        }
        return error;
    }

    private static int error(int which) {
        if (which == TIME_OF_DAY || which == MONOTONIC) {
            return WasiErrors.NONE;
        }
        return which > MONOTONIC && which <= CPU_OF_THREAD
                ? WasiErrors.NOT_SUPPORTED
                : WasiErrors.INVALID;
    }

    private long now(int which) {
        return which == TIME_OF_DAY ? clock.timeOfDay() : clock.monotonic();
    }

    /** {@code poll_oneoff(subscriptions, events, count, happened)}. */
    int poll(WasmMemory memory, long[] a) {
        long count = GuestBytes.unsigned(a[2]);
        if (count == 0 || count > MOST) {
            return WasiErrors.INVALID;
        }
        int bytes = (int) count * EVENT_BYTES;
        GuestBytes.require(memory, GuestBytes.unsigned(a[1]), bytes);
        GuestBytes.require(memory, GuestBytes.unsigned(a[3]), Integer.BYTES);
        byte[] asked =
                GuestBytes.read(
                        memory, GuestBytes.unsigned(a[0]), (int) count * SUBSCRIPTION_BYTES);
        if (!allKnown(asked)) {
            return WasiErrors.INVALID;
        }
        long[] waits = waits(asked);
        long shortest = shortest(waits);
        sleep(memory, shortest);
        byte[] events = new byte[bytes];
        int happened = 0;
        for (int i = 0; i < waits.length; i++) {
            if (waits[i] <= shortest) {
                happen(asked, i * SUBSCRIPTION_BYTES, events, happened * EVENT_BYTES);
                happened++;
            }
        }
        GuestBytes.write(memory, GuestBytes.unsigned(a[1]), events);
        GuestBytes.writeInt(memory, GuestBytes.unsigned(a[3]), happened);
        return WasiErrors.NONE;
    }

    private static boolean allKnown(byte[] asked) {
        for (int at = 0; at < asked.length; at += SUBSCRIPTION_BYTES) {
            int kind = asked[at + KIND];
            boolean clock = kind == CLOCK;
            if (!clock && kind != FD_READ && kind != FD_WRITE) {
                return false;
            }
            if (clock && error(GuestBytes.intAt(asked, at + WHICH)) != WasiErrors.NONE) {
                return false;
            }
        }
        return true;
    }

    /** How long each takes to happen, in nanoseconds. */
    private long[] waits(byte[] asked) {
        long[] waits = new long[asked.length / SUBSCRIPTION_BYTES];
        for (int i = 0; i < waits.length; i++) {
            int at = i * SUBSCRIPTION_BYTES;
            waits[i] = asked[at + KIND] == CLOCK ? timeout(asked, at) : 0;
        }
        return waits;
    }

    /** The guest's number has no sign: what is negative here is centuries away. */
    private long timeout(byte[] asked, int at) {
        long timeout = GuestBytes.longAt(asked, at + TIMEOUT);
        if (timeout < 0) {
            return Long.MAX_VALUE;
        }
        boolean absolute = (GuestBytes.shortAt(asked, at + FLAGS) & ABSOLUTE) != 0;
        long since = absolute ? now(GuestBytes.intAt(asked, at + WHICH)) : 0;
        return timeout <= since ? 0 : timeout - Math.max(0, since);
    }

    private static long shortest(long[] waits) {
        long shortest = Long.MAX_VALUE;
        for (long wait : waits) {
            shortest = Math.min(shortest, wait);
        }
        return shortest;
    }

    private void sleep(WasmMemory memory, long nanos) {
        if (nanos == 0) {
            return;
        }
        if (clock.runs()) {
            ((ChargedMemory) memory).sleep(nanos);
        } else {
            clock.skip(nanos);
        }
    }

    private void happen(byte[] asked, int at, byte[] events, int to) {
        GuestBytes.putLong(events, to, GuestBytes.longAt(asked, at));
        int kind = asked[at + KIND];
        events[to + EVENT_KIND] = (byte) kind;
        if (kind != CLOCK) {
            boolean toRead = kind == FD_READ;
            int error = descriptors.ready(GuestBytes.intAt(asked, at + WHICH), toRead);
            GuestBytes.putShort(events, to + ERROR, error);
            boolean readable = toRead && error == WasiErrors.NONE;
            GuestBytes.putLong(events, to + AVAILABLE, readable ? descriptors.available() : 0);
        }
    }
}
