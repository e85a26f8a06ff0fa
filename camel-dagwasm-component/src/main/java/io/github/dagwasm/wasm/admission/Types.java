package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.failure.ModuleRefusedException;
import java.util.concurrent.ThreadLocalRandom;

/**
 * The type section. Remembers where each type stands and reads it again when it is asked for, so
 * that a million types cost some million bytes and no objects. Types over the budget are not
 * remembered: they count, and have no values.
 */
final class Types {

    private static final int FUNCTION = 0x60;
    private static final int LEAST_BYTES = 3;

    /** What a type refers to when it refers to itself. */
    private static final long ITSELF = 1L << 33;

    /** More than any budget allows; times all instructions still a long. */
    private static final long MOST_STEPS = 1L << 32;

    private final Findings findings;
    private Cursor section = new Cursor(new byte[0], 0, 0, "");
    private int[] positions = {};
    private int[] parameters = {};
    private int[] results = {};
    private int known;

    /** The first type of the same signature, for each type. */
    private int[] same = {};

    /** Indexes of types by signature, plus one; open addressing. */
    private int[] table = {};

    /** The steps of comparing each type with another, at most. */
    private long[] steps = {};

    private long mostSteps;
    private long allValues;

    /** How many values {@link #hashValues} has read: a second result, without an object. */
    private long lastCount;

    Types(Findings findings) {
        this.findings = findings;
    }

    void read(Cursor content) {
        section = content;
        long count = content.u32();
        findings.count(Budget.TYPES, count);
        long mayBe = Math.min(count, content.left() / LEAST_BYTES);
        int most = (int) Math.min(mayBe, findings.allowed(Budget.TYPES));
        positions = new int[most];
        parameters = new int[most];
        results = new int[most];
        same = new int[most];
        steps = new long[most];
        table = new int[Math.max(1, Integer.highestOneBit(most) << 2)];
        // Salted, or a module could choose signatures that all meet in one place.
        long salt = ThreadLocalRandom.current().nextLong();
        for (long i = 0; i < count; i++) {
            readType(content, i, salt);
        }
        content.requireEnd();
        countSteps();
    }

    private void readType(Cursor content, long index, long salt) {
        int start = content.position();
        int form = content.u8();
        if (form != FUNCTION) {
            throw notFunction(content, form, index, start);
        }
        long hash = hashValues(content, salt, index);
        long ofParameters = lastCount;
        hash = hashValues(content, hash * 31 + 1, index);
        long ofResults = lastCount;
        allValues += ofParameters + ofResults;
        findings.peak(Budget.TYPE_VALUES, ofParameters + ofResults, "type", index);
        if (ofResults > 1) {
            findings.use(Feature.MULTI_VALUE, "type " + index);
        }
        if (known < positions.length) {
            positions[known] = start;
            parameters[known] = (int) ofParameters;
            results[known] = (int) ofResults;
            same[known] = firstOfSignature(known, hash);
            known++;
        }
    }

    private long hashValues(Cursor at, long seed, long index) {
        long count = at.u32();
        long hash = mix(seed + count);
        for (long i = 0; i < count; i++) {
            hash = mix(hash + canonical(ValueTypes.read(at, findings), index));
        }
        lastCount = count;
        return hash;
    }

    /** The value type, equal for references to types that are equal. */
    private long canonical(long value, long index) {
        long referred = ValueTypes.referredType(value);
        if (referred < 0) {
            return value;
        }
        if (referred > index) {
            throw new ModuleRefusedException(
                    "type " + index + " refers to type " + referred + ", which is not before it");
        }
        return ValueTypes.referringTo(value, referred == index ? ITSELF : first(referred));
    }

    private long first(long type) {
        return knows(type) ? same[(int) type] : type;
    }

    /**
     * Counts how many values comparing a type with another looks at: an engine does not remember
     * that it has compared two types before. It need not look into a type that only has itself for
     * an equal. Of two types that differ it looks into those that stand first.
     */
    private void countSteps() {
        int[] equals = new int[known];
        for (int type = 0; type < known; type++) {
            equals[same[type]]++;
        }
        for (int type = 0; type < known; type++) {
            steps[type] = steps(type, equals);
            mostSteps = Math.max(mostSteps, steps[type]);
            findings.peak(Budget.TYPE_COMPARISON, steps[type], "type", type);
        }
    }

    private long steps(int type, int[] equals) {
        Cursor at = valuesOf(type);
        long sum = 1;
        long deepest = 0;
        for (int list = 0; list < 2; list++) {
            for (long left = at.u32(); left > 0; left--) {
                sum++;
                long referred = ValueTypes.referredType(ValueTypes.read(at, findings));
                if (referred >= 0 && referred < type) {
                    deepest = Math.max(deepest, steps[(int) referred]);
                    sum += equals[same[(int) referred]] > 1 ? steps[(int) referred] : 0;
                }
            }
        }
        return Math.min(MOST_STEPS, sum + deepest);
    }

    private static long mix(long value) {
        long mixed = (value ^ value >>> 32) * 0x9e3779b97f4a7c15L;
        return mixed ^ mixed >>> 29;
    }

    private int firstOfSignature(int type, long hash) {
        int mask = table.length - 1;
        int at = (int) hash & mask;
        while (table[at] != 0) {
            int other = table[at] - 1;
            if (equal(other, type)) {
                return other;
            }
            at = at + 1 & mask;
        }
        table[at] = type + 1;
        return type;
    }

    private boolean equal(int one, int other) {
        if (parameters[one] != parameters[other] || results[one] != results[other]) {
            return false;
        }
        Cursor a = valuesOf(one);
        Cursor b = valuesOf(other);
        if (!equalValues(a, one, b, other)) {
            return false;
        }
        // The cursors stand at the results now.
        return equalValues(a, one, b, other);
    }

    private boolean equalValues(Cursor a, int one, Cursor b, int other) {
        long count = a.u32();
        b.u32();
        for (long i = 0; i < count; i++) {
            if (canonical(ValueTypes.read(a, findings), one)
                    != canonical(ValueTypes.read(b, findings), other)) {
                return false;
            }
        }
        return true;
    }

    private Cursor valuesOf(int type) {
        Cursor at = section.goneTo(positions[type]);
        at.u8();
        return at;
    }

    private RuntimeException notFunction(Cursor content, int form, long index, int start) {
        return switch (form) {
            case 0x5f, 0x5e, 0x50, 0x4f, 0x4e ->
                    findings.unreadable(Feature.GARBAGE_COLLECTION, "type " + index);
            case 0x5d -> findings.unreadable(Feature.STACK_SWITCHING, "type " + index);
            default -> content.malformed(String.format("no kind of type 0x%02x", form), start);
        };
    }

    /** How many types there are, remembered or not. */
    long count() {
        return findings.used(Budget.TYPES);
    }

    /** How many parameters and results all types have together. */
    long allValues() {
        return allValues;
    }

    /** The steps of comparing a type with another, at most. */
    long steps(long type) {
        return knows(type) ? steps[(int) type] : 0;
    }

    /** The greatest of these. */
    long mostSteps() {
        return mostSteps;
    }

    boolean knows(long type) {
        return type >= 0 && type < known;
    }

    int parameters(long type) {
        return knows(type) ? parameters[(int) type] : 0;
    }

    int results(long type) {
        return knows(type) ? results[(int) type] : 0;
    }

    /** The first type of the same signature. */
    int same(int type) {
        return same[type];
    }

    int known() {
        return known;
    }

    /** The type as text, as in {@code (i32, i32) -> ()}, or what is wrong with the index. */
    String text(long index) {
        if (!knows(index)) {
            if (index >= 0 && index < count()) {
                return "a type over the budget";
            }
            return "no type (index " + index + " of " + count() + ")";
        }
        Cursor at = valuesOf((int) index);
        return values(at) + " -> " + values(at);
    }

    private String values(Cursor at) {
        StringBuilder text = new StringBuilder("(");
        long count = at.u32();
        for (long i = 0; i < count; i++) {
            long type = ValueTypes.read(at, findings);
            if (i < ValueTypes.SHOWN) {
                text.append(i == 0 ? "" : ", ").append(ValueTypes.name(type));
            } else if (i == ValueTypes.SHOWN) {
                text.append(", …");
            }
        }
        return text.append(')').toString();
    }
}
