package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.InvalidException;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.Export;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionImport;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.MemoryLimits;
import com.dylibso.chicory.wasm.types.ValType;
import io.github.dagwasm.wasm.engine.HeapCost;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.Spending;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.Wasi;
import io.github.dagwasm.wasm.engine.WasiFunctions;
import io.github.dagwasm.wasm.engine.WasiWorld;
import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmMemory;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;

/** A parsed module with the classes that were compiled from it. */
final class ChicoryModule implements WasmModule {

    private static final Map<ValType, ValueType> NUMBERS =
            Map.of(
                    ValType.I32, ValueType.I32,
                    ValType.I64, ValueType.I64,
                    ValType.F32, ValueType.F32,
                    ValType.F64, ValueType.F64,
                    ValType.V128, ValueType.V128);

    /** What a local takes in a frame of the interpreter: its value, its type, its place. */
    private static final long LOCAL_BYTES = 8 + 8 + 4;

    /** What a block that is open takes there. */
    private static final long BLOCK_BYTES = 48;

    /** What an instance takes of the heap for each global and export, and for each data segment. */
    private static final long OBJECT_BYTES = 48;

    private static final long SEGMENT_BYTES = 8;

    private final com.dylibso.chicory.wasm.WasmModule module;
    private final Function<Instance, Machine> machines;
    private final FlatMemory.Factory linearMemories;
    private final CounterMaker counters = new CounterMaker();
    private final Map<Integer, Long> interpretedFrames;
    private final Map<String, Signature> functions;
    private final Map<String, Integer> functionIndices;
    private final FunctionNames functionNames;
    private final Set<String> memories;
    private final Set<String> wasiFunctions;
    private final Optional<String> freshBecause;
    private final long bytesBesideMemory;
    private final long initialBytes;

    ChicoryModule(
            com.dylibso.chicory.wasm.WasmModule module,
            Function<Instance, Machine> machines,
            Set<Integer> interpreted,
            FunctionNames names,
            FlatMemory.Factory linearMemories) {
        this.module = module;
        functionNames = names;
        this.machines = machines;
        this.linearMemories = linearMemories;
        Map<String, Signature> found = new LinkedHashMap<>();
        Set<String> foundMemories = new HashSet<>();
        List<Integer> types = functionTypes();
        interpretedFrames = interpretedFrames(interpreted, types);
        Set<String> exports = new HashSet<>();
        Map<String, Integer> indices = new HashMap<>();
        for (int i = 0; i < module.exportSection().exportCount(); i++) {
            Export export = module.exportSection().getExport(i);
            if (!exports.add(export.name())) {
                // Chicory notices at the first instance only.
                throw new InvalidException("two exports have the same name");
            }
            if (export.exportType() == ExternalType.FUNCTION) {
                found.put(export.name(), signature(types.get(export.index())));
                indices.put(export.name(), export.index());
            } else if (export.exportType() == ExternalType.MEMORY) {
                foundMemories.add(export.name());
            }
        }
        functions = Collections.unmodifiableMap(found);
        functionIndices = Map.copyOf(indices);
        memories = Set.copyOf(foundMemories);
        wasiFunctions = wasiFunctions();
        freshBecause = ResetObstacle.find(module, interpreted);
        bytesBesideMemory =
                declaredTableBytes()
                        + pagesOfObjects() * Memory.PAGE_SIZE
                        + (importsWasi() ? GuestDescriptors.DESK_BYTES : 0)
                        + (interpreted.isEmpty() ? 0 : CountedMachine.FRAME_BYTES);
        initialBytes =
                HeapCost.ofArray((long) declaredMemory().initialPages() * Memory.PAGE_SIZE)
                        + bytesBesideMemory;
    }

    @Override
    public Map<String, Signature> functions() {
        return functions;
    }

    /** The index of an exported function, imports counted. */
    Optional<Integer> functionIndex(String name) {
        return Optional.ofNullable(functionIndices.get(name));
    }

    @Override
    public boolean importsFunction(String from, String name) {
        return module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .anyMatch(i -> i.module().equals(from) && i.name().equals(name));
    }

    @Override
    public boolean exportsMemory(String name) {
        return memories.contains(name);
    }

    @Override
    public List<Integer> interpretedFunctions() {
        return List.copyOf(interpretedFrames.keySet());
    }

    @Override
    public Optional<String> freshBecause() {
        return freshBecause;
    }

    @Override
    public long initialBytes() {
        return initialBytes;
    }

    @Override
    public boolean importsWasi() {
        return !wasiFunctions.isEmpty();
    }

    @Override
    public Wasi wasi(WasiWorld world) {
        WasiRehearsal.hold();
        return new ChicoryWasi(world, wasiFunctions);
    }

    private Set<String> wasiFunctions() {
        Set<String> names = new LinkedHashSet<>();
        module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .filter(function -> function.module().equals(WasiFunctions.MODULE))
                .forEach(function -> names.add(function.name()));
        return names;
    }

    /** What an instance begins with beside its linear memory. */
    long bytesBesideMemory() {
        return bytesBesideMemory;
    }

    /** Beside memory and tables an instance is small, unless its module sees to that. */
    private long pagesOfObjects() {
        long objects =
                (long) module.globalSection().globalCount() + module.exportSection().exportCount();
        long segments = module.dataSection().dataSegmentCount();
        return (objects * OBJECT_BYTES + segments * SEGMENT_BYTES) / Memory.PAGE_SIZE;
    }

    @Override
    public WasmInstance instantiate(
            List<HostFunction> hostFunctions,
            InstanceLimits limits,
            MemoryReserve reserve,
            Spending spending,
            Optional<SpareMemory> spare)
            throws InterruptedException {
        Meter meter = new Meter(spending);
        FlatSpare again = spare.map(FlatSpare.class::cast).orElseGet(FlatSpare::none);
        long held = Math.max(initialBytes, again.bytes());
        Growth growth = new Growth(limits, declaredTableEntries(), held, reserve);
        UnwoundCalls unwound = new UnwoundCalls();
        EngineFailures failures =
                new EngineFailures(limits, growth, meter, unwound, this::isCompiled, this::namesOf);
        OperandCount operands = new OperandCount();
        try {
            FlatMemory memory = linearMemories.memory(declaredMemory(), growth, meter, again);
            ChicoryMemory view = new ChicoryMemory(memory, growth);
            Instance.Builder builder =
                    Instance.builder(module)
                            .withMachineFactory(
                                    instance -> machine(instance, limits, meter, operands, unwound))
                            .withMemoryLimits(memory.limits())
                            .withMemoryFactory(same -> memory)
                            .withTableFactory(
                                    (table, init) -> new LimitedTable(table, init, growth, meter))
                            .withGlobalFactory(
                                    (low, high, type, mutability) -> {
                                        meter.look();
                                        return new GlobalInstance(low, high, type, mutability);
                                    })
                            .withImportValues(imports(hostFunctions, view, meter))
                            // A `_start` is not called: whether and when is the ABI's business.
                            .withStart(false);
            if (partlyInterpreted()) {
                builder.withUnsafeExecutionListener(new InterpreterWatch(meter, operands));
            }
            return new ChicoryInstance(
                    this, builder.build(), memory, view, growth, meter, failures);
        } catch (Throwable t) {
            throw failures.failure(t);
        }
    }

    private Machine machine(
            Instance instance,
            InstanceLimits limits,
            Meter meter,
            OperandCount operands,
            UnwoundCalls unwound) {
        Machine compiled = machines.apply(instance);
        Object counter = counters.make(compiled, meter);
        long left = CallsLeft.of(limits.callDepth(), limits.stackBytes());
        return new CountedMachine(
                compiled,
                () -> new GuestInterpreter(instance, operands),
                counter,
                interpretedFrames,
                meter,
                unwound,
                left);
    }

    private boolean isCompiled(int function) {
        return function >= module.importSection().count(ExternalType.FUNCTION)
                && !interpretedFrames.containsKey(function);
    }

    /**
     * What functions are called: by the module's own names for them, and where one has none as it
     * is exported. Nothing where the module names none of them: numbers help nobody.
     */
    private Map<Integer, String> namesOf(Set<Integer> functions) {
        Map<Integer, String> known = functionNames.of(functions);
        if (known.isEmpty()) {
            return known;
        }
        functionIndices.forEach(
                (name, index) -> {
                    if (functions.contains(index)) {
                        known.putIfAbsent(index, FunctionNames.shown(name));
                    }
                });
        return known;
    }

    private static ImportValues imports(
            List<HostFunction> hostFunctions, WasmMemory memory, Meter meter) {
        WasmMemory charged = new ChargedMemory(memory, meter);
        List<ImportFunction> imports = new ArrayList<>();
        for (HostFunction host : hostFunctions) {
            imports.add(
                    new com.dylibso.chicory.runtime.HostFunction(
                            host.module(),
                            host.name(),
                            FunctionType.of(
                                    types(host.signature().parameters()),
                                    types(host.signature().results())),
                            (instance, arguments) -> {
                                meter.look();
                                return host.call(charged, arguments);
                            }));
        }
        return ImportValues.builder().withFunctions(imports).build();
    }

    private MemoryLimits declaredMemory() {
        return module.memorySection()
                .filter(section -> section.memoryCount() > 0)
                .map(section -> section.getMemory(0).limits())
                .orElseGet(() -> new MemoryLimits(0, 0));
    }

    private long declaredTableEntries() {
        long sum = 0;
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            sum += module.tableSection().getTable(i).limits().min();
        }
        return sum;
    }

    private long declaredTableBytes() {
        long sum = 0;
        for (int i = 0; i < module.tableSection().tableCount(); i++) {
            long entries = module.tableSection().getTable(i).limits().min();
            sum += HeapCost.ofArray(entries * LimitedTable.ENTRY_BYTES);
        }
        return sum;
    }

    /** What the interpreter needs for each function's parameters and locals, by its index. */
    private Map<Integer, Long> interpretedFrames(Set<Integer> interpreted, List<Integer> types) {
        int imports = types.size() - module.functionSection().functionCount();
        Map<Integer, Long> frames = new LinkedHashMap<>();
        for (Integer function : new TreeSet<>(interpreted)) {
            long parameters = module.typeSection().getType(types.get(function)).params().size();
            FunctionBody body = module.codeSection().getFunctionBody(function - imports);
            long locals = body.localTypes().size();
            long blocks =
                    body.instructions().stream()
                            .mapToInt(AnnotatedInstruction::depth)
                            .max()
                            .orElse(0);
            frames.put(function, (parameters + locals) * LOCAL_BYTES + (blocks + 1) * BLOCK_BYTES);
        }
        return Collections.unmodifiableMap(frames);
    }

    /** The index of every function's type, imports first. */
    private List<Integer> functionTypes() {
        List<Integer> types = new ArrayList<>();
        module.importSection().stream()
                .filter(FunctionImport.class::isInstance)
                .forEach(function -> types.add(((FunctionImport) function).typeIndex()));
        for (int i = 0; i < module.functionSection().functionCount(); i++) {
            types.add(module.functionSection().getFunctionType(i));
        }
        return types;
    }

    private Signature signature(int type) {
        FunctionType function = module.typeSection().getType(type);
        return new Signature(valueTypes(function.params()), valueTypes(function.returns()));
    }

    private static List<ValueType> valueTypes(List<ValType> types) {
        return types.stream().map(t -> NUMBERS.getOrDefault(t, ValueType.REF)).toList();
    }

    private static List<ValType> types(List<ValueType> types) {
        return types.stream().map(ChicoryModule::type).toList();
    }

    private static ValType type(ValueType type) {
        return switch (type) {
            case I32 -> ValType.I32;
            case I64 -> ValType.I64;
            case F32 -> ValType.F32;
            case F64 -> ValType.F64;
            case V128 -> ValType.V128;
            case REF ->
                    throw new IllegalArgumentException("host functions take and return numbers");
        };
    }
}
