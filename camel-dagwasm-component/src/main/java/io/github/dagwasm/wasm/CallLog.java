package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.TrapException;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a guest logs in one call: {@code env.host_log(pointer, length)} copies here and does no
 * more, because the guest may have left it little stack. For one thread.
 */
final class CallLog {

    private static final String MODULE = "env";
    private static final String NAME = "host_log";
    private static final Signature SIGNATURE = Signature.ofI32(2, 0);
    private static final long[] NOTHING = {};

    /** What a line costs beside its bytes: without it, empty lines would be free. */
    private static final int LINE_COST = 1;

    private static final String OUTSIDE =
            "the guest trapped: host_log was called with a text outside of the memory";

    private final long limit;
    private final List<byte[]> lines = new ArrayList<>();
    private long used;
    private long asked;

    /**
     * An empty log.
     *
     * @param limit how many bytes it holds
     */
    CallLog(long limit) {
        this.limit = limit;
    }

    /** Initialises all that a call touches, so that no guest is the first to touch it. */
    static void preload() {
        CallLog log = new CallLog(2);
        HostFunction function = log.hostFunction();
        function.call(new NoMemory(), new long[] {0, 0});
        try {
            function.call(new NoMemory(), new long[] {0, 1});
            throw new AssertionError("a text outside of the memory was logged");
        } catch (TrapException expected) {
            log.lines().clear();
        }
    }

    /** The function that writes to this log. */
    HostFunction hostFunction() {
        return new HostFunction(MODULE, NAME, SIGNATURE, this::hostLog);
    }

    /** The lines, as the guest wrote them. */
    List<byte[]> lines() {
        return lines;
    }

    /** How many bytes the log holds. */
    long limit() {
        return limit;
    }

    /** How many bytes it would have taken, a byte for the end of each line included. */
    long asked() {
        return asked;
    }

    private long[] hostLog(WasmMemory memory, long[] arguments) {
        long pointer = Integer.toUnsignedLong((int) arguments[0]);
        long length = Integer.toUnsignedLong((int) arguments[1]);
        if (!memory.contains(pointer, length)) {
            throw new TrapException(OUTSIDE);
        }
        asked += length + LINE_COST;
        long fits = Math.min(length, limit - used - LINE_COST);
        if (fits < 0 || (fits == 0 && length > 0)) {
            used = limit;
            return NOTHING;
        }
        lines.add(memory.read(pointer, (int) fits));
        used += fits + LINE_COST;
        return NOTHING;
    }

    /** A memory without a byte. */
    private static final class NoMemory implements WasmMemory {

        @Override
        public long size() {
            return 0;
        }

        @Override
        public byte[] read(long address, int length) {
            return new byte[length];
        }

        @Override
        public void write(long address, byte[] bytes) {
            throw new IndexOutOfBoundsException();
        }

        @Override
        public long indexOf(byte value, long from, long to) {
            return NOT_FOUND;
        }

        @Override
        public Optional<DagWasmException> refusedGrowth() {
            return Optional.empty();
        }
    }
}
