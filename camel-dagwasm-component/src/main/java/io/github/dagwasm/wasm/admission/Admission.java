package io.github.dagwasm.wasm.admission;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.spi.Limits;
import io.github.dagwasm.spi.ModuleRefusedException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;

/**
 * One pass over a module's bytes, which decides whether an engine gets to see them. It makes no
 * objects in proportion to what the module claims, and it reads every byte at most twice. Not safe
 * for use by several threads, and for one scan.
 */
public final class Admission {

    private static final long PAGE = 65536;
    private static final int HAS_MAXIMUM = 1;
    private static final int SHARED = 2;
    private static final int MEMORY_64 = 4;
    private static final String[] IMPORT_KINDS = {"function", "table", "memory", "global", "tag"};

    /**
     * More than there are functions to import, so only one that repeats itself has more. Engines
     * look for each import among all the others, at every instance anew.
     */
    private static final int MOST_IMPORTS = 100;

    private final Budgets budgets;
    private final Limits limits;
    private final Map<String, String> provided;

    private Types types = Types.NONE;
    private final List<String> imports = new ArrayList<>();
    private long functions;
    private long locals;
    private long tableEntries;
    private long memoryBytes;

    private Admission(Budgets budgets, Limits limits, Map<String, String> provided) {
        this.budgets = budgets;
        this.limits = limits;
        this.provided = provided;
    }

    /**
     * Admits a module or refuses it.
     *
     * @param wasm the whole binary
     * @param budgets how much of what it may have
     * @param limits how large its memory and its tables may begin
     * @param provided the functions that it may import: {@code module.name} and the type, written
     *     as in {@code (i32, i32) -> ()}
     * @return what was found
     * @throws ModuleRefusedException if it is refused, in a sentence about "it"
     */
    public static ModuleFacts scan(
            byte[] wasm, Budgets budgets, Limits limits, Map<String, String> provided) {
        budgets.checkModuleBytes(wasm.length);
        BinaryHeader.check(wasm);
        return new Admission(budgets, limits, provided).scan(wasm);
    }

    private ModuleFacts scan(byte[] wasm) {
        Cursor module = new Cursor(wasm, BinaryHeader.LENGTH, wasm.length, "the module");
        Section last = null;
        while (!module.atEnd()) {
            int start = module.position();
            int id = module.u8();
            long size = module.u32();
            if (id == Section.CUSTOM) {
                module.part(size, "a custom section").name();
                continue;
            }
            Section section =
                    Section.of(id)
                            .orElseThrow(
                                    () -> module.malformed("no section has the id " + id, start));
            if (last != null && section.compareTo(last) <= 0) {
                throw new ModuleRefusedException(
                        section == last
                                ? "it is malformed: it has " + section + " twice"
                                : "it is malformed: " + section + " stands after " + last);
            }
            last = section;
            read(section, module.part(size, section.toString()));
        }
        return new ModuleFacts(wasm.length, functions, locals, tableEntries, memoryBytes, imports);
    }

    private void read(Section section, Cursor content) {
        switch (section) {
            case TYPE -> types = Types.read(content);
            case IMPORT -> readImports(content);
            case TABLE -> readTables(content);
            case MEMORY -> readMemories(content);
            case CODE -> readCode(content);
            default -> {
                // The engine reads the others; they cost it what they weigh.
            }
        }
    }

    private void readImports(Cursor section) {
        long count = section.u32();
        for (long i = 0; i < count; i++) {
            if (i == MOST_IMPORTS) {
                throw new ModuleRefusedException(
                        "it has " + count + " imports; at most " + MOST_IMPORTS + " are supported");
            }
            Cursor.Name module = section.name();
            Cursor.Name name = section.name();
            String shown = module.shown() + "." + name.shown();
            int start = section.position();
            int kind = section.u8();
            if (kind >= IMPORT_KINDS.length) {
                throw section.malformed("no kind of import " + kind, start);
            }
            Optional<String> type = kind == 0 ? type(module, name) : Optional.empty();
            if (type.isEmpty()) {
                throw new ModuleRefusedException(
                        "import "
                                + shown
                                + (kind == 0 ? "" : " (" + IMPORT_KINDS[kind] + ")")
                                + " is not provided; provided: "
                                + new TreeSet<>(provided.keySet()).stream().collect(joining(", ")));
            }
            String asked = types.text(section.u32());
            if (!asked.equals(type.get())) {
                throw new ModuleRefusedException(
                        "import " + shown + " has the type " + asked + "; provided: " + type.get());
            }
            imports.add(shown);
        }
        section.requireEnd();
    }

    /** The type of a provided function. */
    private Optional<String> type(Cursor.Name module, Cursor.Name name) {
        for (Map.Entry<String, String> function : provided.entrySet()) {
            int dot = function.getKey().indexOf('.');
            if (module.is(function.getKey().substring(0, dot))
                    && name.is(function.getKey().substring(dot + 1))) {
                return Optional.of(function.getValue());
            }
        }
        return Optional.empty();
    }

    private void readTables(Cursor section) {
        long count = section.u32();
        for (long i = 0; i < count; i++) {
            ValueTypes.read(section);
            // A table without entries is not free either.
            tableEntries += Math.max(1, readLimits(section, "table"));
        }
        section.requireEnd();
        requireAtMost("table entries", tableEntries, limits.tableEntries(), "limits.table_entries");
    }

    private void readMemories(Cursor section) {
        long count = section.u32();
        if (count > 1) {
            throw new ModuleRefusedException(
                    "it has " + count + " memories; only one is supported");
        }
        if (count == 1) {
            memoryBytes = readLimits(section, "memory") * PAGE;
        }
        section.requireEnd();
        requireAtMost(
                "initial memory bytes", memoryBytes, limits.memoryBytes(), "limits.memory_mb");
    }

    private static void requireAtMost(String what, long value, long limit, String option) {
        if (value > limit) {
            throw new ModuleRefusedException(Budgets.over(what, value, "limit", limit, option));
        }
    }

    /** Reads limits and returns the lower one. */
    private static long readLimits(Cursor section, String of) {
        int start = section.position();
        int flags = section.u8();
        if ((flags & MEMORY_64) != 0) {
            throw notSupported("a 64-bit " + of);
        }
        if ((flags & SHARED) != 0) {
            throw notSupported("a shared " + of);
        }
        if (flags > HAS_MAXIMUM) {
            throw section.malformed("no limits have the flags " + flags, start);
        }
        long minimum = section.u32();
        if (flags == HAS_MAXIMUM) {
            section.u32();
        }
        return minimum;
    }

    private static ModuleRefusedException notSupported(String what) {
        return new ModuleRefusedException("it has " + what + ", which is not supported");
    }

    private void readCode(Cursor section) {
        functions = section.u32();
        for (long i = 0; i < functions; i++) {
            Cursor body = section.part(section.u32(), "a function body");
            long groups = body.u32();
            for (long g = 0; g < groups; g++) {
                locals += body.u32();
                ValueTypes.read(body);
            }
        }
        section.requireEnd();
        budgets.checkLocals(locals);
    }
}
