package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.wasm.admission.ModuleFacts.Extent;
import io.github.dagwasm.wasm.admission.ModuleFacts.Kind;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.OptionalLong;

/**
 * The sections that say what functions, tables, memories, tags and globals there are, and which
 * function is the first to run.
 */
final class DefinitionReader {

    private static final long PAGE = 65536;
    private static final int HAS_MAXIMUM = 1;
    private static final int SHARED = 2;
    private static final int WIDE = 4;
    private static final int TABLE_WITH_VALUE = 0x40;

    private final Findings findings;
    private final IndexSpaces spaces;
    private final ConstantReader constants;
    private long tableEntries;
    private long tables;
    private long memories;

    DefinitionReader(Findings findings, IndexSpaces spaces, ConstantReader constants) {
        this.findings = findings;
        this.spaces = spaces;
        this.constants = constants;
    }

    void readFunctions(Cursor section) {
        long count = section.u32();
        findings.count(Budget.FUNCTIONS, count);
        for (long i = 0; i < count; i++) {
            spaces.function(section.u32());
        }
        section.requireEnd();
        spaces.settleProducts();
    }

    void readTables(Cursor section) {
        long count = section.u32();
        findings.count(Budget.TABLES, count);
        for (long i = 0; i < count; i++) {
            boolean value = section.peek() == TABLE_WITH_VALUE;
            if (value) {
                section.u8();
                int start = section.position();
                if (section.u8() != 0) {
                    throw section.malformed("no kind of table", start);
                }
                findings.use(Feature.TYPED_REFERENCES, section.what());
            }
            readTableType(section);
            if (value) {
                constants.read(section);
            }
        }
        section.requireEnd();
        GuestLimits limits = findings.terms().limits();
        findings.limit(
                "table entries", tableEntries, limits.tableEntries(), "limits.table_entries");
        findings.settle(Budget.CONSTANT_INSTRUCTIONS);
    }

    void readMemories(Cursor section) {
        long count = section.u32();
        for (long i = 0; i < count; i++) {
            readMemoryType(section);
        }
        section.requireEnd();
    }

    void readTags(Cursor section) {
        long count = section.u32();
        findings.count(Budget.TAGS, count);
        for (long i = 0; i < count; i++) {
            readTagType(section);
        }
        section.requireEnd();
    }

    void readGlobals(Cursor section) {
        long count = section.u32();
        findings.count(Budget.GLOBALS, count);
        for (long i = 0; i < count; i++) {
            readGlobalType(section);
            constants.read(section);
        }
        section.requireEnd();
        findings.settle(Budget.CONSTANT_INSTRUCTIONS);
    }

    void readStart(Cursor section) {
        long function = section.u32();
        section.requireEnd();
        spaces.missing(Kind.FUNCTION, function)
                .ifPresent(missing -> findings.refuse("it starts with " + missing));
        findings.start();
    }

    /** Reads the type of a table, and counts it. */
    String readTableType(Cursor section) {
        int start = section.position();
        long type = ValueTypes.FUNCTION_REFERENCE;
        if (section.peek() == type) {
            // The one kind of table that the first version had.
            section.u8();
        } else {
            type = ValueTypes.read(section, findings);
        }
        if (!ValueTypes.isReference(type)) {
            throw section.malformed("no type of a table", start);
        }
        Extent entries = readLimits(section, "table");
        // A table without entries is not free either.
        tableEntries += Math.max(1, entries.initial());
        tables++;
        if (tables > 1) {
            findings.use(Feature.REFERENCE_TYPES, section.what());
        }
        findings.addTable(entries);
        String text = ValueTypes.name(type) + ", " + entries;
        spaces.table(text);
        return text;
    }

    /** Reads the type of a memory, and counts it. */
    String readMemoryType(Cursor section) {
        Extent pages = readLimits(section, "memory");
        memories++;
        if (memories == 1) {
            findings.memory(pages);
            findings.limit(
                    "initial memory bytes",
                    pages.initial() * PAGE,
                    findings.terms().limits().memoryBytes(),
                    "limits.memory_mb");
        } else {
            findings.use(Feature.MULTI_MEMORY, section.what());
        }
        String text = pages + (pages.toString().equals("1") ? " page" : " pages");
        spaces.memory(text);
        return text;
    }

    String readGlobalType(Cursor section) {
        String type = ValueTypes.name(ValueTypes.read(section, findings));
        int start = section.position();
        int mutable = section.u8();
        if (mutable > 1) {
            throw section.malformed("no mutability " + mutable, start);
        }
        String text = mutable == 1 ? "mut " + type : type;
        spaces.global(text, mutable == 1);
        return text;
    }

    String readTagType(Cursor section) {
        int start = section.position();
        if (section.u8() != 0) {
            throw section.malformed("no kind of tag", start);
        }
        findings.use(Feature.EXCEPTIONS, section.what());
        long type = section.u32();
        spaces.tag(type);
        return spaces.types().text(type);
    }

    private Extent readLimits(Cursor section, String of) {
        int start = section.position();
        int flags = section.u8();
        if (flags > (HAS_MAXIMUM | SHARED | WIDE)) {
            throw section.malformed("no limits have the flags " + flags, start);
        }
        if ((flags & WIDE) != 0) {
            findings.use(Feature.MEMORY_64, "a 64-bit " + of);
        }
        if ((flags & SHARED) != 0) {
            findings.use(Feature.THREADS, "a shared " + of);
        }
        long minimum = section.u32();
        OptionalLong maximum =
                (flags & HAS_MAXIMUM) != 0 ? OptionalLong.of(section.u32()) : OptionalLong.empty();
        return new Extent(minimum, maximum);
    }
}
