package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.Fit.Likeness;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Optional;

/**
 * AssemblyScript's strings: {@code process(string): string} of a module with its runtime. The
 * argument is a managed object, pinned for the call; nothing is given back, because nothing of the
 * call outlives it.
 */
final class AssemblyScriptAbi implements GuestAbi {

    static final String NAME = "assemblyscript";

    private static final String DEFAULT_FUNCTION = "process";
    private static final Signature PROCESS = Signature.ofI32(1, 1);

    private static final String NEW = "__new";
    private static final Signature NEW_TYPE = Signature.ofI32(2, 1);
    private static final String PIN = "__pin";
    private static final Signature PIN_TYPE = Signature.ofI32(1, 1);
    private static final String UNPIN = "__unpin";
    private static final Signature UNPIN_TYPE = Signature.ofI32(1, 0);

    /** What its compiler imports where something may fail. */
    private static final String ABORT_MODULE = "env";

    private static final String ABORT = "abort";

    private static final String BUILD = "build it with: asc ... --exportRuntime";

    private static final int CLASS_OF_STRINGS = 2;

    /** The size in bytes stands right before an object. */
    private static final int SIZE_BYTES = Integer.BYTES;

    private final String process;

    private AssemblyScriptAbi(String process) {
        this.process = process;
    }

    /** Whether a module speaks it. */
    static Fit fit(WasmModule module, AbiOptions options) {
        Exports exports = new Exports(module, NAME);
        String process = options.function().orElse(DEFAULT_FUNCTION);
        boolean aborts = module.importsFunction(ABORT_MODULE, ABORT);
        if (isWithoutRuntime(module, exports, options, aborts)) {
            return withoutRuntime(options, aborts);
        }
        Optional<String> fault =
                exports.fault(process, PROCESS)
                        .or(exports::memoryFault)
                        .or(() -> exports.fault(NEW, NEW_TYPE))
                        .or(() -> exports.fault(PIN, PIN_TYPE))
                        .or(() -> exports.fault(UNPIN, UNPIN_TYPE));
        if (fault.isPresent()) {
            return new Fit.Lacks(
                    fault.get(), exports.has(NEW, NEW_TYPE) ? Likeness.MARKS : Likeness.NONE);
        }
        return new Fit.Fits(new AssemblyScriptAbi(process));
    }

    private static boolean isWithoutRuntime(
            WasmModule module, Exports exports, AbiOptions options, boolean aborts) {
        if (module.function(NEW).isPresent()) {
            return false;
        }
        boolean named =
                options.function().isPresent() || module.function(DEFAULT_FUNCTION).isPresent();
        boolean takesText =
                named
                        ? exports.has(options.function().orElse(DEFAULT_FUNCTION), PROCESS)
                        : aborts && !exports.ownOfType(PROCESS).isEmpty();
        if (!takesText || options.abi().isPresent()) {
            return takesText;
        }
        // Looking at all functions comes last: other functions may be tried one by one.
        return aborts
                ? Allocator.of(module, List.of(Allocator.RUST, Allocator.C)).isEmpty()
                : !isOfAnotherCompiler(module, exports);
    }

    /** Whether it has something that AssemblyScript's compiler does not make by itself. */
    private static boolean isOfAnotherCompiler(WasmModule module, Exports exports) {
        return module.importsWasi()
                || exports.memoryFault().isPresent()
                || module.functions().keySet().stream().anyMatch(Exports::isOfRuntime);
    }

    /** A module that never aborts has nothing that tells its compiler. */
    private static Fit.Lacks withoutRuntime(AbiOptions options, boolean aborts) {
        if (!aborts && options.abi().isEmpty()) {
            return new Fit.Lacks("if it is AssemblyScript, " + BUILD, Likeness.FUNCTION);
        }
        return new Fit.Lacks(
                "it looks like AssemblyScript that was built without its runtime (it "
                        + (aborts ? "imports env.abort and " : "")
                        + "exports no '__new'), so no text can be handed to it; "
                        + BUILD,
                Likeness.MARKS);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> functions() {
        return List.of(process, NEW);
    }

    @Override
    public Answer call(
            WasmInstance instance, GuestInput call, GuestStreams streams, AnswerRoom room)
            throws InterruptedException {
        String text = call.text().string();
        long input = take(instance, text.length() * (long) Character.BYTES);
        Utf16.write(instance.memory(), input, text);
        instance.call(PIN, input);
        long result = Pointers.unsigned(instance.call(process, input)[0]);
        return new Answer(copyOut(instance.memory(), result, room));
    }

    @Override
    public void warmUp(WasmInstance instance) throws InterruptedException {
        long pointer = Pointers.unsigned(instance.call(NEW, Character.BYTES, CLASS_OF_STRINGS)[0]);
        if (pointer != 0) {
            instance.call(PIN, pointer);
            instance.call(UNPIN, pointer);
        }
    }

    private static long take(WasmInstance instance, long size) throws InterruptedException {
        long pointer = Pointers.unsigned(instance.call(NEW, size, CLASS_OF_STRINGS)[0]);
        String asked = NEW + "(" + size + ", " + CLASS_OF_STRINGS + ")";
        if (pointer == 0) {
            throw new GuestFailureException(asked + " returned a null pointer");
        }
        WasmMemory memory = instance.memory();
        if (!memory.contains(pointer, size)) {
            throw new GuestFailureException(
                    asked
                            + " returned pointer "
                            + pointer
                            + ", where that many bytes do not fit into "
                            + Pointers.sizeOf(memory));
        }
        return pointer;
    }

    private Text copyOut(WasmMemory memory, long pointer, AnswerRoom room) {
        if (pointer == 0) {
            throw new GuestFailureException(process + " returned a null pointer");
        }
        String returned = process + " returned pointer " + pointer;
        if (!memory.contains(pointer - SIZE_BYTES, SIZE_BYTES)) {
            throw new GuestFailureException(
                    returned
                            + ", before which no length of a string lies in "
                            + Pointers.sizeOf(memory));
        }
        long bytes = Pointers.unsignedAt(memory, pointer - SIZE_BYTES);
        if (!memory.contains(pointer, bytes)) {
            throw new GuestFailureException(
                    returned
                            + ", whose string of "
                            + bytes
                            + " bytes does not fit into "
                            + Pointers.sizeOf(memory));
        }
        if (bytes % Character.BYTES != 0) {
            throw new GuestFailureException(
                    returned
                            + ", whose string of "
                            + bytes
                            + " bytes is no UTF-16: that takes two bytes for each unit");
        }
        return Utf16.read(memory, pointer, bytes, room);
    }
}
