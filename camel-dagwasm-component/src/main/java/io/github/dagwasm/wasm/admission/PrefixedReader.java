package io.github.dagwasm.wasm.admission;

/** What stands behind instructions of several bytes, and arguments of those that touch memory. */
final class PrefixedReader {

    private static final int MEMORY_IS_NAMED = 0x40;
    private static final int ALL_FLAGS = 0x7f;

    /** How many indexes stand behind 0xfc 8 and the next nine. */
    private static final int[] BULK_INDEXES = {2, 1, 2, 1, 2, 1, 2, 1, 1, 1};

    /** What these do to the number of operands. */
    private static final int[] BULK_CHANGES = {-3, 0, -3, -3, -3, 0, -3, -1, 1, -3};

    private static final int FIRST_BULK = 8;
    private static final int FIRST_OF_TABLES = 12;
    private static final int MEMORY_INIT = 8;
    private static final int MEMORY_COPY = 10;
    private static final int MEMORY_FILL = 11;
    private static final int FIRST_ONLY_OF_REFERENCES = 15;

    private static final int VECTOR_BYTES = 16;

    private final Findings findings;

    PrefixedReader(Findings findings) {
        this.findings = findings;
    }

    /**
     * Reads the rest of an instruction.
     *
     * @return how many operands there are more afterwards
     */
    int read(int prefix, Cursor body, int start) {
        long code = body.u32();
        switch (prefix) {
            case 0xfc -> {
                return readBulk(code, body, start);
            }
            case 0xfd -> readVector(code, body, start);
            case 0xfe -> readAtomic(code, body, start);
            default -> throw findings.unreadable(object(code), body.what());
        }
        return 0;
    }

    void readMemoryArgument(Cursor body) {
        int start = body.position();
        long flags = body.u32();
        if (flags > ALL_FLAGS) {
            throw body.malformed("no alignment " + flags, start);
        }
        if ((flags & MEMORY_IS_NAMED) != 0) {
            body.u32();
            findings.use(Feature.MULTI_MEMORY, body.what());
        }
        body.u32();
    }

    void readMemoryIndex(Cursor body) {
        if (body.u32() != 0) {
            findings.use(Feature.MULTI_MEMORY, body.what());
        }
    }

    private int readBulk(long code, Cursor body, int start) {
        if (code < FIRST_BULK) {
            findings.use(Feature.SATURATING_CONVERSIONS, body.what());
            return 0;
        }
        if (code >= FIRST_BULK + BULK_INDEXES.length) {
            throw unknown(0xfc, code, body, start);
        }
        findings.use(
                code < FIRST_ONLY_OF_REFERENCES ? Feature.BULK_MEMORY : Feature.REFERENCE_TYPES,
                body.what());
        int which = (int) code - FIRST_BULK;
        boolean ofMemory = code == MEMORY_COPY || code == MEMORY_FILL;
        for (int i = 0; i < BULK_INDEXES[which]; i++) {
            if (ofMemory || (code == MEMORY_INIT && i == 1)) {
                readMemoryIndex(body);
            } else if (body.u32() != 0 && code >= FIRST_OF_TABLES && code != 13) {
                findings.use(Feature.REFERENCE_TYPES, body.what());
            }
        }
        return BULK_CHANGES[which];
    }

    private void readVector(long code, Cursor body, int start) {
        if (code > 0x113) {
            throw unknown(0xfd, code, body, start);
        }
        findings.use(code > 0xff ? Feature.RELAXED_SIMD : Feature.SIMD, body.what());
        if (code <= 11 || code == 92 || code == 93) {
            readMemoryArgument(body);
        } else if (code <= 13) {
            body.skip(VECTOR_BYTES, "a vector");
        } else if (code >= 21 && code <= 34) {
            body.u8();
        } else if (code >= 84 && code <= 91) {
            readMemoryArgument(body);
            body.u8();
        }
    }

    private void readAtomic(long code, Cursor body, int start) {
        if ((code > 3 && code < 0x10) || code > 0x4e) {
            throw unknown(0xfe, code, body, start);
        }
        findings.use(Feature.THREADS, body.what());
        if (code == 3) {
            body.u8();
        } else {
            readMemoryArgument(body);
        }
    }

    private static Feature object(long code) {
        return code < 0x80 ? Feature.GARBAGE_COLLECTION : Feature.STRING_REFERENCES;
    }

    private static RuntimeException unknown(int prefix, long code, Cursor body, int start) {
        return body.malformed(String.format("no instruction 0x%02x %d", prefix, code), start);
    }
}
