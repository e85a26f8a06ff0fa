package io.github.dagwasm.wasm.engine.chicory;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dagwasm.text.GuestText;
import java.util.Arrays;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/**
 * The names of a module's functions, as its custom section {@code name} tells them (WebAssembly
 * core specification, appendix "Name Section"). The section is for people and may hold anything: a
 * fault in it ends what is known, and no more. A name is looked up in the section itself, since
 * failures alone ask for one. Immutable.
 */
final class FunctionNames {

    private static final int HEADER_BYTES = 8;
    private static final int CUSTOM = 0;
    private static final byte[] SECTION = {4, 'n', 'a', 'm', 'e'};
    private static final int FUNCTIONS = 1;
    private static final int SHOWN_CODE_POINTS = 100;

    private static final byte[] NOTHING = {};

    /** Of a module without names. */
    static final FunctionNames NONE = new FunctionNames(NOTHING);

    /** A count, and then for each function its index and its name. */
    private final byte[] entries;

    private FunctionNames(byte[] entries) {
        this.entries = entries;
    }

    /** The names in a module that was admitted; none where the section is absent or malformed. */
    static FunctionNames of(byte[] wasm) {
        Reader module = new Reader(wasm, HEADER_BYTES, wasm.length);
        while (module.hasMore()) {
            int id = module.u8();
            Reader section = module.part();
            if (id == CUSTOM && section.skips(SECTION)) {
                return new FunctionNames(functions(section));
            }
        }
        return NONE;
    }

    private static byte[] functions(Reader section) {
        while (section.hasMore()) {
            int id = section.u8();
            Reader part = section.part();
            if (id == FUNCTIONS) {
                return part.rest();
            }
        }
        return NOTHING;
    }

    /** The names of some functions by their indices, bounded and escaped. */
    Map<Integer, String> of(Collection<Integer> functions) {
        Map<Integer, String> found = new HashMap<>();
        Reader names = new Reader(entries, 0, entries.length);
        long count = names.u32();
        for (long i = 0; i < count && names.hasMore(); i++) {
            int index = (int) names.u32();
            Reader name = names.part();
            if (name.hasMore() && functions.contains(index)) {
                found.putIfAbsent(index, shown(new String(name.rest(), UTF_8)));
            }
        }
        return found;
    }

    /** A name of the module's, for people. */
    static String shown(String name) {
        return GuestText.escape(RustName.of(name), SHOWN_CODE_POINTS);
    }

    /** Reads a part of some bytes. Behind a fault there is nothing more. */
    private static final class Reader {

        private final byte[] bytes;
        private final int end;
        private int at;

        Reader(byte[] bytes, int at, int end) {
            this.bytes = bytes;
            this.at = Math.min(at, end);
            this.end = end;
        }

        boolean hasMore() {
            return at < end;
        }

        int u8() {
            return hasMore() ? bytes[at++] & 0xff : 0;
        }

        long u32() {
            long value = 0;
            for (int shift = 0; shift < Integer.SIZE + 3; shift += 7) {
                int next = u8();
                value |= (next & 0x7fL) << shift;
                if (next < 0x80) {
                    return value;
                }
            }
            at = end;
            return 0;
        }

        /** The part that is next, behind its size. */
        Reader part() {
            long size = u32();
            if (size > end - at) {
                at = end;
            }
            Reader part = new Reader(bytes, at, (int) Math.min(end, at + size));
            at = part.end;
            return part;
        }

        boolean skips(byte[] expected) {
            boolean found =
                    end - at >= expected.length
                            && Arrays.equals(
                                    bytes, at, at + expected.length, expected, 0, expected.length);
            at += found ? expected.length : 0;
            return found;
        }

        byte[] rest() {
            return Arrays.copyOfRange(bytes, at, end);
        }
    }
}
