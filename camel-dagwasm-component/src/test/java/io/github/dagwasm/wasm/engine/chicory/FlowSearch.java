package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmEngine;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/** Puts random modules of one kind on trial, and makes the first one smaller that fails. */
final class FlowSearch {

    /** The kinds of modules. */
    enum Kind {
        /** No changes of tables, no exceptions, no tail calls: instances can be reset. */
        RESETTABLE,

        /** All there is. */
        EVERYTHING;

        private RandomFlow.Shape shape() {
            return this == EVERYTHING
                    ? RandomFlow.Shape.data(RandomFlow.Tries.WITH_TAIL_CALLS, true)
                    : RandomFlow.Shape.data(RandomFlow.Tries.NONE, false);
        }
    }

    private final Kind kind;
    private final WasmEngine engine;

    FlowSearch(Kind kind, WasmEngine engine) {
        this.kind = kind;
        this.engine = engine;
    }

    /**
     * Tries one module.
     *
     * @return whether it ended without a trap
     * @throws AssertionError if it fails; a smaller module that fails too is in a file then
     */
    boolean succeeds(long seed) throws InterruptedException, IOException {
        byte[] wasm = new RandomFlow(seed, kind.shape()).module();
        try {
            return FlowTrial.run(wasm, engine);
        } catch (AssertionError | RuntimeException e) {
            byte[] smaller = smaller(seed).orElse(wasm);
            Path file = Path.of("target", "fuzz-" + kind + "-" + seed + ".wasm");
            Files.write(file, smaller);
            throw new AssertionError(
                    "%s, seed %d, %s: %s".formatted(kind, seed, file, e.getMessage()), e);
        }
    }

    /** The first module of fewer instructions that fails. */
    private Optional<byte[]> smaller(long seed) throws InterruptedException {
        for (int steps = 1; steps < kind.shape().steps(); steps++) {
            byte[] wasm = new RandomFlow(seed, kind.shape().withSteps(steps)).module();
            try {
                FlowTrial.run(wasm, engine);
            } catch (AssertionError | RuntimeException e) {
                return Optional.of(wasm);
            }
        }
        return Optional.empty();
    }
}
