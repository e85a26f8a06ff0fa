package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.Fit.Likeness;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * What Camel's own component and language {@code wasm} speak to their functions: {@code
 * function(pointer, length) -> pointer << 32 | length}. In goes a {@link CamelEnvelope}; out comes
 * one, or for functions of the language the body alone, or where the top bit of the length is set a
 * text about an error. Nothing is given back, because nothing of the call outlives it.
 */
final class CamelWasmAbi implements GuestAbi {

    static final String NAME = "camel-wasm";

    private static final String DEFAULT_FUNCTION = "process";
    private static final Signature FUNCTION =
            new Signature(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I64));

    private static final Allocator ALLOCATOR = Allocator.CAMEL;

    private static final long ERROR = 1L << 31;
    private static final int ERROR_CODE_POINTS = 1024;
    private static final int MOST_UTF8_BYTES = 4;

    private final String function;
    private final Set<String> headers;
    private final boolean answersText;
    private final Function<String, Optional<String>> refusedName;

    private CamelWasmAbi(String function, AbiOptions options) {
        this.function = function;
        this.headers = Collections.unmodifiableSet(new LinkedHashSet<>(options.headers()));
        this.answersText = options.answersText();
        this.refusedName = options.refusedName();
    }

    /** Whether a module speaks it. */
    static Fit fit(WasmModule module, AbiOptions options) {
        Exports exports = new Exports(module, NAME);
        Optional<String> function =
                options.function().or(() -> only(Exports.ofType(module, FUNCTION)));
        Optional<String> fault =
                function.map(name -> exports.fault(name, FUNCTION))
                        .orElseGet(() -> Optional.of(undecided(module)))
                        .or(() -> ALLOCATOR.fault(exports))
                        .or(exports::memoryFault);
        if (fault.isPresent()) {
            boolean allocates =
                    module.function(ALLOCATOR.allocate()).isPresent()
                            || module.function(ALLOCATOR.free()).isPresent();
            return new Fit.Lacks(
                    fault.get(),
                    allocates && Exports.anyOfType(module, FUNCTION)
                            ? Likeness.MARKS
                            : Likeness.NONE);
        }
        return new Fit.Fits(new CamelWasmAbi(function.orElseThrow(), options));
    }

    /** The one of its kind, or the one that has the name. */
    private static Optional<String> only(List<String> candidates) {
        return candidates.size() == 1
                ? Optional.of(candidates.get(0))
                : candidates.stream().filter(DEFAULT_FUNCTION::equals).findFirst();
    }

    private static String undecided(WasmModule module) {
        List<String> candidates = Exports.ofType(module, FUNCTION);
        return candidates.isEmpty()
                ? "it exports no function of the type "
                        + FUNCTION
                        + ", which abi camel-wasm needs; exported functions: "
                        + Exports.shown(module.functions().keySet())
                : "abi camel-wasm could call "
                        + Exports.asked(candidates)
                        + "; say which with option function";
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> functions() {
        return List.of(function, ALLOCATOR.allocate());
    }

    @Override
    public Set<String> options() {
        return Set.of(AbiOptions.HEADERS, AbiOptions.ANSWER);
    }

    @Override
    public Set<String> attributes() {
        return headers;
    }

    /** True: Base64 is of bytes, and Camel's own component takes and gives any. */
    @Override
    public boolean carriesBytes() {
        return true;
    }

    @Override
    public Answer call(
            WasmInstance instance, GuestInput call, GuestStreams streams, AnswerRoom room)
            throws InterruptedException {
        CamelEnvelope envelope = new CamelEnvelope(headers, call.attributes(), refusedName);
        byte[] head = envelope.head();
        byte[] bytes = call.text().bytes();
        long encoded = CamelEnvelope.bodyCharacters(bytes.length);
        var unused = room.take(encoded);
        byte[] body = Base64.getEncoder().encode(bytes);
        long length = (long) head.length + body.length + CamelEnvelope.end().length;
        long input = ALLOCATOR.take(instance, length);
        WasmMemory memory = instance.memory();
        memory.write(input, head);
        memory.write(input + head.length, body);
        memory.write(input + head.length + body.length, CamelEnvelope.end());
        room.give(encoded);
        long result = instance.call(function, input, length)[0];
        return answer(instance.memory(), result, envelope, room);
    }

    private Answer answer(WasmMemory memory, long result, CamelEnvelope envelope, AnswerRoom room) {
        long pointer = result >>> Integer.SIZE;
        long size = result & (ERROR - 1);
        requireInside(memory, pointer, size);
        if ((result & ERROR) != 0) {
            throw failed(memory, pointer, size);
        }
        if (answersText) {
            room.require(size);
            return new Answer(Text.ofUtf8(memory.read(pointer, room.take(size))));
        }
        if (pointer == 0) {
            throw new GuestFailureException(shownFunction() + " returned a null pointer");
        }
        long most = CamelEnvelope.mostBytes(room.mostBytes());
        if (size > most) {
            throw new LimitExceededException(
                    "bytes of an envelope", most, size, "limits.output_bytes");
        }
        return envelope.answer(memory.read(pointer, room.take(size)), room);
    }

    private void requireInside(WasmMemory memory, long pointer, long size) {
        if (pointer == 0 && size > 0) {
            throw new GuestFailureException(shownFunction() + " returned a null pointer");
        }
        if (!memory.contains(pointer, size)) {
            throw new GuestFailureException(
                    shownFunction()
                            + " returned pointer "
                            + pointer
                            + " and size "
                            + size
                            + ", which do not lie in "
                            + Pointers.sizeOf(memory));
        }
    }

    /** The export's name is the module's. */
    private String shownFunction() {
        return Exports.escaped(function);
    }

    private static GuestFailureException failed(WasmMemory memory, long pointer, long size) {
        if (size == 0) {
            return new GuestFailureException("the guest failed, and does not say why");
        }
        // One more than is shown, so that the cut is seen.
        long read = Math.min(size, MOST_UTF8_BYTES * (ERROR_CODE_POINTS + 1L));
        return GuestFailureException.quoting(
                "the guest failed",
                ": " + GuestText.escape(memory.read(pointer, (int) read), ERROR_CODE_POINTS),
                null);
    }

    @Override
    public void warmUp(WasmInstance instance) throws InterruptedException {
        ALLOCATOR.warmUp(instance);
    }
}
