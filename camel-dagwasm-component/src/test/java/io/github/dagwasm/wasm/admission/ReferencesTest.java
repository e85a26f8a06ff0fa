package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.name;
import static io.github.dagwasm.wasm.TestModule.section;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Map;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Things that a module names by their index, and names themselves. */
class ReferencesTest {

    private static final byte[] HEADER = bytes(0, 'a', 's', 'm', 1, 0, 0, 0);
    private static final byte[] TYPE = section(1, bytes(1, 0x60, 0, 0));
    private static final byte[] FUNCTIONS = section(3, bytes(2, 0, 0));
    private static final byte[] TABLE = section(4, bytes(1, 0x70, 0, 1));
    private static final byte[] MEMORY = section(5, bytes(1, 0, 1));
    private static final byte[] TAG = section(13, bytes(1, 0, 0));
    private static final byte[] GLOBALS =
            section(
                    6,
                    bytes(
                            3, 0x7f, 0, 0x41, 0, 0x0b, 0x7f, 0, 0x41, 0, 0x0b, 0x7f, 0, 0x41, 0,
                            0x0b));
    private static final byte[] CODE = section(10, bytes(2, 2, 0, 0x0b, 2, 0, 0x0b));

    @ParameterizedTest
    @CsvSource({
        "0,2,'function 2, and has 2 functions'",
        "1,1,'table 1, and has 1 table'",
        "2,7,'memory 7, and has 1 memory'",
        "3,3,'global 3, and has 3 globals'",
        "4,1,'tag 1, and has 1 tag'"
    })
    void anExportOfWhatIsNotThereIsRefusedWithItsNameAndIndex(int kind, int index, String missing) {
        byte[] export = section(7, join(bytes(1), name("a\n\u202eb"), bytes(kind, index)));

        refused(withExport(export))
                .hasMessage(
                        "it exports a\\u{a}\\u{202e}b as "
                                + missing
                                + " (counted from 0, imports included)");
    }

    @ParameterizedTest
    @CsvSource({"0,1", "1,0", "2,0", "3,2", "4,0"})
    void anExportOfTheLastOneIsAdmitted(int kind, int index) {
        byte[] export = section(7, join(bytes(1), name("last"), bytes(kind, index)));

        assertThat(scan(withExport(export)).exports()).hasSize(1);
    }

    @Test
    void anExportOfAHugeIndexIsRefused() {
        byte[] export =
                section(7, join(bytes(1), name("x"), bytes(2, 0xff, 0xff, 0xff, 0xff, 0x0f)));

        refused(withExport(export))
                .hasMessage(
                        "it exports x as memory 4294967295, and has 1 memory (counted from 0,"
                                + " imports included)");
    }

    @Test
    void importsAreCountedToo() {
        byte[] log = join(bytes(1), name("env"), name("host_log"), bytes(0, 1));
        byte[] types = section(1, bytes(2, 0x60, 0, 0, 0x60, 2, 0x7f, 0x7f, 0));
        byte[] export = section(7, join(bytes(1), name("x"), bytes(0, 3)));

        refused(join(HEADER, types, section(2, log), FUNCTIONS, export, CODE))
                .hasMessage(
                        "it exports x as function 3, and has 3 functions (counted from 0, imports"
                                + " included)");
    }

    @Test
    void whereThereIsNoneOfAKindThatIsSaid() {
        byte[] export = section(7, join(bytes(1), name("memory"), bytes(2, 0)));

        refused(join(HEADER, export))
                .hasMessage(
                        "it exports memory as memory 0, and has 0 memories (counted from 0, imports"
                                + " included)");
    }

    @Test
    void aStartFunctionThatIsNotThereIsRefused() {
        refused(join(HEADER, TYPE, FUNCTIONS, section(8, bytes(2)), CODE))
                .hasMessage(
                        "it starts with function 2, and has 2 functions (counted from 0, imports"
                                + " included)");
    }

    @Test
    void elementsThatAreNotThereAreRefused() {
        String message =
                "it names function 2, and has 2 functions (counted from 0, imports included), in"
                        + " the element section";
        byte[] active = section(9, bytes(1, 0, 0x41, 0, 0x0b, 1, 2));
        byte[] passive = section(9, bytes(1, 1, 0, 2, 1, 2));
        byte[] declared = section(9, bytes(1, 3, 0, 1, 2));
        byte[] expression = section(9, bytes(1, 5, 0x70, 1, 0xd2, 2, 0x0b));

        for (byte[] elements : new byte[][] {active, passive, declared, expression}) {
            refused(join(HEADER, TYPE, FUNCTIONS, TABLE, elements, CODE)).hasMessage(message);
        }
    }

    @Test
    void aGlobalOfAFunctionThatIsNotThereIsRefused() {
        byte[] global = section(6, bytes(1, 0x70, 0, 0xd2, 9, 0x0b));

        refused(join(HEADER, TYPE, FUNCTIONS, global, CODE))
                .hasMessage(
                        "it names function 9, and has 2 functions (counted from 0, imports"
                                + " included), in the global section");
    }

    @Test
    void namesThatAreNoUtf8AreRefusedWithTheirPlace() {
        byte[][] malformed = {
            bytes('a', 0xff, 'b'), // never a byte of UTF-8
            bytes('a', 0xc0, 0x80), // an overlong NUL
            bytes('a', 0xed, 0xa0, 0x80), // a surrogate
            bytes('a', 0xe2, 0x82), // cut
            bytes('a', 0xf4, 0x90, 0x80, 0x80), // above U+10FFFF
            bytes('a', 0x80) // goes on with nothing
        };
        for (byte[] text : malformed) {
            byte[] broken = join(bytes(text.length), text);
            byte[] export = section(7, join(bytes(1), broken, bytes(2, 0)));
            byte[] moduleOfImport = section(2, join(bytes(1), broken, name("f"), bytes(0, 0)));
            byte[] nameOfImport = section(2, join(bytes(1), name("env"), broken, bytes(0, 0)));

            refused(join(HEADER, MEMORY, export)).hasMessage(message("the export section", 18));
            refused(join(HEADER, TYPE, moduleOfImport))
                    .hasMessage(message("the import section", 19));
            refused(join(HEADER, TYPE, nameOfImport)).hasMessage(message("the import section", 23));
            refused(join(HEADER, section(0, broken))).hasMessage(message("a custom section", 12));
        }
    }

    @Test
    void soAreTheNamesOfManyExportsAndLongOnes() {
        byte[][] exports = new byte[150][];
        for (int i = 0; i < exports.length; i++) {
            exports[i] = join(name("export" + i), bytes(2, 0));
        }
        exports[140] = bytes(3, 'a', 'b', 0xff, 2, 0);
        byte[] many = section(7, join(bytes(0x96, 1), join(exports)));
        byte[] longName = new byte[5000];
        longName[4999] = (byte) 0x80;
        byte[] one = section(7, join(bytes(1, 0x88, 0x27), longName, bytes(2, 0)));

        refused(join(HEADER, MEMORY, many)).hasMessageStartingWith("it is malformed: a name has");
        refused(join(HEADER, MEMORY, one)).hasMessage(message("the export section", 5018));
    }

    @Test
    void namesOfAnyScriptAreAdmitted() {
        byte[] export = section(7, join(bytes(1), name("größe 大きさ \ud83d\ude00"), bytes(2, 0)));

        assertThat(scan(join(HEADER, MEMORY, export)).exports().get(0).name())
                .isEqualTo("größe 大きさ \ud83d\ude00");
    }

    private static String message(String where, int place) {
        return "it is malformed: a name has malformed UTF-8 in " + where + ", at byte " + place;
    }

    private static byte[] withExport(byte[] export) {
        return join(HEADER, TYPE, FUNCTIONS, TABLE, MEMORY, TAG, GLOBALS, export, CODE);
    }

    private static AbstractThrowableAssert<?, ?> refused(byte[] module) {
        return assertThatThrownBy(() -> scan(module)).isInstanceOf(ModuleRefusedException.class);
    }

    private static ModuleFacts scan(byte[] module) {
        return Admission.scan(
                module,
                Budgets.DEFAULTS,
                GuestLimits.DEFAULTS,
                Map.of("env.host_log", "(i32, i32) -> ()"));
    }
}
