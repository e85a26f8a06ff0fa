package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.engine.ByteSearch;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;

/**
 * NUL-terminated UTF-8: {@code process(pointer) -> pointer}. The input lies in memory that the
 * guest allocated; nothing is given back, because nothing of the call outlives it.
 */
final class CStringAbi implements GuestAbi {

    static final String NAME = "cstring";

    private static final byte NUL = 0;

    private static final String DEFAULT_FUNCTION = "process";
    private static final Signature PROCESS = Signature.ofI32(1, 1);

    private final String process;
    private final Allocator allocator;

    private CStringAbi(String process, Allocator allocator) {
        this.process = process;
        this.allocator = allocator;
    }

    /** Whether a module speaks it. */
    static Fit fit(WasmModule module, AbiOptions options) {
        Exports exports = new Exports(module, NAME);
        String process = options.function().orElse(DEFAULT_FUNCTION);
        return exports.fit(
                process, PROCESS, allocator -> new Fit.Fits(new CStringAbi(process, allocator)));
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> functions() {
        return List.of(process, allocator.allocate());
    }

    @Override
    public Answer call(
            WasmInstance instance, GuestInput call, GuestStreams streams, AnswerRoom room)
            throws InterruptedException {
        long input = copyIn(instance, call.text().utf8());
        long result = Pointers.unsigned(instance.call(process, input)[0]);
        return new Answer(Text.ofUtf8(copyOut(instance.memory(), result, room)));
    }

    @Override
    public void warmUp(WasmInstance instance) throws InterruptedException {
        allocator.warmUp(instance);
    }

    private long copyIn(WasmInstance instance, byte[] utf8) throws InterruptedException {
        int nul = ByteSearch.indexOf(utf8, NUL, 0, utf8.length);
        if (nul != ByteSearch.NOT_FOUND) {
            throw new MalformedTextException(
                    "the input has a NUL at byte " + nul + ", which abi cstring cannot carry", nul);
        }
        long pointer = allocator.take(instance, utf8.length + 1L);
        WasmMemory memory = instance.memory();
        memory.write(pointer, utf8);
        memory.writeByte(pointer + utf8.length, NUL);
        return pointer;
    }

    private byte[] copyOut(WasmMemory memory, long pointer, AnswerRoom room) {
        if (pointer == 0) {
            throw new GuestFailureException(process + " returned a null pointer");
        }
        if (!memory.contains(pointer, 1)) {
            throw new GuestFailureException(
                    process
                            + " returned pointer "
                            + pointer
                            + ", outside of "
                            + Pointers.sizeOf(memory));
        }
        long available = memory.size() - pointer;
        // One more than the output may have, for the terminator.
        long searched = Math.min(available, room.mostBytes() + 1);
        long end = memory.indexOf(NUL, pointer, pointer + searched);
        if (end != WasmMemory.NOT_FOUND) {
            return memory.read(pointer, room.take(end - pointer));
        }
        if (searched < available) {
            throw room.exceeded();
        }
        throw new GuestFailureException(
                process
                        + " returned pointer "
                        + pointer
                        + ", and no NUL ends the text before the end of "
                        + Pointers.sizeOf(memory));
    }
}
