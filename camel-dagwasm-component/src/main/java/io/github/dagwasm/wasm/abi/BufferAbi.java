package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Set;

/**
 * UTF-8 with its length: {@code process(pointer, length, out_length_pointer) -> pointer}. The guest
 * may take the input over, so it lies in an allocation of its own and of its very size. Nothing is
 * given back, because nothing of the call outlives it.
 */
final class BufferAbi implements GuestAbi {

    static final String NAME = "buffer";

    private static final String DEFAULT_FUNCTION = "process";

    /** What a function is called that does the same as one of abi cstring, without its NUL. */
    private static final String WITH_LENGTH = "_with_length";

    private static final Signature PROCESS = Signature.ofI32(3, 1);
    private static final Signature WITHOUT_LENGTH = Signature.ofI32(1, 1);

    private static final int LENGTH_BYTES = Integer.BYTES;

    /** An allocator for bytes need not align: among so many there are four that are aligned. */
    private static final int ROOM_FOR_LENGTH = 2 * LENGTH_BYTES;

    private static final byte[] UNWRITTEN = {-1, -1, -1, -1};
    private static final long UNWRITTEN_LENGTH = 0xffffffffL;

    private final String process;
    private final Allocator allocator;

    private BufferAbi(String process, Allocator allocator) {
        this.process = process;
        this.allocator = allocator;
    }

    /** Whether a module speaks it. */
    static Fit fit(WasmModule module, AbiOptions options) {
        Exports exports = new Exports(module, NAME);
        String named = options.function().orElse(DEFAULT_FUNCTION);
        String sibling = named + WITH_LENGTH;
        boolean beside = !exports.has(named, PROCESS) && exports.has(sibling, PROCESS);
        String process = beside ? sibling : named;
        Set<String> preferredTo = beside ? Set.of(CStringAbi.NAME) : Set.of();
        Fit fit =
                exports.fit(
                        process,
                        PROCESS,
                        allocator -> new Fit.Fits(new BufferAbi(process, allocator), preferredTo));
        // Of two siblings that lack the same, one sentence is enough: that of abi cstring.
        return fit instanceof Fit.Lacks lacks && beside && exports.has(named, WITHOUT_LENGTH)
                ? new Fit.Lacks(lacks.reason(), Fit.Likeness.NONE)
                : fit;
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
        byte[] utf8 = call.text().utf8();
        // A byte for the empty text: no allocator need have a pointer for none, and no guest is
        // to find a null pointer.
        long input = allocator.take(instance, Math.max(1, utf8.length));
        long kept = instance.kept();
        long lengthAt = kept == 0 ? takeForLength(instance) : kept;
        requireApart(input, utf8.length, lengthAt);
        WasmMemory memory = instance.memory();
        memory.write(input, utf8);
        memory.write(lengthAt, UNWRITTEN);
        long result = Pointers.unsigned(instance.call(process, input, utf8.length, lengthAt)[0]);
        return new Answer(Text.ofUtf8(copyOut(memory, result, lengthAt, room)));
    }

    @Override
    public void warmUp(WasmInstance instance) throws InterruptedException {
        allocator.warmUp(instance);
        // For all calls to come, of which each then makes one allocation, as abi cstring does.
        instance.keep(takeForLength(instance));
    }

    private long takeForLength(WasmInstance instance) throws InterruptedException {
        return (allocator.take(instance, ROOM_FOR_LENGTH) + LENGTH_BYTES - 1) & -LENGTH_BYTES;
    }

    /** An allocator may have one place for all, which does for abi cstring. */
    private void requireApart(long input, int length, long lengthAt) {
        if (input < lengthAt + LENGTH_BYTES && lengthAt < input + length) {
            throw new GuestFailureException(
                    allocator.allocate()
                            + " returned pointer "
                            + input
                            + " for the text, where memory for its length was taken before");
        }
    }

    private byte[] copyOut(WasmMemory memory, long pointer, long lengthAt, AnswerRoom room) {
        if (pointer == 0) {
            throw new GuestFailureException(process + " returned a null pointer");
        }
        long length = Pointers.unsignedAt(memory, lengthAt);
        if (length == UNWRITTEN_LENGTH) {
            throw new GuestFailureException(
                    process + " returned pointer " + pointer + " and wrote no length of the text");
        }
        if (!memory.contains(pointer, length)) {
            throw new GuestFailureException(
                    process
                            + " returned pointer "
                            + pointer
                            + " and length "
                            + length
                            + ", which do not fit into "
                            + Pointers.sizeOf(memory));
        }
        room.require(length);
        return memory.read(pointer, room.take(length));
    }
}
