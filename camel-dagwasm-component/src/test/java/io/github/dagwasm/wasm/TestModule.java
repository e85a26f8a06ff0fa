package io.github.dagwasm.wasm;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Builds a module of bytes, with 32-bit integers as its only values. Imports come first in the
 * index space of functions, then the functions in the order in which they are added. Nothing is
 * checked: wrong modules are what it is for. {@link TestModules} holds the recipes.
 */
public final class TestModule {

    /** The first eight bytes of every module. */
    static final byte[] HEADER = {0, 'a', 's', 'm', 1, 0, 0, 0};

    /** Two sections came later and stand where they are needed. */
    private static final int[] ORDER = {1, 2, 3, 4, 5, 13, 6, 7, 8, 9, 12, 10, 11};

    private static final int I32 = 0x7f;
    private static final int FUNCREF = 0x70;
    private static final int EXPORTED_FUNCTION = 0;
    private static final int EXPORTED_MEMORY = 2;

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> tables = new ArrayList<>();
    private final List<byte[]> memories = new ArrayList<>();
    private final List<byte[]> globals = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> code = new ArrayList<>();
    private final List<byte[]> data = new ArrayList<>();
    private final Map<Integer, List<byte[]>> items = new TreeMap<>();
    private final List<byte[]> elements = new ArrayList<>();
    private final List<byte[]> tags = new ArrayList<>();
    private final List<byte[]> custom = new ArrayList<>();
    private byte[] start;

    /**
     * Imports a function.
     *
     * @param module the import's module name
     * @param name the import's name
     * @param parameters how many parameters it has
     * @param results how many results it has
     * @return this
     */
    public TestModule importFunction(String module, String name, int parameters, int results) {
        return importTyped(module, name, type(parameters, results));
    }

    /** Imports a function of the type of an index, see {@link #rawType}. */
    public TestModule importTyped(String module, String name, int type) {
        imports.add(join(name(module), name(name), leb(0), leb(type)));
        return this;
    }

    /**
     * Adds a function.
     *
     * @param parameters how many parameters it has
     * @param results how many results it has
     * @param locals how many locals it has besides
     * @param instructions its instructions without the last {@code end}
     * @return this
     */
    public TestModule function(int parameters, int results, int locals, Code instructions) {
        return functionOf(type(parameters, results), locals, instructions);
    }

    /** Adds a function of the type of an index, see {@link #rawType}. */
    public TestModule functionOf(int type, int locals, Code instructions) {
        functions.add(leb(type));
        byte[] body = join(leb(1), leb(locals), bytes(I32), instructions.bytes(), bytes(0x0b));
        code.add(join(leb(body.length), body));
        return this;
    }

    /**
     * Adds a function and exports it.
     *
     * @param name the export's name
     * @param parameters how many parameters it has
     * @param results how many results it has
     * @param locals how many locals it has besides
     * @param instructions its instructions without the last {@code end}
     * @return this
     */
    public TestModule exported(
            String name, int parameters, int results, int locals, Code instructions) {
        int index = imports.size() + functions.size();
        exports.add(join(name(name), bytes(EXPORTED_FUNCTION), leb(index)));
        return function(parameters, results, locals, instructions);
    }

    /** Adds a function of any type, as it is in a binary, and exports it. */
    TestModule exportedOf(String name, byte[] type, Code instructions) {
        exports.add(
                join(name(name), bytes(EXPORTED_FUNCTION), leb(imports.size() + functions.size())));
        return functionOf(rawType(type), 0, instructions);
    }

    /**
     * Adds a memory without a maximum.
     *
     * @param pages its initial size
     * @return this
     */
    public TestModule memory(int pages) {
        memories.add(join(bytes(0), leb(pages)));
        return this;
    }

    /**
     * Adds a memory.
     *
     * @param pages its initial size
     * @param maximum its maximum
     * @return this
     */
    public TestModule memory(int pages, int maximum) {
        memories.add(join(bytes(1), leb(pages), leb(maximum)));
        return this;
    }

    /**
     * Exports the first memory.
     *
     * @param name the export's name
     * @return this
     */
    public TestModule exportMemory(String name) {
        exports.add(join(name(name), bytes(EXPORTED_MEMORY), leb(0)));
        return this;
    }

    /**
     * Adds a table of function references without a maximum.
     *
     * @param entries its initial size
     * @return this
     */
    public TestModule table(int entries) {
        tables.add(join(bytes(FUNCREF, 0), leb(entries)));
        return this;
    }

    /**
     * Adds a mutable global.
     *
     * @param value its initial value
     * @return this
     */
    public TestModule global(int value) {
        globals.add(join(bytes(I32, 1), Code.code().i32(value).end().bytes()));
        return this;
    }

    /**
     * Names the start function.
     *
     * @param function its index
     * @return this
     */
    public TestModule start(int function) {
        start = leb(function);
        return this;
    }

    /**
     * Puts a text, with a NUL after it, into the first memory.
     *
     * @param address where
     * @param text the text
     * @return this
     */
    public TestModule data(int address, String text) {
        return data(address, (text + "\0").getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Puts bytes into the first memory.
     *
     * @param address where
     * @param bytes the bytes
     * @return this
     */
    public TestModule data(int address, byte[] bytes) {
        data.add(join(bytes(0), Code.code().i32(address).end().bytes(), leb(bytes.length), bytes));
        return this;
    }

    /**
     * Adds the last function, with its type, again and again.
     *
     * @param times how many times
     * @return this
     */
    public TestModule repeat(int times) {
        functions.addAll(Collections.nCopies(times, functions.get(functions.size() - 1)));
        code.addAll(Collections.nCopies(times, code.get(code.size() - 1)));
        return this;
    }

    /**
     * Adds a data segment for {@code memory.init}.
     *
     * @param bytes the bytes
     * @return this
     */
    public TestModule passiveData(byte[] bytes) {
        data.add(join(bytes(1), leb(bytes.length), bytes));
        return this;
    }

    /**
     * Adds an item to a section that no other method fills, as in elements (9), tags (13) and, with
     * an empty item for each segment, the count of data (12).
     *
     * @param section the section's id
     * @param item the item
     * @return this
     */
    public TestModule item(int section, byte[] item) {
        items.computeIfAbsent(section, any -> new ArrayList<>()).add(item);
        return this;
    }

    /**
     * Puts functions into the first table.
     *
     * @param offset where
     * @param indices the functions' indices, imports first
     * @return this
     */
    public TestModule elements(int offset, int... indices) {
        elements.add(join(bytes(0), Code.code().i32(offset).end().bytes(), vector(indices)));
        return this;
    }

    /**
     * Adds an element segment for {@code table.init}.
     *
     * @param indices the functions' indices, imports first
     * @return this
     */
    public TestModule passiveElements(int... indices) {
        elements.add(join(bytes(1, 0), vector(indices)));
        return this;
    }

    /**
     * Adds a tag for exceptions without values.
     *
     * @return this
     */
    public TestModule tag() {
        tags.add(join(bytes(0), leb(type(0, 0))));
        return this;
    }

    /**
     * Adds a custom section, after all others.
     *
     * @param name its name
     * @param content what follows the name
     * @return this
     */
    public TestModule custom(String name, byte[] content) {
        custom.add(section(0, join(name(name), content)));
        return this;
    }

    /**
     * Adds a function's type.
     *
     * @param parameters how many parameters it has
     * @param results how many results it has
     * @return its index
     */
    public int type(int parameters, int results) {
        return rawType(join(bytes(0x60), i32s(parameters), i32s(results)));
    }

    /**
     * Adds a type of any kind.
     *
     * @param bytes the type as it is in a binary
     * @return its index
     */
    public int rawType(byte[] bytes) {
        types.add(bytes);
        return types.size() - 1;
    }

    /**
     * The module.
     *
     * @return its bytes
     */
    public byte[] bytes() {
        Map<Integer, byte[]> sections = new LinkedHashMap<>();
        putVector(sections, 1, types);
        putVector(sections, 2, imports);
        putVector(sections, 3, functions);
        putVector(sections, 4, tables);
        putVector(sections, 5, memories);
        putVector(sections, 13, tags);
        putVector(sections, 6, globals);
        putVector(sections, 7, exports);
        if (start != null) {
            sections.put(8, start);
        }
        putVector(sections, 9, elements);
        if (!data.isEmpty()) {
            sections.put(12, leb(data.size()));
        }
        putVector(sections, 10, code);
        putVector(sections, 11, data);
        items.forEach((id, all) -> putVector(sections, id, all));
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(HEADER);
        for (int id : ORDER) {
            if (sections.containsKey(id)) {
                out.writeBytes(section(id, sections.get(id)));
            }
        }
        custom.forEach(out::writeBytes);
        return out.toByteArray();
    }

    /**
     * Writes bytes into a file.
     *
     * @param file the file; its folder is made if need be
     * @param bytes the bytes
     * @return the file
     */
    public static Path write(Path file, byte[] bytes) {
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
            return Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * A section.
     *
     * @param id its id
     * @param content its content
     * @return the section with id and size
     */
    public static byte[] section(int id, byte[] content) {
        return join(bytes(id), leb(content.length), content);
    }

    /**
     * Puts byte arrays one after the other.
     *
     * @param parts the arrays
     * @return their bytes
     */
    public static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    /**
     * An array of bytes.
     *
     * @param bytes the bytes
     * @return the array
     */
    public static byte[] bytes(int... bytes) {
        byte[] array = new byte[bytes.length];
        for (int i = 0; i < bytes.length; i++) {
            array[i] = (byte) bytes[i];
        }
        return array;
    }

    /**
     * An unsigned LEB128 number.
     *
     * @param value the number
     * @return its bytes
     */
    public static byte[] leb(long value) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        long rest = value;
        while (rest > 0x7f) {
            out.write((int) (rest & 0x7f) | 0x80);
            rest >>>= 7;
        }
        out.write((int) rest);
        return out.toByteArray();
    }

    /**
     * A name, with its length before it.
     *
     * @param name the name
     * @return its bytes
     */
    public static byte[] name(String name) {
        byte[] utf8 = name.getBytes(StandardCharsets.UTF_8);
        return join(leb(utf8.length), utf8);
    }

    private static void putVector(Map<Integer, byte[]> sections, int id, List<byte[]> items) {
        if (!items.isEmpty()) {
            sections.put(id, join(leb(items.size()), join(items.toArray(new byte[0][]))));
        }
    }

    private static byte[] vector(int... values) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes(leb(values.length));
        for (int value : values) {
            out.writeBytes(leb(value));
        }
        return out.toByteArray();
    }

    private static byte[] i32s(int count) {
        byte[] all = new byte[count];
        Arrays.fill(all, (byte) I32);
        return join(leb(count), all);
    }
}
