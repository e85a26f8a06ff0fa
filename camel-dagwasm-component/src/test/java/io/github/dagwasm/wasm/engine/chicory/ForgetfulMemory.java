package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasmEngine;

/** A memory whose reset leaves one block as it is: what finds secrets has to find those in it. */
public final class ForgetfulMemory extends FlatMemory {

    private final int forgotten;

    private ForgetfulMemory(
            MemoryLimits declared, Growth growth, Meter meter, FlatSpare spare, int forgotten) {
        super(declared, growth, meter, spare);
        this.forgotten = forgotten;
    }

    static ForgetfulMemory of(MemoryLimits declared, int forgotten) {
        Growth growth = Memories.growth(declared, MemoryReserve.UNLIMITED);
        return new ForgetfulMemory(declared, growth, Memories.meter(), FlatSpare.none(), forgotten);
    }

    /**
     * An engine of such memories.
     *
     * @param forgotten the block
     * @return the engine
     */
    public static WasmEngine engine(int forgotten) {
        return new ChicoryEngine(
                (declared, growth, meter, spare) ->
                        new ForgetfulMemory(declared, growth, meter, spare, forgotten));
    }

    @Override
    void restore(int block) {
        if (block != forgotten) {
            super.restore(block);
        }
    }
}
