package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.failure.ModuleRefusedException;

/** The sections of one module, one after the other. For one scan. */
final class ModuleReader {

    private static final long MB = 1L << 20;

    private final byte[] wasm;
    private final Findings findings;
    private final DefinitionReader definitions;
    private final ImportReader imports;
    private final ExportReader exports;
    private final IndexSpaces spaces;
    private final SegmentReader segments;
    private final CodeReader code;

    ModuleReader(byte[] wasm, Findings findings) {
        this.wasm = wasm;
        this.findings = findings;
        spaces = new IndexSpaces(findings);
        ConstantReader constants = new ConstantReader(findings, spaces);
        definitions = new DefinitionReader(findings, spaces, constants);
        imports = new ImportReader(findings, spaces, definitions);
        exports = new ExportReader(findings, spaces);
        segments = new SegmentReader(findings, spaces, constants);
        code = new CodeReader(findings, spaces);
    }

    /**
     * Reads the module.
     *
     * @throws ModuleRefusedException where it cannot be read on, and at whatever the findings say
     */
    void read() {
        findings.add(Budget.MODULE_BYTES, wasm.length);
        // First: the size of a file that is no module is not the news.
        BinaryHeader.check(wasm);
        findings.settle(Budget.MODULE_BYTES);
        Cursor module = new Cursor(wasm, BinaryHeader.LENGTH, wasm.length, "the module");
        Section last = null;
        while (!module.atEnd()) {
            int start = module.position();
            int id = module.u8();
            long size = module.u32();
            if (id == Section.CUSTOM) {
                readCustom(module.part(size, "a custom section"));
                continue;
            }
            Section section =
                    Section.of(id)
                            .orElseThrow(
                                    () -> module.malformed("no section has the id " + id, start));
            requireOrder(section, last);
            last = section;
            read(section, module.part(size, section.toString()));
        }
        findings.settle(Budget.NAME_BYTES);
        requireBodies();
        settleComparisons();
        requireHeap();
    }

    ModuleFacts facts() {
        return findings.facts(wasm.length, loadBytes());
    }

    private long loadBytes() {
        return LoadEstimate.of(wasm.length, findings, spaces, code);
    }

    private void readCustom(Cursor content) {
        findings.count(Budget.CUSTOM_SECTIONS, 1);
        Cursor.Name name = content.name();
        findings.add(Budget.NAME_BYTES, name.length());
        findings.addCustomSection(name.shown());
    }

    private static void requireOrder(Section section, Section last) {
        if (last != null && section.compareTo(last) <= 0) {
            throw new ModuleRefusedException(
                    section == last
                            ? "it is malformed: it has " + section + " twice"
                            : "it is malformed: " + section + " stands after " + last);
        }
    }

    private void read(Section section, Cursor content) {
        switch (section) {
            case TYPE -> spaces.types().read(content);
            case IMPORT -> imports.read(content);
            case FUNCTION -> definitions.readFunctions(content);
            case TABLE -> definitions.readTables(content);
            case MEMORY -> definitions.readMemories(content);
            case TAG -> definitions.readTags(content);
            case GLOBAL -> definitions.readGlobals(content);
            case EXPORT -> exports.read(content);
            case START -> definitions.readStart(content);
            case ELEMENT -> segments.readElements(content);
            case DATA_COUNT -> segments.readDataCount(content);
            case CODE -> code.read(content);
            case DATA -> segments.readData(content);
        }
    }

    private void requireBodies() {
        long functions = findings.used(Budget.FUNCTIONS);
        if (code.bodies() != functions) {
            throw new ModuleRefusedException(
                    "it is malformed: it has no code section, and " + functions + " functions");
        }
    }

    /** Where references to types are used, each instruction may have two of them compared. */
    private void settleComparisons() {
        if (findings.uses(Feature.TYPED_REFERENCES)) {
            long compared =
                    code.instructions()
                            + findings.used(Budget.STACK_VALUES)
                            + findings.used(Budget.CONSTANT_INSTRUCTIONS)
                            + findings.used(Budget.ELEMENT_ENTRIES)
                            + findings.used(Budget.TABLES);
            findings.count(Budget.TYPE_COMPARISONS, compared * spaces.types().mostSteps());
        }
    }

    private void requireHeap() {
        long heap = findings.terms().heapBytes();
        long load = loadBytes();
        if (load > heap / 2) {
            findings.refuse(
                    "loading it takes about "
                            + load / MB
                            + " MiB of heap, over half of the "
                            + heap / MB
                            + " MiB that there are; start Java with a larger heap (-Xmx"
                            + (2 * load / MB + 1)
                            + "m)");
        }
    }
}
