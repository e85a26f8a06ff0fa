package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ChicoryInterruptedException;

/**
 * Where code of ours that works for a guest looks at the interrupt flag. Chicory's compiled code
 * looks at it at back edges and calls only.
 */
final class Interrupts {

    private Interrupts() {}

    /**
     * Ends the guest if its thread is interrupted. The flag stays set, as it does where Chicory
     * looks.
     *
     * @throws ChicoryInterruptedException if it is
     */
    static void heed() {
        if (Thread.currentThread().isInterrupted()) {
            throw new ChicoryInterruptedException("interrupted");
        }
    }
}
