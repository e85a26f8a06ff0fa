package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.abi.Fit.Likeness;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Optional;

/**
 * A command of WASI preview 1 as a filter: {@code _start} reads the text from standard input and
 * writes its answer to standard output. To return from it, and to exit with code 0, is success.
 */
final class WasiAbi implements GuestAbi {

    static final String NAME = "wasi";

    private static final String START = "_start";
    private static final String INITIALIZE = "_initialize";
    private static final Signature TYPE = Signature.ofI32(0, 0);

    private static final WasiAbi ABI = new WasiAbi();

    private WasiAbi() {}

    /** Whether a module speaks it. */
    static Fit fit(WasmModule module, AbiOptions options) {
        Exports exports = new Exports(module, NAME);
        Optional<String> fault =
                exports.fault(START, TYPE)
                        .or(() -> otherFunction(options))
                        .or(() -> notOneCommand(module))
                        .or(exports::memoryFault);
        return fault.isPresent()
                ? new Fit.Lacks(fault.get(), likeness(module, options))
                : new Fit.Fits(ABI);
    }

    private static Likeness likeness(WasmModule module, AbiOptions options) {
        boolean otherIsThere =
                otherFunction(options).isPresent()
                        && options.function().flatMap(module::function).isPresent();
        // The lack of that one is worth telling then.
        if (module.function(START).isEmpty() || otherIsThere) {
            return Likeness.NONE;
        }
        return module.importsWasi() ? Likeness.MARKS : Likeness.PROGRAM;
    }

    private static Optional<String> otherFunction(AbiOptions options) {
        return options.function()
                .filter(function -> !function.equals(START))
                .map(
                        function ->
                                "abi wasi calls function '"
                                        + START
                                        + "' and no other, but option function says '"
                                        + Exports.escaped(function)
                                        + "'");
    }

    private static Optional<String> notOneCommand(WasmModule module) {
        if (!module.importsWasi()) {
            return Optional.of(
                    "it exports '"
                            + START
                            + "', but imports nothing of WASI preview 1, so abi wasi can hand it no"
                            + " text");
        }
        if (module.function(INITIALIZE).isPresent()) {
            return Optional.of(
                    "it exports both '"
                            + START
                            + "', as a WASI command does, and '"
                            + INITIALIZE
                            + "', as a reactor does; build it as one of them");
        }
        return Optional.empty();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<String> functions() {
        return List.of(START);
    }

    @Override
    public Answer call(
            WasmInstance instance, GuestInput call, GuestStreams streams, AnswerRoom room)
            throws InterruptedException {
        streams.begin(call.text().utf8(), room);
        try {
            long[] unused = instance.call(START);
        } catch (GuestExitException e) {
            if (e.code() != 0) {
                throw e;
            }
        }
        return new Answer(Text.ofUtf8(streams.takeOutput()));
    }

    /** Nothing: a command has no functions to take memory with, and begins with each text. */
    @Override
    public void warmUp(WasmInstance instance) {}
}
