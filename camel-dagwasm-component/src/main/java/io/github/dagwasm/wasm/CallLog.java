package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.abi.GuestLines;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * What a guest logs in one call after another: {@code env.host_log(pointer, length)} copies here
 * and does no more, because the guest may have left it little stack, and so does what it writes for
 * people through WASI. For one thread at a time.
 */
final class CallLog implements GuestLines {

    private static final String MODULE = "env";
    private static final String NAME = "host_log";
    private static final Signature SIGNATURE = Signature.ofI32(2, 0);
    private static final long[] NOTHING = {};

    /** What a line costs beside its bytes: without it, empty lines would be free. */
    private static final int LINE_COST = 1;

    /** Nothing of a line fits, not even its end. */
    private static final long REFUSED = -1;

    private static final String OUTSIDE =
            "the guest trapped: host_log was called with a text outside of the memory";

    /**
     * What a guest has logged in one call.
     *
     * @param lines the lines, as the guest wrote them, no more than are logged in a second
     * @param more how many lines there were beside these, whose bytes count but are not kept
     * @param limit how many bytes there may be
     * @param asked how many bytes it would have taken, a byte for the end of each line included
     */
    record Logged(List<byte[]> lines, long more, long limit, long asked) {

        private static final Logged NOTHING = new Logged(List.of(), 0, 0, 0);
    }

    private final long limit;
    private List<byte[]> lines = new ArrayList<>();
    private long more;
    private long used;
    private long asked;

    /**
     * An empty log.
     *
     * @param limit how many bytes it holds of one call
     */
    CallLog(long limit) {
        this.limit = limit;
    }

    /** Initialises all that a call touches, so that no guest is the first to touch it. */
    static void preload() {
        CallLog log = new CallLog(4);
        log.line(new byte[0], 0, log.room());
        log.line(new byte[] {'a'}, 1, 2);
        log.detach();
        HostFunction function = log.hostFunction();
        function.call(new BlankMemory(0), new long[] {0, 0});
        try {
            function.call(new BlankMemory(0), new long[] {0, 1});
            throw new AssertionError("a text outside of the memory was logged");
        } catch (TrapException expected) {
            log.detach();
        }
    }

    /** The function that writes to this log. */
    HostFunction hostFunction() {
        return new HostFunction(MODULE, NAME, SIGNATURE, this::hostLog);
    }

    /** Takes out what was logged, so that the next call begins with an empty log. */
    Logged detach() {
        if (asked == 0) {
            return Logged.NOTHING;
        }
        Logged logged = new Logged(lines, more, limit, asked);
        lines = new ArrayList<>();
        more = 0;
        used = 0;
        asked = 0;
        return logged;
    }

    private long[] hostLog(WasmMemory memory, long[] arguments) {
        long pointer = Integer.toUnsignedLong((int) arguments[0]);
        long length = Integer.toUnsignedLong((int) arguments[1]);
        if (!memory.contains(pointer, length)) {
            throw new TrapException(OUTSIDE);
        }
        long fits = take(length);
        if (isKept(fits)) {
            keep(memory.read(pointer, (int) fits), (int) fits, length);
        }
        return NOTHING;
    }

    @Override
    public long room() {
        return Math.max(0, limit - used - LINE_COST);
    }

    @Override
    public void line(byte[] kept, int length, long whole) {
        long fits = take(whole);
        if (isKept(fits)) {
            keep(kept, (int) Math.min(length, fits), whole);
        }
    }

    /** A line is larger than its bytes: many small ones would cost far more than the limit says. */
    private boolean isKept(long fits) {
        if (fits == REFUSED) {
            return false;
        }
        if (lines.size() == LogRate.LINES) {
            more++;
            return false;
        }
        return true;
    }

    /** Keeps the beginning of a line, which ends where a character does. */
    private void keep(byte[] bytes, int length, long whole) {
        int end = length < whole ? GuestText.wholeCharacters(bytes, length) : length;
        lines.add(end == bytes.length ? bytes : Arrays.copyOf(bytes, end));
    }

    /** How much of a line still fits. */
    private long take(long length) {
        asked += length + LINE_COST;
        long fits = Math.min(length, limit - used - LINE_COST);
        if (fits < 0 || (fits == 0 && length > 0)) {
            used = limit;
            return REFUSED;
        }
        used += fits + LINE_COST;
        return fits;
    }
}
