package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Optional;

/**
 * A guest's own functions to take memory and to give it back, by the names that conventions and C
 * libraries give them. Nothing that they return is believed.
 *
 * @param allocate the name of the function that takes a size and returns a pointer
 * @param free the name of the function that takes the pointer back
 * @param freeTakesSize whether it takes the size too
 */
record Allocator(String allocate, String free, boolean freeTakesSize) {

    /** {@code allocate} and {@code deallocate}. */
    static final Allocator RUST = new Allocator("allocate", "deallocate", true);

    /** {@code malloc} and {@code free}. */
    static final Allocator C = new Allocator("malloc", "free", false);

    /** {@code alloc} and {@code dealloc}. */
    static final Allocator CAMEL = new Allocator("alloc", "dealloc", true);

    /**
     * The first of some that a module exports with the right types; else the first that it exports
     * under both names.
     */
    static Optional<Allocator> of(WasmModule module, List<Allocator> candidates) {
        List<Allocator> named =
                candidates.stream()
                        .filter(a -> module.function(a.allocate).isPresent())
                        .filter(a -> module.function(a.free).isPresent())
                        .toList();
        return named.stream()
                .filter(a -> module.function(a.allocate).equals(Optional.of(a.allocateType())))
                .filter(a -> module.function(a.free).equals(Optional.of(a.freeType())))
                .findFirst()
                .or(() -> named.stream().findFirst());
    }

    /** Why a module's allocator cannot be used, empty where it can. */
    static Optional<String> fault(Optional<Allocator> found, Exports exports) {
        return found.isEmpty()
                ? Optional.of(exports.allocatorFault())
                : found.flatMap(a -> a.fault(exports));
    }

    /** Why it cannot be used, empty where it can. */
    Optional<String> fault(Exports exports) {
        return exports.fault(allocate, allocateType()).or(() -> exports.fault(free, freeType()));
    }

    private Signature allocateType() {
        return Signature.ofI32(1, 1);
    }

    private Signature freeType() {
        return Signature.ofI32(freeTakesSize ? 2 : 1, 0);
    }

    /**
     * Takes memory.
     *
     * @param size how many bytes, 2 GiB at the most
     * @return where they lie, all of them in the memory; may be 0 where the size is 0
     * @throws GuestFailureException if the guest gives none, or none that lies in its memory
     */
    long take(WasmInstance instance, long size) throws InterruptedException {
        long pointer = Pointers.unsigned(instance.call(allocate, size)[0]);
        if (pointer == 0 && size > 0) {
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
                            + Pointers.sizeOf(memory));
        }
        return pointer;
    }

    /** Makes one allocation of a byte and gives it back. */
    void warmUp(WasmInstance instance) throws InterruptedException {
        long pointer = Pointers.unsigned(instance.call(allocate, 1)[0]);
        if (pointer == 0) {
            return;
        }
        if (freeTakesSize) {
            instance.call(free, pointer, 1);
        } else {
            instance.call(free, pointer);
        }
    }
}
