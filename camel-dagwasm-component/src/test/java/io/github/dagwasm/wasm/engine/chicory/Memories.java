package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.MemoryLimits;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Spending;

/** Memories of no instance. */
final class Memories {

    private Memories() {}

    static FlatMemory of(MemoryLimits declared) {
        return of(declared, FlatSpare.none());
    }

    static FlatMemory of(MemoryLimits declared, FlatSpare spare) {
        return new FlatMemory(declared, growth(declared, MemoryReserve.UNLIMITED), meter(), spare);
    }

    /** As far as the module's own maximum lets it grow. */
    static Growth growth(MemoryLimits declared, MemoryReserve reserve) {
        long most = (long) declared.maximumPages() * FlatMemory.PAGE_SIZE;
        long held = (long) declared.initialPages() * FlatMemory.PAGE_SIZE;
        return new Growth(new InstanceLimits(most, 0, 0), 0, held, reserve);
    }

    static Meter meter() {
        return new Meter(Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE));
    }
}
