package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.spi.Limits;
import java.util.Map;

/**
 * On which terms modules are admitted.
 *
 * @param budgets how much of what a module may have
 * @param limits how large its memory and its tables may begin
 * @param provided the functions that it may import: {@code module.name} and the type
 * @param heapBytes the heap that there is for all modules together
 */
record Terms(Budgets budgets, Limits limits, Map<String, String> provided, long heapBytes) {

    Terms {
        provided = Map.copyOf(provided);
    }
}
