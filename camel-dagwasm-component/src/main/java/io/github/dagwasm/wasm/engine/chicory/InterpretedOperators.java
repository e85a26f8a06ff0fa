package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.types.Instruction;
import com.dylibso.chicory.wasm.types.OpCode;
import com.dylibso.chicory.wasm.types.ValType;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Writes a function for the interpreter with the operators of {@link GuestNumbers}: what computes a
 * NaN gives the canonical one, and signs are bits. A tail call becomes a call and a return, as in
 * compiled code, so that the machine counts it. Stores that the interpreter would let wrap round
 * trap outside of the memory, as all others do.
 */
final class InterpretedOperators {

    private static final Set<OpCode> F32_COMPUTED = EnumSet.of(OpCode.F32_DEMOTE_F64);

    private static final Set<OpCode> F64_COMPUTED = EnumSet.of(OpCode.F64_PROMOTE_F32);

    static {
        F32_COMPUTED.addAll(EnumSet.range(OpCode.F32_CEIL, OpCode.F32_MAX));
        F64_COMPUTED.addAll(EnumSet.range(OpCode.F64_CEIL, OpCode.F64_MAX));
    }

    private static final long FLOAT_NAN = 0x7fc0_0000L;
    private static final long DOUBLE_NAN = 0x7ff8_0000_0000_0000L;

    private static final List<ValType> F32 = List.of(ValType.F32);
    private static final List<ValType> F64 = List.of(ValType.F64);
    private static final List<ValType> I64 = List.of(ValType.I64);
    private static final List<ValType> ADDRESS_AND_I32 = List.of(ValType.I32, ValType.I32);
    private static final List<ValType> ADDRESS_AND_I64 = List.of(ValType.I32, ValType.I64);

    private final CodeWriter out;

    private InterpretedOperators(FunctionCode code) {
        out = new CodeWriter(code);
    }

    static FunctionCode of(FunctionCode code) {
        InterpretedOperators operators = new InterpretedOperators(code);
        code.instructions().forEach(operators::write);
        return operators.out.code();
    }

    private void write(Instruction instruction) {
        OpCode opcode = instruction.opcode();
        switch (opcode) {
            case RETURN_CALL -> callAndReturn(OpCode.CALL, instruction);
            case RETURN_CALL_INDIRECT -> callAndReturn(OpCode.CALL_INDIRECT, instruction);
            case RETURN_CALL_REF -> callAndReturn(OpCode.CALL_REF, instruction);
            case F32_ABS -> float32(OpCode.I32_AND, Integer.MAX_VALUE);
            case F32_NEG -> float32(OpCode.I32_XOR, Integer.MIN_VALUE);
            case F64_ABS -> float64(OpCode.I64_AND, Long.MAX_VALUE);
            case F64_NEG -> float64(OpCode.I64_XOR, Long.MIN_VALUE);
            case F32_COPYSIGN -> copySign32();
            case F64_COPYSIGN -> copySign64();
            case F32_CONVERT_I64_U -> convert(OpCode.F32_CONVERT_I64_S, OpCode.F32_ADD, F32);
            case F64_CONVERT_I64_U -> convert(OpCode.F64_CONVERT_I64_S, OpCode.F64_ADD, F64);
            case I32_STORE8 -> loadAndStore(ADDRESS_AND_I32, instruction);
            case I64_STORE8 -> loadAndStore(ADDRESS_AND_I64, instruction);
            case I64_STORE32 -> {
                out.add(OpCode.I32_WRAP_I64);
                out.add(OpCode.I32_STORE, instruction.operands());
            }
            default -> {
                out.add(instruction);
                if (F32_COMPUTED.contains(opcode)) {
                    canonical(F32, OpCode.F32_CONST, FLOAT_NAN, OpCode.F32_EQ);
                } else if (F64_COMPUTED.contains(opcode)) {
                    canonical(F64, OpCode.F64_CONST, DOUBLE_NAN, OpCode.F64_EQ);
                }
            }
        }
    }

    private void callAndReturn(OpCode call, Instruction tailCall) {
        out.add(call, tailCall.operands());
        out.add(OpCode.RETURN);
    }

    /** The load traps if the address is outside of the memory; no other store is as narrow. */
    private void loadAndStore(List<ValType> operands, Instruction store) {
        out.save(operands);
        out.restore(operands.subList(0, 1), 0);
        out.add(OpCode.I32_LOAD8_U, store.operands());
        out.add(OpCode.DROP, ValType.I32.id());
        out.restore(operands, 0);
        out.add(store);
    }

    private void canonical(List<ValType> type, OpCode constant, long nan, OpCode equal) {
        out.save(type);
        out.restore(type, 0);
        out.add(constant, nan);
        out.restore(type, 0);
        out.restore(type, 0);
        out.add(equal);
        out.add(OpCode.SELECT, 0);
    }

    private void float32(OpCode operator, int bits) {
        out.add(OpCode.I32_REINTERPRET_F32);
        out.add(OpCode.I32_CONST, bits);
        out.add(operator);
        out.add(OpCode.F32_REINTERPRET_I32);
    }

    private void float64(OpCode operator, long bits) {
        out.add(OpCode.I64_REINTERPRET_F64);
        out.add(OpCode.I64_CONST, bits);
        out.add(operator);
        out.add(OpCode.F64_REINTERPRET_I64);
    }

    private void copySign32() {
        out.save(F32);
        out.add(OpCode.I32_REINTERPRET_F32);
        out.add(OpCode.I32_CONST, Integer.MAX_VALUE);
        out.add(OpCode.I32_AND);
        out.restore(F32, 0);
        out.add(OpCode.I32_REINTERPRET_F32);
        out.add(OpCode.I32_CONST, Integer.MIN_VALUE);
        out.add(OpCode.I32_AND);
        out.add(OpCode.I32_OR);
        out.add(OpCode.F32_REINTERPRET_I32);
    }

    private void copySign64() {
        out.save(F64);
        out.add(OpCode.I64_REINTERPRET_F64);
        out.add(OpCode.I64_CONST, Long.MAX_VALUE);
        out.add(OpCode.I64_AND);
        out.restore(F64, 0);
        out.add(OpCode.I64_REINTERPRET_F64);
        out.add(OpCode.I64_CONST, Long.MIN_VALUE);
        out.add(OpCode.I64_AND);
        out.add(OpCode.I64_OR);
        out.add(OpCode.F64_REINTERPRET_I64);
    }

    /** A number with its highest bit set is halved, with a last bit that says where a tie lies. */
    private void convert(OpCode signed, OpCode add, List<ValType> result) {
        out.save(I64);
        out.restore(I64, 0);
        out.add(OpCode.I64_CONST, 0);
        out.add(OpCode.I64_GE_S);
        out.add(OpCode.IF, result.get(0).id());
        out.restore(I64, 0);
        out.add(signed);
        out.add(OpCode.ELSE);
        out.restore(I64, 0);
        out.add(OpCode.I64_CONST, 1);
        out.add(OpCode.I64_SHR_U);
        out.restore(I64, 0);
        out.add(OpCode.I64_CONST, 1);
        out.add(OpCode.I64_AND);
        out.add(OpCode.I64_OR);
        out.add(signed);
        out.save(result);
        out.restore(result, 0);
        out.restore(result, 0);
        out.add(add);
        out.add(OpCode.END);
    }
}
