package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.admission.Admission;
import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Budgets;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.WasmEngine;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Loads and links the modules of a script: through admission and the engine, as the sandbox does.
 * Functions of the suite's module {@code spectest} and of registered instances are handed in as
 * host functions, as far as they take and return numbers.
 */
final class SpecStore {

    private static final GuestLimits LIMITS = GuestLimits.DEFAULTS;

    /** The defaults, but for two that a module of the suite exceeds by a little. */
    private static final Budgets BUDGETS =
            Budgets.DEFAULTS.with(Budget.BRANCH_TARGETS, 20_000).with(Budget.TYPE_VALUES, 200);

    private static final Map<String, Signature> PRINTERS =
            Map.of(
                    "print", printer(),
                    "print_i32", printer(ValueType.I32),
                    "print_i64", printer(ValueType.I64),
                    "print_f32", printer(ValueType.F32),
                    "print_f64", printer(ValueType.F64),
                    "print_i32_f32", printer(ValueType.I32, ValueType.F32),
                    "print_f64_f64", printer(ValueType.F64, ValueType.F64));

    private final WasmEngine engine;
    private final Map<String, SpecInstance> registered = new TreeMap<>();
    private final Map<String, SpecVerdict> absent = new TreeMap<>();

    SpecStore(WasmEngine engine) {
        this.engine = engine;
    }

    private static Signature printer(ValueType... parameters) {
        return new Signature(List.of(parameters), List.of());
    }

    /** Admits and compiles a module. */
    WasmModule load(byte[] binary) {
        Map<String, String> provided = new LinkedHashMap<>();
        offers().forEach(f -> provided.put(f.qualifiedName(), f.signature().toString()));
        Admission.scan(binary, BUDGETS, LIMITS, provided);
        return engine.load(binary);
    }

    /** Makes an instance, and runs its start function. */
    SpecInstance instantiate(WasmModule module) throws InterruptedException {
        InstanceLimits limits =
                new InstanceLimits(
                        LIMITS.memoryBytes(),
                        LIMITS.tableEntries(),
                        LIMITS.callDepth(),
                        LIMITS.stackBytes());
        SpecInstance made =
                new SpecInstance(
                        module, module.instantiate(offers(), limits, MemoryReserve.UNLIMITED));
        registered.forEach(
                (name, other) -> {
                    if (other.isImportedAs(name, module)) {
                        made.link(other);
                    }
                });
        return made;
    }

    /** Offers the functions of an instance, if there is one, to the modules that follow. */
    void register(String name, SpecDefinition definition) {
        definition
                .instance()
                .ifPresentOrElse(
                        instance -> registered.put(name, instance),
                        () -> absent.put(name, definition.knockOn()));
    }

    /** What to say of a module that is refused for an import of a module that is not there. */
    Optional<SpecVerdict> absentImport(String sentence) {
        return absent.entrySet().stream()
                .filter(module -> sentence.startsWith("import " + module.getKey() + "."))
                .map(Map.Entry::getValue)
                .findFirst();
    }

    /** From now on the registered instances miss what a refused module would have done to them. */
    void forsake() {
        registered.values().forEach(SpecInstance::forsake);
    }

    private List<HostFunction> offers() {
        List<HostFunction> offers = new ArrayList<>();
        PRINTERS.forEach(
                (name, signature) ->
                        offers.add(
                                new HostFunction(
                                        "spectest",
                                        name,
                                        signature,
                                        (memory, arguments) -> new long[0])));
        registered.forEach(
                (as, instance) ->
                        instance.module()
                                .functions()
                                .forEach((name, of) -> offer(offers, as, instance, name, of)));
        return offers;
    }

    private static void offer(
            List<HostFunction> offers,
            String as,
            SpecInstance instance,
            String name,
            Signature signature) {
        if (signature.parameters().contains(ValueType.REF)
                || signature.results().contains(ValueType.REF)) {
            return;
        }
        HostFunction.Body body =
                (memory, arguments) -> {
                    try {
                        return instance.instance().call(name, arguments);
                    } catch (InterruptedException e) {
                        throw new IllegalStateException("nobody interrupts this thread", e);
                    }
                };
        offers.add(new HostFunction(as, name, signature, body));
    }
}
