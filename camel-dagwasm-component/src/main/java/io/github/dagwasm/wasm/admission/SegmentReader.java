package io.github.dagwasm.wasm.admission;

/** The sections whose segments fill tables and memories. */
final class SegmentReader {

    private static final int NOT_ACTIVE = 1;
    private static final int EXPLICIT = 2;
    private static final int EXPRESSIONS = 4;
    private static final int ALL_FLAGS = 7;

    private static final int PASSIVE_DATA = 1;
    private static final int DATA_WITH_MEMORY = 2;

    private final Findings findings;
    private final IndexSpaces spaces;
    private final ConstantReader constants;
    private long announced = -1;

    SegmentReader(Findings findings, IndexSpaces spaces, ConstantReader constants) {
        this.findings = findings;
        this.spaces = spaces;
        this.constants = constants;
    }

    void readElements(Cursor section) {
        long count = section.u32();
        findings.count(Budget.ELEMENT_SEGMENTS, count);
        for (long i = 0; i < count; i++) {
            readElementSegment(section);
        }
        section.requireEnd();
        findings.settle(Budget.ELEMENT_ENTRIES);
        findings.settle(Budget.CONSTANT_INSTRUCTIONS);
    }

    private void readElementSegment(Cursor section) {
        int start = section.position();
        long flags = section.u32();
        if (flags > ALL_FLAGS) {
            throw section.malformed("no element segment has the flags " + flags, start);
        }
        boolean active = (flags & NOT_ACTIVE) == 0;
        boolean explicit = (flags & EXPLICIT) != 0;
        boolean expressions = (flags & EXPRESSIONS) != 0;
        if (!active || explicit || expressions) {
            findings.use(active ? Feature.REFERENCE_TYPES : Feature.BULK_MEMORY, section.what());
        }
        if (active) {
            if (explicit) {
                section.u32();
            }
            constants.read(section);
        }
        if (!active || explicit) {
            readKind(section, expressions);
        }
        long entries = section.u32();
        findings.add(Budget.ELEMENT_ENTRIES, entries);
        for (long i = 0; i < entries; i++) {
            if (expressions) {
                constants.read(section);
            } else {
                spaces.requireFunction(section.u32(), section.what());
            }
        }
        if (!expressions) {
            // An engine makes each a constant expression of one instruction.
            findings.add(Budget.CONSTANT_INSTRUCTIONS, entries);
        }
    }

    private void readKind(Cursor section, boolean expressions) {
        int start = section.position();
        boolean sound =
                expressions
                        ? ValueTypes.isReference(ValueTypes.read(section, findings))
                        : section.u8() == 0;
        if (!sound) {
            throw section.malformed("no kind of element", start);
        }
    }

    void readDataCount(Cursor section) {
        announced = section.u32();
        section.requireEnd();
        findings.use(Feature.BULK_MEMORY, section.what());
    }

    void readData(Cursor section) {
        long count = section.u32();
        findings.count(Budget.DATA_SEGMENTS, count);
        for (long i = 0; i < count; i++) {
            int start = section.position();
            long mode = section.u32();
            if (mode > DATA_WITH_MEMORY) {
                throw section.malformed("no data segment has the mode " + mode, start);
            }
            if (mode == PASSIVE_DATA) {
                findings.use(Feature.BULK_MEMORY, section.what());
            } else {
                if (mode == DATA_WITH_MEMORY && section.u32() != 0) {
                    findings.use(Feature.MULTI_MEMORY, section.what());
                }
                constants.read(section);
            }
            section.skip(section.u32(), "a data segment");
        }
        section.requireEnd();
        findings.settle(Budget.CONSTANT_INSTRUCTIONS);
        if (announced >= 0 && announced != count) {
            throw section.malformed(
                    count + " data segments, but the data count section says " + announced,
                    section.position());
        }
    }
}
