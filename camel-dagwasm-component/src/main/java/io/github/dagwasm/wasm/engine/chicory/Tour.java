package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import io.github.dagwasm.wasm.engine.InstanceLimits;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import java.io.ByteArrayInputStream;
import java.util.HexFormat;
import java.util.List;
import java.util.Set;

/**
 * A module that goes once through what a guest can do, so that the JVM has linked all of it before
 * a hostile guest can be the first to do so at the end of the stack. Its function counts down from
 * its argument; before and after that it catches an exception, calls by reference, switches, and
 * works on its memory and table.
 */
final class Tour {

    private static final String HEADER = "0061736d01000000";

    /** Types () -> () and (i32) -> (i32); functions tour, throwing, empty. */
    private static final String TYPES_AND_FUNCTIONS = "01090260000060017f017f" + "030403010000";

    /** A table of one function, a memory of a page, a tag of the first type. */
    private static final String TABLE_MEMORY_TAG = "040401700001" + "0503010001" + "0d03010000";

    /** The first function is exported as "t", the third stands in the table. */
    private static final String EXPORT_AND_ELEMENT = "07050101740000" + "0907010041000b0102";

    private static final String CATCH = "0240" + "1f40010200" + "1001" + "0b" + "0b";
    private static final String CALL_INDIRECT = "4100110000";
    private static final String COUNT_DOWN = "0340" + "200041016b22000d00" + "0b";
    private static final String SWITCH = "0240" + "20000e0000" + "0b";
    private static final String FILL_AND_COPY = "410041004101fc0b00" + "410041004101fc0a0000";
    private static final String LOAD = "41002802001a";
    private static final String GROW = "410040001a" + "d0704100fc0f001a";
    private static final String TABLE_FILL = "4100d0704101fc1100";
    private static final String BODY =
            "00"
                    + CATCH
                    + CALL_INDIRECT
                    + COUNT_DOWN
                    + SWITCH
                    + FILL_AND_COPY
                    + LOAD
                    + GROW
                    + TABLE_FILL
                    + "20000b";

    private static final String THROWING = "000800" + "0b";
    private static final String EMPTY = "000b";

    private Tour() {}

    /** Goes through it compiled and interpreted. */
    static void run(KeptModules kept) throws InterruptedException {
        byte[] bytes = HexFormat.of().parseHex(module());
        for (Set<Integer> interpreted : List.of(Set.<Integer>of(), Set.of(0, 1), Set.of(0, 1, 2))) {
            // Where it was compiled before, only what a guest may need is left to do.
            kept.module(
                            "tour-" + interpreted.size(),
                            () -> parsed(Parser.builder().withValidation(false), bytes),
                            () -> parsed(Parser.builder(), bytes),
                            module -> ChicoryEngine.compile(module, interpreted),
                            FunctionNames.NONE)
                    .instantiate(
                            List.of(),
                            new InstanceLimits(FlatMemory.PAGE_SIZE, 1, 3),
                            MemoryReserve.UNLIMITED)
                    .call("t", 2);
        }
    }

    private static WasmModule parsed(Parser.Builder parser, byte[] bytes) {
        return parser.build().parse(() -> new ByteArrayInputStream(bytes));
    }

    private static String module() {
        String code = "03" + sized(BODY) + sized(THROWING) + sized(EMPTY);
        return HEADER
                + TYPES_AND_FUNCTIONS
                + TABLE_MEMORY_TAG
                + EXPORT_AND_ELEMENT
                + "0a"
                + sized(code);
    }

    /** Its length, of less than 128 bytes, and the bytes themselves. */
    private static String sized(String bytes) {
        return HexFormat.of().toHexDigits((byte) (bytes.length() / 2)) + bytes;
    }
}
