package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.name;
import static io.github.dagwasm.wasm.TestModule.section;

import java.util.ArrayList;
import java.util.List;

/**
 * What a module looks like from outside: a recipe for modules whose imports and exports are given
 * by name and type, and whose functions do nothing but trap. A type is written as in {@code iij>l},
 * of {@code i} (i32), {@code l} (i64), {@code f} (f32) and {@code d} (f64).
 */
final class Shape {

    private static final byte[] HEADER = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);

    private final List<byte[]> types = new ArrayList<>();
    private final List<byte[]> imports = new ArrayList<>();
    private final List<byte[]> functions = new ArrayList<>();
    private final List<byte[]> exports = new ArrayList<>();
    private final List<byte[]> bodies = new ArrayList<>();
    private boolean memory;

    /** An import; all imports come before the first function. */
    Shape importing(String module, String function, String type) {
        imports.add(join(name(module), name(function), bytes(0), leb(type(type))));
        return this;
    }

    /** An exported function. */
    Shape exporting(String function, String type) {
        exports.add(join(name(function), bytes(0), leb(imports.size() + functions.size())));
        functions.add(leb(type(type)));
        bodies.add(bytes(3, 0, 0, 0x0b)); // unreachable
        return this;
    }

    /** A memory of one page, exported under the name that all conventions ask for. */
    Shape withMemory() {
        return memory ? this : withMemory("memory");
    }

    /** A memory of one page, exported under another name. */
    Shape withMemory(String exported) {
        memory = true;
        exports.add(join(name(exported), bytes(2, 0)));
        return this;
    }

    byte[] wasm() {
        return join(
                HEADER,
                section(1, vector(types)),
                imports.isEmpty() ? new byte[0] : section(2, vector(imports)),
                section(3, vector(functions)),
                memory ? section(5, bytes(1, 0, 1)) : new byte[0],
                section(7, vector(exports)),
                section(10, vector(bodies)));
    }

    private long type(String type) {
        String[] halves = type.split(">", -1);
        types.add(join(bytes(0x60), values(halves[0]), values(halves[1])));
        return types.size() - 1L;
    }

    private static byte[] values(String letters) {
        byte[] values = new byte[letters.length()];
        for (int i = 0; i < values.length; i++) {
            values[i] = (byte) (0x7f - "ilfd".indexOf(letters.charAt(i)));
        }
        return join(leb(values.length), values);
    }

    private static byte[] vector(List<byte[]> items) {
        return join(leb(items.size()), join(items.toArray(byte[][]::new)));
    }
}
