package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.wasm.admission.ModuleFacts.Export;
import io.github.dagwasm.wasm.admission.ModuleFacts.Kind;
import java.util.Arrays;
import java.util.concurrent.ThreadLocalRandom;

/** The export section. */
final class ExportReader {

    private static final int LEAST_BYTES = 3;

    private final Findings findings;
    private final IndexSpaces spaces;
    private final long salt = ThreadLocalRandom.current().nextLong();

    ExportReader(Findings findings, IndexSpaces spaces) {
        this.findings = findings;
        this.spaces = spaces;
    }

    void read(Cursor section) {
        int first = section.position();
        long count = section.u32();
        findings.count(Budget.EXPORTS, count);
        long mayBe = Math.min(count, section.left() / LEAST_BYTES);
        long[] hashes = new long[(int) Math.min(mayBe, findings.allowed(Budget.EXPORTS))];
        for (long i = 0; i < count; i++) {
            int start = section.position();
            Cursor.Name name = i < ModuleFacts.SHOWN ? section.name() : section.skipName();
            findings.add(Budget.NAME_BYTES, name.length());
            if (i < hashes.length) {
                hashes[(int) i] = hash(section.goneTo(start));
            }
            readExported(section, i, name, section.goneTo(start));
        }
        section.requireEnd();
        findings.settle(Budget.NAME_BYTES);
        refuseRepeated(hashes, section.goneTo(first));
    }

    private void readExported(Cursor section, long index, Cursor.Name name, Cursor again) {
        Kind kind = ImportReader.kind(section, "export");
        long exported = section.u32();
        spaces.missing(kind, exported)
                .ifPresent(
                        missing ->
                                findings.refuse(
                                        "it exports " + again.name().shown() + " as " + missing));
        if (kind == Kind.GLOBAL && spaces.mutable(exported)) {
            findings.use(Feature.MUTABLE_GLOBALS, section.what());
        }
        if (index < ModuleFacts.SHOWN) {
            findings.add(new Export(name.shown(), kind, spaces.text(kind, exported)));
        }
    }

    /** An engine that knows exports by name keeps one of two, and not every engine the same. */
    private void refuseRepeated(long[] hashes, Cursor section) {
        long[] sorted = hashes.clone();
        Arrays.sort(sorted);
        for (int i = 1; i < sorted.length; i++) {
            if (sorted[i] == sorted[i - 1]) {
                findings.refuse("it exports " + nameWith(sorted[i], section) + " twice");
                return;
            }
        }
    }

    private String nameWith(long hash, Cursor section) {
        section.u32();
        while (true) {
            boolean found = hash(section.goneTo(section.position())) == hash;
            Cursor.Name name = section.name();
            if (found) {
                return name.shown();
            }
            section.u8();
            section.u32();
        }
    }

    private long hash(Cursor at) {
        long length = at.u32();
        long hash = salt;
        for (long i = 0; i < length; i++) {
            hash = (hash ^ at.u8()) * 0x9e3779b97f4a7c15L;
            hash ^= hash >>> 29;
        }
        return hash;
    }
}
