package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.spi.GuestFailureException;
import io.github.dagwasm.spi.LimitExceededException;
import io.github.dagwasm.spi.MalformedTextException;
import io.github.dagwasm.spi.Text;
import io.github.dagwasm.wasm.engine.ByteSearch;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import java.util.List;

/**
 * NUL-terminated UTF-8: {@code process(pointer) -> pointer}. The input lies in memory that the
 * guest allocated; nothing is given back, because nothing of the call outlives it.
 */
final class CStringAbi implements GuestAbi {

    static final String NAME = "cstring";

    private static final byte NUL = 0;

    private final String process;
    private final String allocate;
    private final String free;
    private final boolean freeTakesSize;

    /**
     * Binds the convention to a module's exports, whose types the detector has checked.
     *
     * @param process the function that takes and returns a text
     * @param allocate the function that takes a size and returns a pointer
     * @param free the function that takes the pointer back
     * @param freeTakesSize whether it takes the size too
     */
    CStringAbi(String process, String allocate, String free, boolean freeTakesSize) {
        this.process = process;
        this.allocate = allocate;
        this.free = free;
        this.freeTakesSize = freeTakesSize;
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> functions() {
        return List.of(process, allocate);
    }

    @Override
    public Text call(WasmInstance instance, Text input, long outputBytes)
            throws InterruptedException {
        long result = unsigned(instance.call(process, copyIn(instance, input.utf8())));
        return Text.ofUtf8(copyOut(instance.memory(), result, outputBytes));
    }

    @Override
    public void warmUp(WasmInstance instance) throws InterruptedException {
        long pointer = unsigned(instance.call(allocate, 1));
        if (pointer == 0) {
            return;
        }
        if (freeTakesSize) {
            instance.call(free, pointer, 1);
        } else {
            instance.call(free, pointer);
        }
    }

    private long copyIn(WasmInstance instance, byte[] utf8) throws InterruptedException {
        int nul = ByteSearch.indexOf(utf8, NUL, 0, utf8.length);
        if (nul != ByteSearch.NOT_FOUND) {
            throw new MalformedTextException(
                    "the input has a NUL at byte " + nul + ", which abi cstring cannot carry", nul);
        }
        int size = utf8.length + 1;
        long pointer = unsigned(instance.call(allocate, size));
        if (pointer == 0) {
            throw new GuestFailureException(allocate + "(" + size + ") returned a null pointer");
        }
        WasmMemory memory = instance.memory();
        if (!memory.contains(pointer, size)) {
            throw new GuestFailureException(
                    allocate
                            + "("
                            + size
                            + ") returned pointer "
                            + pointer
                            + ", where that many bytes do not fit into "
                            + sizeOf(memory));
        }
        memory.write(pointer, utf8);
        memory.writeByte(pointer + utf8.length, NUL);
        return pointer;
    }

    private byte[] copyOut(WasmMemory memory, long pointer, long outputBytes) {
        if (pointer == 0) {
            throw new GuestFailureException(process + " returned a null pointer");
        }
        if (!memory.contains(pointer, 1)) {
            throw new GuestFailureException(
                    process + " returned pointer " + pointer + ", outside of " + sizeOf(memory));
        }
        long available = memory.size() - pointer;
        // One more than the output may have, for the terminator.
        long searched = Math.min(available, outputBytes + 1);
        long end = memory.indexOf(NUL, pointer, pointer + searched);
        if (end != WasmMemory.NOT_FOUND) {
            return memory.read(pointer, (int) (end - pointer));
        }
        if (searched < available) {
            throw LimitExceededException.byMore("output bytes", outputBytes, "limits.output_bytes");
        }
        throw new GuestFailureException(
                process
                        + " returned pointer "
                        + pointer
                        + ", and no NUL ends the text before the end of "
                        + sizeOf(memory));
    }

    private static String sizeOf(WasmMemory memory) {
        return "the memory of " + memory.size() + " bytes";
    }

    /** A pointer is an unsigned number of 32 bits, whatever the engine keeps in the upper half. */
    private static long unsigned(long[] results) {
        return Integer.toUnsignedLong((int) results[0]);
    }
}
