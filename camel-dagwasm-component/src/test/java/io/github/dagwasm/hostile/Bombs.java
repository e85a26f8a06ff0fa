package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.refused;
import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.leb;
import static io.github.dagwasm.wasm.TestModule.section;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.admission.Feature;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Modules that harm whoever parses, compiles or instantiates them. */
final class Bombs {

    private static final int MILLION = 1_000_000;
    private static final byte[] EMPTY_TYPE = bytes(0x60, 0, 0);

    private Bombs() {}

    static List<Attack> all() {
        return Stream.concat(atLoading().stream(), atInstantiation().stream()).toList();
    }

    private static List<Attack> atLoading() {
        return List.of(
                refused(
                        "20,000 functions with 50,000 locals each",
                        () -> TestModules.localsBomb(20_000, 50_000),
                        over("locals over all functions", "locals")),
                refused(
                        "18 megabytes",
                        () -> instructions(6 * MILLION),
                        "module bytes: <n>, over the budget of 16777216 (option"
                                + " wasm.admission.module_bytes)"),
                refused(
                        "six megabytes of code",
                        Bombs::muchCode,
                        over("bytes of code, over all functions", "code_bytes")),
                refused(
                        "2.4 million instructions",
                        () -> instructions(2_400_000),
                        over("bytes of a function's body (function 3)", "body_bytes")),
                largeBody(
                        "a million nested blocks",
                        Bombs::nestedBlocks,
                        "nested blocks (function 3)",
                        "nesting"),
                largeBody(
                        "a br_table with a million targets",
                        Bombs::manyTargets,
                        "targets of a br_table (function 3)",
                        "branch_targets"),
                refused(
                        "2,000 equal types and 2,000 functions",
                        Bombs::equalTypes,
                        over(
                                "functions that share a signature, summed over all types",
                                "signature_pairs")),
                refused(
                        "two million element entries",
                        Bombs::manyElements,
                        over("entries of element segments", "element_entries")),
                refused("a million types", () -> types(MILLION), over("types", "types")),
                refused(
                        "a type with two million parameters",
                        Bombs::manyParameters,
                        over("parameters and results of a type (type 0)", "type_values")));
    }

    private static List<Attack> atInstantiation() {
        return List.of(
                refused(
                        "a memory of 65,536 pages",
                        () -> new TestModule().memory(65536).bytes(),
                        "initial memory bytes: 4294967296, over the limit of 67108864 (option"
                                + " limits.memory_mb)"),
                refused(
                        "4 tables of 10 million entries",
                        Bombs::largeTables,
                        "table entries: 40000000, over the limit of 100000 (option"
                                + " limits.table_entries)"),
                refused(
                        "4 memories",
                        () -> new TestModule().memory(1).memory(1).memory(1).memory(1).bytes(),
                        Feature.MULTI_MEMORY.refusal("the memory section")),
                refused(
                        "array.new",
                        () -> objects(0x5e, 0x7f, 1),
                        Feature.GARBAGE_COLLECTION.refusal("type 0")),
                refused(
                        "struct.new",
                        () -> objects(0x5f, 1, 0x7f, 1),
                        Feature.GARBAGE_COLLECTION.refusal("type 0")),
                refused(
                        "ref.i31",
                        () -> Guests.doing(code().i32(1).op(0xfb, 0x1c).drop()).bytes(),
                        Feature.GARBAGE_COLLECTION.refusal("a function body")),
                refused(
                        "SIMD",
                        () -> Guests.doing(simd()).bytes(),
                        Feature.SIMD.refusal("a function body")));
    }

    /** Where the operator has raised the budget of a function's bytes. */
    private static Attack largeBody(
            String name, Supplier<byte[]> module, String what, String option) {
        return refused(name, module, over(what, option))
                .wasm("admission: { body_bytes: 33554432 }");
    }

    private static String over(String what, String option) {
        return what + ": <n>, over the budget of <n> (option wasm.admission." + option + ")";
    }

    private static byte[] instructions(int pairs) {
        return Guests.doing(code().row(pairs, code().i32(1).drop())).bytes();
    }

    private static byte[] muchCode() {
        int many = 20_000;
        byte[] body = join(bytes(0), repeated(bytes(0x01), 300), bytes(0x0b));
        byte[] bodies = repeated(join(leb(body.length), body), many);
        return join(
                types(1),
                section(3, join(leb(many), new byte[many])),
                section(10, join(leb(many), bodies)));
    }

    private static byte[] nestedBlocks() {
        return Guests.doing(code().row(MILLION, code().block()).row(MILLION, code().end())).bytes();
    }

    private static byte[] manyTargets() {
        Code table = code().block().i32(0).op(0x0e).row(1, new Code().op(lebs(MILLION)));
        return Guests.doing(table.row(MILLION + 1, code().op(0)).end()).bytes();
    }

    private static int[] lebs(int value) {
        byte[] leb = leb(value);
        int[] numbers = new int[leb.length];
        for (int i = 0; i < leb.length; i++) {
            numbers[i] = leb[i];
        }
        return numbers;
    }

    private static byte[] equalTypes() {
        int many = 2000;
        byte[] bodies = repeated(bytes(2, 0, 0x0b), many);
        return join(
                types(many),
                section(3, join(leb(many), new byte[many])),
                section(10, join(leb(many), bodies)));
    }

    private static byte[] types(int count) {
        return join(
                new TestModule().bytes(),
                section(1, join(leb(count), repeated(EMPTY_TYPE, count))));
    }

    private static byte[] manyElements() {
        return Guests.doing(code()).passiveElements(new int[2 * MILLION]).bytes();
    }

    private static byte[] manyParameters() {
        byte[] parameters = new byte[2 * MILLION];
        Arrays.fill(parameters, (byte) 0x7f);
        byte[] type = join(bytes(0x60), leb(parameters.length), parameters, bytes(0));
        return join(new TestModule().bytes(), section(1, join(leb(1), type)));
    }

    private static byte[] largeTables() {
        int entries = 10 * MILLION;
        return new TestModule().table(entries).table(entries).table(entries).table(entries).bytes();
    }

    private static byte[] objects(int... type) {
        TestModule module = new TestModule();
        module.rawType(bytes(type));
        return module.bytes();
    }

    private static Code simd() {
        return code().op(0xfd, 0x0c).row(16, code().op(0)).drop();
    }

    private static byte[] repeated(byte[] bytes, int times) {
        byte[] all = new byte[bytes.length * times];
        for (int i = 0; i < all.length; i++) {
            all[i] = bytes[i % bytes.length];
        }
        return all;
    }
}
