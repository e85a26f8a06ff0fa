package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.ImportFunction;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.InterpreterMachine;
import com.dylibso.chicory.runtime.MStack;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import com.dylibso.chicory.wasm.types.AnnotatedInstruction;
import com.dylibso.chicory.wasm.types.CatchOpCode;
import com.dylibso.chicory.wasm.types.ExternalType;
import com.dylibso.chicory.wasm.types.FunctionBody;
import com.dylibso.chicory.wasm.types.FunctionType;
import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.io.ByteArrayInputStream;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Says how much fuel a run takes, by watching each instruction in Chicory's interpreter. It shares
 * nothing with the code that it judges: the engine's memory, tables, machine and meter are not in
 * use here.
 */
final class FuelOracle {

    private static final long UNIT_BYTES = 4096;
    private static final long PAGE_BYTES = 65_536;
    private static final long ENTRY_BYTES = 4;

    /** Where an instruction stands. */
    private record Place(FunctionBody body, int index) {}

    private final IdentityHashMap<Instruction, Place> places = new IdentityHashMap<>();
    private final Instance instance;
    private long units;
    private long bytes;
    private long pending;
    private boolean growing;
    private boolean thrown;

    /** A module whose only import is {@code env.copy(address, length)}, if it has any. */
    FuelOracle(byte[] wasm) {
        WasmModule module = plain(parsed(wasm));
        for (FunctionBody body : module.codeSection().functionBodies()) {
            for (int i = 0; i < body.instructions().size(); i++) {
                places.put(body.instructions().get(i), new Place(body, i));
            }
        }
        ImportFunction copy =
                new com.dylibso.chicory.runtime.HostFunction(
                        "env",
                        "copy",
                        FunctionType.of(List.of(ValType.I32, ValType.I32), List.of()),
                        (of, arguments) -> {
                            bytes += arguments[1];
                            return new long[0];
                        });
        instance =
                Instance.builder(module)
                        .withMachineFactory(InterpreterMachine::new)
                        .withUnsafeExecutionListener(this::watch)
                        .withImportValues(ImportValues.builder().addFunction(copy).build())
                        .withStart(false)
                        .build();
        units = 0;
        bytes = 0;
    }

    /** Not validated: Chicory refuses some valid modules. */
    private static WasmModule parsed(byte[] wasm) {
        return Parser.builder()
                .withValidation(false)
                .build()
                .parse(() -> new ByteArrayInputStream(wasm));
    }

    /**
     * The module without what Chicory's interpreter gets wrong. {@link InterpretedFlowTest} holds
     * that it answers as the compiled one.
     */
    private static WasmModule plain(WasmModule module) {
        int imports = module.importSection().count(ExternalType.FUNCTION);
        Set<Integer> all =
                IntStream.range(imports, imports + module.functionSection().functionCount())
                        .boxed()
                        .collect(Collectors.toSet());
        return MendedModule.of(module, all);
    }

    /** What a call takes; what it did before has happened. */
    long fuel(String function, long... arguments) {
        units = 0;
        bytes = 0;
        pending = 0;
        instance.export(function).apply(arguments);
        bytes += pending;
        pending = 0;
        return units + bytes / UNIT_BYTES;
    }

    byte[] memory(int address, int length) {
        return instance.memory().readBytes(address, length);
    }

    void write(int address, byte[] content) {
        instance.memory().write(address, content);
    }

    long[] call(String function, long... arguments) {
        return instance.export(function).apply(arguments);
    }

    private void watch(Instruction instruction, MStack stack) {
        settle(stack);
        Place place = places.get(instruction);
        if (thrown && catches(place)) {
            units++;
        }
        thrown = false;
        AnnotatedInstruction at = (AnnotatedInstruction) instruction;
        switch (instruction.opcode()) {
            case BR -> branch(place, at.labelTrue());
            case BR_IF -> {
                if ((int) stack.peek() != 0) {
                    branch(place, at.labelTrue());
                }
            }
            case BR_TABLE -> {
                int last = at.labelTable().size() - 1;
                long index = Integer.toUnsignedLong((int) stack.peek());
                branch(place, at.labelTable().get((int) Math.min(index, last)));
            }
            case CALL, CALL_INDIRECT, RETURN_CALL, RETURN_CALL_INDIRECT -> units++;
            case MEMORY_FILL, MEMORY_COPY, MEMORY_INIT -> pending = top(stack);
            case TABLE_FILL, TABLE_COPY, TABLE_INIT -> pending = top(stack) * ENTRY_BYTES;
            case TABLE_SET -> pending = ENTRY_BYTES;
            case MEMORY_GROW, TABLE_GROW -> {
                boolean memory = instruction.opcode() == OpCode.MEMORY_GROW;
                pending = top(stack) * (memory ? PAGE_BYTES : ENTRY_BYTES);
                growing = true;
            }
            case THROW, THROW_REF -> thrown = true;
            default -> {}
        }
    }

    /** The instruction before this one is done, so that it did not trap. */
    private void settle(MStack stack) {
        if (!growing || (int) stack.peek() != -1) {
            bytes += pending;
        }
        growing = false;
        pending = 0;
    }

    private void branch(Place place, int target) {
        if (target <= place.index()) {
            units++;
        }
    }

    /** Whether something thrown goes on here, and that lies before what caught it. */
    private static boolean catches(Place target) {
        List<AnnotatedInstruction> code = target.body().instructions();
        for (int i = target.index(); i < code.size(); i++) {
            if (code.get(i).opcode() == OpCode.TRY_TABLE
                    && code.get(i).catches().stream()
                            .mapToInt(CatchOpCode.Catch::resolvedLabel)
                            .anyMatch(label -> label == target.index())) {
                return true;
            }
        }
        return false;
    }

    private static long top(MStack stack) {
        return Integer.toUnsignedLong((int) stack.peek());
    }
}
