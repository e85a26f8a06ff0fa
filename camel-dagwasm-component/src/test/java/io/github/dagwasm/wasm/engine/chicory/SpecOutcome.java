package io.github.dagwasm.wasm.engine.chicory;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What an action came to.
 *
 * @param results the results, as their types have them; none where it failed
 * @param failure the failure, if it failed
 */
record SpecOutcome(List<Long> results, Optional<DagWasmException> failure) {

    /** Does it. */
    static SpecOutcome of(WasmModule module, WasmInstance instance, SpecCommand command) {
        if (command.readsGlobal()) {
            long value = Innards.of(instance).exportedGlobal(command.field());
            return new SpecOutcome(List.of(value), Optional.empty());
        }
        List<ValueType> types = module.function(command.field()).orElseThrow().results();
        try {
            long[] results = instance.call(command.field(), command.arguments());
            List<Long> all =
                    IntStream.range(0, types.size())
                            .mapToObj(i -> is64(types.get(i)) ? results[i] : (int) results[i])
                            .toList();
            return new SpecOutcome(all, Optional.empty());
        } catch (DagWasmException e) {
            return new SpecOutcome(List.of(), Optional.of(e));
        } catch (InterruptedException e) {
            throw new IllegalStateException("nobody interrupts this thread", e);
        }
    }

    private static boolean is64(ValueType type) {
        return type == ValueType.I64 || type == ValueType.F64;
    }

    /** Whether it came to the same, to the bit. */
    boolean isLike(SpecOutcome other) {
        return results.equals(other.results)
                && failure.map(SpecOutcome::shown).equals(other.failure.map(SpecOutcome::shown));
    }

    /** The values, or how it failed. */
    @Override
    public String toString() {
        return failure.map(SpecOutcome::shown)
                .orElseGet(
                        () ->
                                results.stream()
                                        .map(value -> "0x" + Long.toHexString(value))
                                        .collect(joining(", ", "[", "]")));
    }

    /** Which of the two ends of a deep recursion comes first is not the suite's business. */
    private static String shown(DagWasmException failure) {
        return SpecJudge.isExhaustion(failure)
                ? "call stack exhausted"
                : failure.kind() + ": " + failure.getMessage();
    }
}
