package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;

import io.github.dagwasm.wasm.TestModule;

/** A module in the making. */
final class BurdenParts {

    private final TestModule module = new TestModule();
    private final int empty = module.type(0, 0);
    private final int log = module.type(2, 0);
    private int imports;
    private int functions;
    private int tags;
    private int data;

    /** The type without parameters and results. */
    int empty() {
        return empty;
    }

    int type(byte[] type) {
        return module.rawType(type);
    }

    /** To be called before functions are added. */
    void importLog() {
        module.importTyped("env", "host_log", log);
        imports++;
    }

    int tag() {
        item(13, join(bytes(0), leb(empty)));
        return tags++;
    }

    int function(int type, byte[] instructions) {
        return function(type, 0, 0x7f, instructions);
    }

    int function(int type, int locals, int local, byte[] instructions) {
        byte[] declared = locals == 0 ? bytes(0) : join(bytes(1), leb(locals), bytes(local));
        byte[] body = join(declared, instructions, bytes(0x0b));
        module.item(3, leb(type));
        module.item(10, join(leb(body.length), body));
        return imports + functions++;
    }

    void export(String name, int function) {
        module.item(7, join(TestModule.name(name), bytes(0), leb(function)));
    }

    void item(int section, byte[] item) {
        module.item(section, item);
        if (section == 11) {
            data++;
        }
    }

    void custom(String name, byte[] content) {
        module.custom(name, content);
    }

    byte[] module() {
        if (data > 0) {
            for (int i = 0; i < data; i++) {
                module.item(12, bytes());
            }
            module.memory(1);
        }
        return module.bytes();
    }
}
