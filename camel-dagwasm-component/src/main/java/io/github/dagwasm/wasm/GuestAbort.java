package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_16LE;

import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmMemory;

/**
 * {@code env.abort(message, file, line, column)}, by which AssemblyScript gives up: the call fails.
 * It copies and throws and does no more, because the guest may have left it little stack; what it
 * copied becomes a sentence where there is stack again. Stateless.
 */
final class GuestAbort {

    /** How many bytes of a string are copied: more than are ever shown. */
    static final int MOST_BYTES = 4 * (GuestAbortException.MESSAGE_CODE_POINTS + 1);

    private static final String MODULE = "env";
    private static final String NAME = "abort";
    private static final Signature SIGNATURE = Signature.ofI32(4, 0);

    /** The size in bytes stands right before a string. */
    private static final int SIZE_BYTES = 4;

    private static final byte[] NONE = {};

    /** What is shown of a string that is none. */
    private static final byte[] OUTSIDE = "(outside of the memory)".getBytes(UTF_16LE);

    private GuestAbort() {}

    /** Initialises all that a call touches, so that no guest is the first to touch it. */
    static void preload() {
        HostFunction function = hostFunction();
        try {
            function.call(new BlankMemory(SIZE_BYTES), new long[] {SIZE_BYTES, 1, 0, 0});
        } catch (GuestAbortException expected) {
            return;
        }
        throw new AssertionError("an abort returned");
    }

    static HostFunction hostFunction() {
        return new HostFunction(MODULE, NAME, SIGNATURE, GuestAbort::abort);
    }

    private static long[] abort(WasmMemory memory, long[] arguments) {
        throw new GuestAbortException(
                string(memory, Integer.toUnsignedLong((int) arguments[0])),
                string(memory, Integer.toUnsignedLong((int) arguments[1])),
                (int) arguments[2],
                (int) arguments[3]);
    }

    /** The beginning of a string of AssemblyScript; nothing where the pointer is null. */
    private static byte[] string(WasmMemory memory, long pointer) {
        if (pointer == 0) {
            return NONE;
        }
        if (!memory.contains(pointer - SIZE_BYTES, SIZE_BYTES)) {
            return OUTSIDE;
        }
        byte[] size = memory.read(pointer - SIZE_BYTES, SIZE_BYTES);
        long bytes =
                (size[0] & 0xffL)
                        | (size[1] & 0xffL) << 8
                        | (size[2] & 0xffL) << 16
                        | (size[3] & 0xffL) << 24;
        return memory.contains(pointer, bytes)
                ? memory.read(pointer, (int) Math.min(bytes, MOST_BYTES))
                : OUTSIDE;
    }
}
