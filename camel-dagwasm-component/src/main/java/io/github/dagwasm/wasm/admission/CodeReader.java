package io.github.dagwasm.wasm.admission;

/** The code section: every function's locals and every instruction. */
final class CodeReader {

    private static final int LABEL = 0x0d;
    private static final int LOCAL_SET = 0x21;
    private static final int LOCAL_TEE = 0x22;

    /** The begin and end of what is tried, the handler, its end; and what stores the exception. */
    private static final int TRY_PLACES = 6;

    private static final int CATCH_PLACES = 3;

    private final Findings findings;
    private final IndexSpaces spaces;
    private final Frames frames;
    private final PrefixedReader prefixed;
    private long bodies;
    private long instructions;
    private long largestBody;
    private long targets;
    private long places;
    private long meetings;
    private long stores;
    private boolean tries;

    CodeReader(Findings findings, IndexSpaces spaces) {
        this.findings = findings;
        this.spaces = spaces;
        frames = new Frames(findings.allowed(Budget.NESTING) + 1);
        prefixed = new PrefixedReader(findings);
    }

    void read(Cursor section) {
        bodies = section.u32();
        long defined = findings.used(Budget.FUNCTIONS);
        if (bodies != defined) {
            throw section.malformed(
                    bodies + " bodies, but the function section has " + defined + " functions",
                    section.position());
        }
        for (long i = 0; i < bodies; i++) {
            long index = spaces.importedFunctions() + i;
            long size = section.u32();
            findings.peak(Budget.BODY_BYTES, size, "function", index);
            findings.count(Budget.CODE_BYTES, size);
            readBody(section.part(size, "a function body"), index);
        }
        section.requireEnd();
        findings.settle(Budget.LOCALS);
        findings.count(Budget.BRANCH_DEPTHS, frames.left());
        findings.count(Budget.LOOP_NEIGHBOURS, frames.neighbours());
        findings.count(Budget.HANDLER_EDGES, frames.handlerEdges());
        findings.settle(Budget.STACK_VALUES);
        findings.settle(Budget.FRAME_SLOTS);
    }

    long bodies() {
        return bodies;
    }

    /** How many instructions there are in all bodies. */
    long instructions() {
        return instructions;
    }

    /** How many instructions the largest body has. */
    long largestBody() {
        return largestBody;
    }

    /** How many places there are in all bodies where control flow meets. */
    long places() {
        return places;
    }

    /** How many targets all br_tables have together. */
    long targets() {
        return targets;
    }

    private void readBody(Cursor body, long index) {
        long groups = body.u32();
        long locals = 0;
        for (long g = 0; g < groups; g++) {
            locals += body.u32();
            ValueTypes.read(body, findings);
        }
        findings.add(Budget.LOCALS, locals);
        meetings = 0;
        stores = 0;
        tries = false;
        long before = instructions;
        frames.begin(spaces.types().results(spaces.typeOfFunction(index)));
        boolean ended = false;
        while (!ended) {
            ended = readInstruction(body, index);
        }
        body.requireEnd();
        largestBody = Math.max(largestBody, instructions - before);
        places += frames.places();
        findings.peak(Budget.FUNCTION_STACK_VALUES, frames.moved(), "function", index);
        findings.add(Budget.STACK_VALUES, frames.moved());
        addFrameSlots(locals, index);
    }

    /**
     * At each place a compiler keeps what it knows of every local. In a function with a try_table
     * each store is such a place, and what lies on the stack around one is kept in locals.
     */
    private void addFrameSlots(long locals, long index) {
        long parameters = spaces.types().parameters(spaces.typeOfFunction(index));
        long slots = Math.min(parameters + locals + frames.saved(), Integer.MAX_VALUE);
        // No more meetings than bytes in the module: the sum stays far below 2^63.
        findings.add(Budget.FRAME_SLOTS, slots * (meetings + (tries ? stores : 0)));
    }

    /** Reads one instruction, and says whether it was the function's last. */
    private boolean readInstruction(Cursor body, long function) {
        int start = body.position();
        int opcode = body.u8();
        instructions++;
        frames.change(Opcodes.change(opcode));
        switch (Opcodes.kind(opcode)) {
            case Opcodes.NOTHING -> {
                if (Opcodes.extendsSign(opcode)) {
                    findings.use(Feature.SIGN_EXTENSION, body.what());
                }
            }
            case Opcodes.INDEX -> {
                body.u32();
                if (opcode == LOCAL_SET || opcode == LOCAL_TEE) {
                    stores++;
                    frames.place(tries ? 1 : 0);
                }
            }
            case Opcodes.MEMORY_ARGUMENT -> prefixed.readMemoryArgument(body);
            case Opcodes.MEMORY_INDEX -> prefixed.readMemoryIndex(body);
            case Opcodes.INT_32 -> body.signed(32);
            case Opcodes.INT_64 -> body.signed(64);
            case Opcodes.FLOAT_32 -> body.skip(4, "a constant");
            case Opcodes.FLOAT_64 -> body.skip(8, "a constant");
            case Opcodes.REFERENCE -> readReference(opcode, body);
            case Opcodes.PREFIX -> frames.change(prefixed.read(opcode, body, start));
            case Opcodes.CONTROL -> {
                return readControl(opcode, body, start, function);
            }
            default -> throw unknown(opcode, body, start);
        }
        return false;
    }

    private boolean readControl(int opcode, Cursor body, int start, long function) {
        switch (opcode) {
            case Opcodes.END -> {
                meet();
                return frames.end();
            }
            case 0x02, 0x03 -> open(body, opcode == 0x03, function);
            case 0x04 -> {
                frames.change(-1);
                open(body, false, function);
            }
            case 0x05 -> {
                meet();
                frames.alternative();
            }
            case 0x1f -> openTry(body, function);
            case 0x0c, LABEL, 0xd5, 0xd6 -> readBranch(opcode, body);
            case 0x0e -> readBranchTable(body, function);
            case 0x00, 0x0a -> {
                noteExceptions(opcode == 0x0a, body);
                frames.leave();
            }
            case 0x08 -> {
                noteExceptions(true, body);
                frames.exchange(spaces.types().parameters(spaces.typeOfTag(body.u32())), 0);
                frames.leave();
            }
            case 0x0f -> {
                branch(frames.depth(), body);
                frames.leave();
            }
            case 0x10, 0x11, 0x12, 0x13, 0x14, 0x15 -> readCall(opcode, body);
            default -> throw unknown(opcode, body, start);
        }
        return false;
    }

    private void noteExceptions(boolean used, Cursor body) {
        if (used) {
            findings.use(Feature.EXCEPTIONS, body.what());
        }
    }

    private void meet() {
        meetings++;
        frames.place(1);
    }

    private void open(Cursor body, boolean loop, long function) {
        meet();
        open(body, loop, false, function);
    }

    private void open(Cursor body, boolean loop, boolean trying, long function) {
        int start = body.position();
        int code = body.peek();
        Types types = spaces.types();
        if (code == 0x40) {
            body.u8();
            open(0, 0, loop, trying);
        } else if ((code & 0xc0) == 0x40) {
            ValueTypes.read(body, findings);
            open(0, 1, loop, trying);
        } else {
            long type = body.signed(33);
            if (type < 0 || type >= types.count()) {
                throw body.malformed("no type of a block " + type, start);
            }
            findings.use(Feature.MULTI_VALUE, body.what());
            open(types.parameters(type), types.results(type), loop, trying);
        }
        findings.peak(Budget.NESTING, frames.depth(), "function", function);
    }

    private void open(int parameters, int results, boolean loop, boolean trying) {
        if (trying) {
            frames.openTry(parameters, results);
        } else {
            frames.open(parameters, results, loop);
        }
    }

    private void openTry(Cursor body, long function) {
        findings.use(Feature.EXCEPTIONS, body.what());
        tries = true;
        meetings += TRY_PLACES + frames.operands();
        open(body, false, true, function);
        frames.place(TRY_PLACES);
        long catches = body.u32();
        findings.peak(Budget.BRANCH_TARGETS, catches, "function", function);
        targets += catches;
        for (long i = 0; i < catches; i++) {
            int start = body.position();
            int kind = body.u8();
            if (kind > 3) {
                throw body.malformed("no kind of catch " + kind, start);
            }
            if (kind <= 1) {
                body.u32();
            }
            branch(body.u32() + 1, body);
            meetings += CATCH_PLACES - 1;
            frames.place(CATCH_PLACES - 1);
        }
    }

    private void readBranch(int opcode, Cursor body) {
        if (opcode == LABEL || opcode == 0xd6) {
            frames.change(-1);
        }
        if (opcode > LABEL) {
            findings.use(Feature.TYPED_REFERENCES, body.what());
        }
        branch(body.u32(), body);
        if (opcode == 0x0c) {
            frames.leave();
        }
    }

    private void branch(long label, Cursor body) {
        meetings++;
        if (!frames.branch(label)) {
            throw body.malformed("no block to branch to (" + label + ")", body.position());
        }
    }

    private void readBranchTable(Cursor body, long function) {
        frames.change(-1);
        long count = body.u32();
        findings.peak(Budget.BRANCH_TARGETS, count, "function", function);
        targets += count;
        for (long i = 0; i <= count; i++) {
            branch(body.u32(), body);
        }
        frames.leave();
    }

    private void readCall(int opcode, Cursor body) {
        long operand = body.u32();
        long type = operand;
        if (opcode == 0x10 || opcode == 0x12) {
            type = spaces.typeOfFunction(operand);
        } else {
            frames.change(-1);
        }
        if (opcode == 0x11 || opcode == 0x13) {
            if (body.u32() != 0) {
                findings.use(Feature.REFERENCE_TYPES, body.what());
            }
        } else if (opcode >= 0x14) {
            findings.use(Feature.TYPED_REFERENCES, body.what());
        }
        Types types = spaces.types();
        frames.exchange(types.parameters(type), types.results(type));
        if (opcode == 0x12 || opcode == 0x13 || opcode == 0x15) {
            findings.use(Feature.TAIL_CALLS, body.what());
            branch(frames.depth(), body);
            frames.leave();
        }
    }

    private void readReference(int opcode, Cursor body) {
        findings.use(Feature.REFERENCE_TYPES, body.what());
        switch (opcode) {
            case 0x1c -> {
                long count = body.u32();
                for (long i = 0; i < count; i++) {
                    ValueTypes.read(body, findings);
                }
            }
            case 0x25, 0x26, 0xd2 -> body.u32();
            case 0xd0 -> ValueTypes.readHeapType(body, findings);
            case 0xd3 -> findings.use(Feature.GARBAGE_COLLECTION, body.what());
            case 0xd4 -> findings.use(Feature.TYPED_REFERENCES, body.what());
            default -> {
                // ref.is_null has nothing behind it.
            }
        }
    }

    private RuntimeException unknown(int opcode, Cursor body, int start) {
        return switch (opcode) {
            case 0x06, 0x07, 0x09, 0x18, 0x19 ->
                    findings.unreadable(Feature.LEGACY_EXCEPTIONS, body.what());
            case 0xe0, 0xe1, 0xe2, 0xe3, 0xe4, 0xe5, 0xe6 ->
                    findings.unreadable(Feature.STACK_SWITCHING, body.what());
            default -> body.malformed(String.format("no instruction 0x%02x", opcode), start);
        };
    }
}
