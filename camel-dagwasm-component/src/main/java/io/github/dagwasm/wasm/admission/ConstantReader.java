package io.github.dagwasm.wasm.admission;

/** Constant expressions: what globals, segments and tables begin with. */
final class ConstantReader {

    private final Findings findings;
    private final IndexSpaces spaces;

    ConstantReader(Findings findings, IndexSpaces spaces) {
        this.findings = findings;
        this.spaces = spaces;
    }

    /** Reads an expression to its end, and counts its instructions. */
    void read(Cursor at) {
        long instructions = 0;
        while (true) {
            int start = at.position();
            int opcode = at.u8();
            if (opcode == Opcodes.END) {
                findings.add(Budget.CONSTANT_INSTRUCTIONS, instructions);
                return;
            }
            instructions++;
            readInstruction(opcode, at, start);
        }
    }

    private void readInstruction(int opcode, Cursor at, int start) {
        switch (opcode) {
            case 0x23 -> at.u32(); // global.get
            case 0x41 -> at.signed(32);
            case 0x42 -> at.signed(64);
            case 0x43 -> at.skip(4, "a constant");
            case 0x44 -> at.skip(8, "a constant");
            case 0x6a, 0x6b, 0x6c, 0x7c, 0x7d, 0x7e ->
                    findings.use(Feature.EXTENDED_CONSTANTS, at.what());
            case 0xd0 -> {
                findings.use(Feature.REFERENCE_TYPES, at.what());
                ValueTypes.readHeapType(at, findings);
            }
            case 0xd2 -> {
                findings.use(Feature.REFERENCE_TYPES, at.what());
                spaces.requireFunction(at.u32(), at.what());
            }
            case 0xfb -> throw findings.unreadable(Feature.GARBAGE_COLLECTION, at.what());
            case 0xfd -> throw findings.unreadable(Feature.SIMD, at.what());
            default ->
                    throw at.malformed(
                            String.format("no constant instruction 0x%02x", opcode), start);
        }
    }
}
