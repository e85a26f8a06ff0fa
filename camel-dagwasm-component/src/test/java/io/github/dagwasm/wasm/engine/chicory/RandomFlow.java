package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Makes valid modules whose control flow is of chance: blocks of many values, exceptions, tables of
 * branches, tail calls, dead code of any length. They end, because every loop and every function
 * takes one off a global, and returns when nothing is left. Their answers do not depend on the bits
 * of a NaN.
 */
final class RandomFlow {

    static final int I32 = 0x7f;
    static final int I64 = 0x7e;
    static final int F32 = 0x7d;
    static final int F64 = 0x7c;
    static final List<Integer> NUMBERS = List.of(I32, I64, F32, F64);

    /** The function that is exported, of one i32 and to one i64. */
    static final String ENTRY = "run";

    /** How many functions a module has. */
    static final int FUNCTIONS = 5;

    /** The types of the tags, all of which return nothing. */
    static final List<List<Integer>> TAGS = List.of(List.of(), List.of(I32), List.of(I64, F64));

    private static final List<Integer> LOCALS =
            Stream.concat(NUMBERS.stream(), NUMBERS.stream()).toList();

    private static final int FUNCREF = 0x70;
    private static final int FUNCTION_SECTION = 3;
    private static final int TABLE_SECTION = 4;
    private static final int GLOBAL_SECTION = 6;
    private static final int EXPORT_SECTION = 7;
    private static final int CODE_SECTION = 10;
    private static final int TAG_SECTION = 13;

    /** A type of functions and blocks. */
    record Type(List<Integer> parameters, List<Integer> results) {}

    /** Which {@code try_table}s there may be. */
    enum Tries {
        NONE,
        WITHOUT_TAIL_CALLS,
        WITH_TAIL_CALLS
    }

    /**
     * What a module may have.
     *
     * @param tries which {@code try_table}s
     * @param data whether a memory, a second table and their instructions
     * @param lasting whether what no reset sets back: exceptions, tail calls, changes of that
     *     table, segments that are dropped
     * @param steps how many instructions are chosen for a function at most
     */
    record Shape(Tries tries, boolean data, boolean lasting, int steps) {

        private static final int MOST_STEPS = 150;

        /** Control flow alone. */
        static Shape flow(Tries tries) {
            return new Shape(tries, false, true, MOST_STEPS);
        }

        /** Control flow with data. */
        static Shape data(Tries tries, boolean lasting) {
            return new Shape(tries, true, lasting, MOST_STEPS);
        }

        Shape withSteps(int fewer) {
            return new Shape(tries, data, lasting, fewer);
        }
    }

    private final Random random;
    private final Shape shape;

    /**
     * Makes a generator.
     *
     * @param seed of the chance
     * @param shape what the module may have
     */
    RandomFlow(long seed, Shape shape) {
        random = new Random(seed);
        this.shape = shape;
    }

    byte[] module() {
        List<Type> types = new ArrayList<>();
        types.add(new Type(List.of(I32), List.of(I64)));
        TAGS.forEach(tag -> types.add(new Type(tag, List.of())));
        // What is caught is the result of a block.
        TAGS.forEach(tag -> types.add(new Type(List.of(), tag)));
        for (int i = 0; i < 8; i++) {
            types.add(new Type(numbers(), numbers()));
        }
        TestModule module = new TestModule();
        module.item(TABLE_SECTION, TestModule.bytes(FUNCREF, 0, 8));
        module.item(GLOBAL_SECTION, global(I32, Code.code().i32(150)));
        module.item(GLOBAL_SECTION, global(I32, Code.code().i32(0)));
        if (shape.data()) {
            addData(module);
        }
        for (Type type : types) {
            module.rawType(
                    TestModule.join(
                            TestModule.bytes(0x60),
                            vector(type.parameters()),
                            vector(type.results())));
        }
        for (int tag = 0; tag < TAGS.size(); tag++) {
            module.item(TAG_SECTION, TestModule.bytes(0, 1 + tag));
        }
        List<Integer> functions = new ArrayList<>();
        for (int i = 0; i < FUNCTIONS; i++) {
            functions.add(i == 0 ? 0 : random.nextInt(types.size()));
        }
        for (int i = 0; i < FUNCTIONS; i++) {
            Type type = types.get(functions.get(i));
            List<Integer> locals = new ArrayList<>(type.parameters());
            locals.addAll(LOCALS);
            FlowBody body = new FlowBody(random, locals, type.results());
            new FlowSteps(random, body, types, functions, shape).write();
            module.item(FUNCTION_SECTION, TestModule.leb(functions.get(i)));
            module.item(CODE_SECTION, withLocals(body.code()));
        }
        module.item(
                EXPORT_SECTION, TestModule.join(TestModule.name(ENTRY), TestModule.bytes(0, 0)));
        return module.elements(0, 0, 1, 2, 3, 4).bytes();
    }

    /** All have a maximum, so that growth ends alike, whichever limits the host has. */
    private static void addData(TestModule module) {
        byte[] patterned = new byte[FlowData.SEGMENT_BYTES];
        new Random(patterned.length).nextBytes(patterned);
        int functions = FlowData.ENTRIES;
        module.item(TABLE_SECTION, TestModule.bytes(FUNCREF, 1, functions, 4 * functions))
                .item(GLOBAL_SECTION, global(I64, Code.code().i64(1)))
                .memory(2, 5)
                .passiveData(patterned)
                .data(4000, patterned)
                .passiveElements(IntStream.range(0, functions).map(i -> i % FUNCTIONS).toArray());
    }

    private static byte[] global(int type, Code value) {
        return TestModule.join(TestModule.bytes(type, 1), value.end().bytes());
    }

    private static byte[] withLocals(Code code) {
        byte[] locals = TestModule.leb(LOCALS.size());
        for (int local : LOCALS) {
            locals = TestModule.join(locals, TestModule.bytes(1, local));
        }
        byte[] body = TestModule.join(locals, code.end().bytes());
        return TestModule.join(TestModule.leb(body.length), body);
    }

    private List<Integer> numbers() {
        List<Integer> chosen = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            chosen.add(NUMBERS.get(random.nextInt(NUMBERS.size())));
        }
        return chosen;
    }

    private static byte[] vector(List<Integer> types) {
        byte[] bytes = new byte[1 + types.size()];
        bytes[0] = (byte) types.size();
        for (int i = 0; i < types.size(); i++) {
            bytes[1 + i] = types.get(i).byteValue();
        }
        return bytes;
    }
}
