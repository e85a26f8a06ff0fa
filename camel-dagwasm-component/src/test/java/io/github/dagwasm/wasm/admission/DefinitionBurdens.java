package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;

import io.github.dagwasm.wasm.Bombs;
import java.util.Arrays;

/** What sections other than the code cost. */
final class DefinitionBurdens {

    private DefinitionBurdens() {}

    static void types(BurdenParts parts, int share) {
        for (int i = 0; i < 9990 / share; i++) {
            parts.type(distinct(i, 99));
        }
    }

    static void emptyTypes(BurdenParts parts, int share) {
        for (int i = 0; i < 9990 / share; i++) {
            parts.type(bytes(0x60, 0, 0));
        }
    }

    static void signaturePairs(BurdenParts parts, int share) {
        int side = (int) Math.sqrt(99_000.0 / share);
        byte[] type = join(bytes(0x60, 98), Bombs.repeated(98, 0x7e), bytes(1, 0x7e));
        int first = parts.type(type);
        for (int i = 1; i < side; i++) {
            parts.type(type);
        }
        for (int i = 0; i < side; i++) {
            parts.function(first, bytes(0x42, 0));
        }
    }

    static void typesWithAllFunctions(BurdenParts parts, int share) {
        // Types that end in the values that tell them apart.
        int first = parts.type(join(bytes(0x60, 9), Bombs.repeated(9, 0x7f), bytes(0)));
        for (int i = 0; i < 90 / share; i++) {
            parts.type(distinct(i, 9));
        }
        for (int i = 0; i < 49_900 / share; i++) {
            parts.function(first, bytes());
        }
    }

    static void imports(BurdenParts parts, int share) {
        for (int i = 0; i < 200 / share; i++) {
            parts.importLog();
        }
    }

    static void functions(BurdenParts parts, int share) {
        for (int i = 0; i < 50_000 / share; i++) {
            parts.function(parts.empty(), bytes());
        }
    }

    static void functionsWithParameters(BurdenParts parts, int share) {
        int type = parts.type(join(bytes(0x60, 100), Bombs.repeated(100, 0x7f), bytes(0)));
        for (int i = 0; i < 49_900 / share; i++) {
            parts.function(type, bytes());
        }
    }

    static void functionsWithResults(BurdenParts parts, int share) {
        int type = parts.type(join(bytes(0x60, 0, 100), Bombs.repeated(100, 0x7f)));
        for (int i = 0; i < 49_900 / share; i++) {
            parts.function(type, bytes(0x00));
        }
    }

    static void tables(BurdenParts parts, int share) {
        for (int i = 0; i < 100 / share; i++) {
            parts.item(4, join(bytes(0x70, 0), leb(1000)));
        }
    }

    static void tags(BurdenParts parts, int share) {
        for (int i = 0; i < 100 / share; i++) {
            parts.item(13, join(bytes(0), leb(parts.empty())));
        }
    }

    static void globals(BurdenParts parts, int share) {
        for (int i = 0; i < 10_000 / share; i++) {
            parts.item(6, bytes(0x7f, 1, 0x41, 0, 0x0b));
        }
    }

    static void constants(BurdenParts parts, int share) {
        byte[] sums = Bombs.repeated(124_900 / share, 0x41, 0, 0x6a);
        parts.item(6, join(bytes(0x7f, 0, 0x41, 0), sums, bytes(0x0b)));
    }

    static void exports(BurdenParts parts, int share) {
        int function = parts.function(parts.empty(), bytes());
        for (int i = 0; i < 20_000 / share; i++) {
            parts.export(String.format("%040d", i), function);
        }
    }

    static void longNames(BurdenParts parts, int share) {
        int function = parts.function(parts.empty(), bytes());
        for (int i = 0; i < 9; i++) {
            parts.export("é" + i + "x".repeat(110_000 / share), function);
        }
    }

    static void elementSegments(BurdenParts parts, int share) {
        int function = parts.function(parts.empty(), bytes());
        for (int i = 0; i < 1000 / share; i++) {
            parts.item(9, join(bytes(1, 0), leb(99), Burden.repeated(99, leb(function))));
        }
    }

    static void elementExpressions(BurdenParts parts, int share) {
        byte[] item = bytes(0xd0, 0x70, 0x0b);
        int entries = 99_900 / share;
        parts.item(9, join(bytes(5, 0x70), leb(entries), Burden.repeated(entries, item)));
    }

    static void localsOfFew(BurdenParts parts, int share) {
        locals(parts, 100 / share, 49_999);
    }

    static void localsOfSome(BurdenParts parts, int share) {
        locals(parts, 400 / share, 12_400);
    }

    static void localsOfMany(BurdenParts parts, int share) {
        locals(parts, 5000 / share, 999);
    }

    static void localsOfAll(BurdenParts parts, int share) {
        locals(parts, 49_900 / share, 100);
    }

    static void dataSegments(BurdenParts parts, int share) {
        for (int i = 0; i < 250_000 / share; i++) {
            parts.item(11, bytes(1, 0));
        }
    }

    static void activeData(BurdenParts parts, int share) {
        for (int i = 0; i < 240_000 / share; i++) {
            parts.item(11, bytes(0, 0x41, 0, 0x0b, 0));
        }
    }

    static void dataBytes(BurdenParts parts, int share) {
        int length = Burden.MODULE_BYTES / share - 5000;
        parts.item(11, join(bytes(1), leb(length), new byte[length]));
    }

    static void customSections(BurdenParts parts, int share) {
        for (int i = 0; i < 1000 / share; i++) {
            parts.custom("n" + i, new byte[16_000 / share]);
        }
    }

    private static void locals(BurdenParts parts, int functions, int locals) {
        for (int i = 0; i < functions; i++) {
            parts.function(parts.empty(), locals, 0x7f, bytes());
        }
    }

    /** A type with so many values, of which the last 14 tell it apart. */
    private static byte[] distinct(int number, int values) {
        byte[] type = new byte[values + 3];
        type[0] = 0x60;
        type[1] = (byte) values;
        Arrays.fill(type, 2, values + 2, (byte) 0x7f);
        for (int bit = 0; bit < Math.min(14, values); bit++) {
            type[values + 1 - bit] = (byte) (0x7f - (number >> bit & 1));
        }
        return type;
    }
}
