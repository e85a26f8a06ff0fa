package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import java.util.Random;

/**
 * Makes modules that do all that fuel is charged for, in an order of chance. They end, because
 * every loop counts down and every call goes to a function further behind.
 */
final class RandomGuest {

    /** The function that is exported, of one parameter and one result. */
    static final String ENTRY = "run";

    private static final int FUNCTIONS = 5;
    private static final int PASSIVE_BYTES = 6000;
    private static final int TABLE_ENTRIES = 3000;

    /** Local 0 is the parameter; each nested loop counts in another one. */
    private static final int LOCALS = 8;

    /** The type of all functions but the import, which comes first. */
    private static final int TYPE = 1;

    private static final int NO_RESULT = 0x40;

    private final Random random;
    private int function;

    RandomGuest(long seed) {
        random = new Random(seed);
    }

    byte[] module() {
        TestModule module =
                new TestModule()
                        .importFunction("env", "copy", 2, 0)
                        .memory(3)
                        .table(TABLE_ENTRIES)
                        .passiveData(new byte[PASSIVE_BYTES]);
        for (function = 1; function <= FUNCTIONS; function++) {

            Code body = statements(1 + random.nextInt(5), 1).then(last());
            if (function == 1) {
                module.exported(ENTRY, 1, 1, LOCALS, body);
            } else {
                module.function(1, 1, LOCALS, body);
            }
        }
        module.elements(0, 1, 2, 3, 4, 5).passiveElements(new int[2000]);
        return module.tag().bytes();
    }

    /** The interpreter leaves frames behind where a function that was called makes a tail call. */
    private Code last() {
        if (function == 1 && random.nextInt(2) == 0) {
            return random.nextBoolean()
                    ? code().get(0).returnCall(function + 1)
                    : code().get(0).i32(function).returnCallIndirect(TYPE);
        }
        return code().get(0);
    }

    private Code statements(int count, int depth) {
        Code all = code();
        for (int i = 0; i < count; i++) {
            all.then(statement(depth));
        }
        return all;
    }

    private Code statement(int depth) {

        if (depth < 4 && random.nextInt(2) == 0) {
            return loop(depth);
        }
        return switch (random.nextInt(12)) {
            case 0 -> code().i32(at()).i32(7).i32(length()).memoryFill();
            case 1 -> code().i32(at()).i32(at()).i32(length()).memoryCopy();
            case 2 -> code().i32(at()).i32(0).i32(random.nextInt(PASSIVE_BYTES)).memoryInit(0);
            case 3 -> code().i32(random.nextInt(3)).memoryGrow().drop();
            case 4 -> code().i32(5).refNull().i32(random.nextInt(2900)).tableFill();
            case 5 -> code().i32(5).i32(random.nextInt(900)).i32(random.nextInt(2000)).tableCopy();
            case 6 -> code().refNull().i32(random.nextInt(900)).tableGrow().drop();
            case 7 -> code().i32(at()).i32(length()).call(0);
            case 8 -> code().i32(5).i32(0).i32(random.nextInt(1990)).tableInit(1);
            default -> calls(depth);
        };
    }

    /** Calls behind loops within loops would take too long. */
    private Code calls(int depth) {
        if (function >= FUNCTIONS || depth > 2) {
            return code().get(0).i32(3).add().set(0);
        }
        int next = function + 1 + random.nextInt(FUNCTIONS - function);
        return random.nextBoolean()
                ? code().get(0).call(next).set(0)
                : code().get(0).i32(next - 1).callIndirect(TYPE).set(0);
    }

    private Code loop(int depth) {
        int counter = depth;
        Code begin = code().i32(1 + random.nextInt(4)).set(counter);
        Code inside = statements(random.nextInt(3), depth + 1);
        Code down = code().get(counter).i32(1).sub().tee(counter);
        return switch (random.nextInt(6)) {
            case 0 -> begin.loop().then(inside).then(down).brIf(0).end();
            case 1 -> begin.block().loop().then(inside).then(down).eqz().brIf(1).br(0).end().end();
            // Out for 0, else back, and nothing else; the other one has a value to drop first.
            case 2 -> begin.block().loop().then(inside).then(down).op(0x0e, 2, 1, 0, 0).end().end();
            case 3 ->
                    begin.block()
                            .loop()
                            .then(inside)
                            .i32(9)
                            .then(down)
                            .op(0x0e, 2, 1, 0, 0)
                            .end()
                            .end();
            // A value is carried around the loop.
            case 4 ->
                    begin.i32(random.nextInt(9))
                            .op(0x03, TYPE)
                            .then(inside)
                            .i32(1)
                            .add()
                            .then(down)
                            .brIf(0)
                            .end()
                            .drop();
            // What is thrown is caught at the loop's beginning.
            default ->
                    begin.loop()
                            .op(0x1f, NO_RESULT, 1, 0x02, 0)
                            .then(down)
                            .if_()
                            .op(0x08, 0)
                            .end()
                            .end()
                            .end();
        };
    }

    private int at() {
        return random.nextInt(50_000);
    }

    private int length() {
        return random.nextInt(random.nextBoolean() ? 100 : 90_000);
    }
}
