package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.F32;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.F64;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.I32;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.I64;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.NUMBERS;

import io.github.dagwasm.wasm.Code;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

/** Chooses the instructions of one function of a {@link RandomFlow}. */
final class FlowSteps {

    private static final int EMPTY = 0x40;
    private static final int EXNREF = 0x69;
    private static final int MAX_DEPTH = 7;

    private static final int BLOCK = 0x02;
    private static final int LOOP = 0x03;
    private static final int TRY_TABLE = 0x1f;
    private static final int CATCH = 0;
    private static final int CATCH_ALL = 2;
    private static final int CATCH_ALL_REF = 3;

    private record Operator(int opcode, List<Integer> operands, int result) {}

    private static final List<Operator> OPERATORS = operators();

    private final Random random;
    private final FlowBody body;
    private final List<RandomFlow.Type> types;
    private final List<Integer> functions;
    private final RandomFlow.Shape shape;
    private final FlowData data;
    private int tries;
    private int steps;

    FlowSteps(
            Random random,
            FlowBody body,
            List<RandomFlow.Type> types,
            List<Integer> functions,
            RandomFlow.Shape shape) {
        this.random = random;
        this.body = body;
        this.types = types;
        this.functions = functions;
        this.shape = shape;
        data = new FlowData(random, body, shape.lasting());
        steps = shape.steps();
    }

    /** Writes the whole body. */
    void write() {
        guard();
        statements(4 + random.nextInt(20));
        body.finish();
    }

    private static List<Operator> operators() {
        List<Operator> all = new ArrayList<>();
        IntStream.rangeClosed(0x46, 0x4f).forEach(op -> all.add(binary(op, I32, I32)));
        IntStream.rangeClosed(0x51, 0x5a).forEach(op -> all.add(binary(op, I64, I32)));
        IntStream.rangeClosed(0x5b, 0x60).forEach(op -> all.add(binary(op, F32, I32)));
        IntStream.rangeClosed(0x61, 0x66).forEach(op -> all.add(binary(op, F64, I32)));
        // Divisions trap; one of them may do so.
        IntStream.of(0x6a, 0x6b, 0x6c, 0x6e, 0x71, 0x72, 0x73, 0x74, 0x76, 0x77)
                .forEach(op -> all.add(binary(op, I32, I32)));
        IntStream.of(0x7c, 0x7d, 0x7e, 0x83, 0x84, 0x85, 0x86, 0x88, 0x89)
                .forEach(op -> all.add(binary(op, I64, I64)));
        IntStream.rangeClosed(0x92, 0x97).forEach(op -> all.add(binary(op, F32, F32)));
        IntStream.rangeClosed(0xa0, 0xa5).forEach(op -> all.add(binary(op, F64, F64)));
        IntStream.rangeClosed(0x8b, 0x91).forEach(op -> all.add(unary(op, F32, F32)));
        IntStream.rangeClosed(0x99, 0x9f).forEach(op -> all.add(unary(op, F64, F64)));
        all.add(unary(0xa7, I64, I32));
        all.add(unary(0xac, I32, I64));
        all.add(unary(0xb2, I32, F32));
        all.add(unary(0xb9, I64, F64));
        all.add(unary(0xb6, F64, F32));
        all.add(unary(0xbb, F32, F64));
        return List.copyOf(all);
    }

    private static Operator binary(int opcode, int operand, int result) {
        return new Operator(opcode, List.of(operand, operand), result);
    }

    private static Operator unary(int opcode, int operand, int result) {
        return new Operator(opcode, List.of(operand), result);
    }

    /** Takes one off the global, and returns when nothing is left. */
    private void guard() {
        body.put(
                List.of(),
                code().globalGet(0).i32(1).sub().globalSet(0).globalGet(0),
                List.of(I32));
        body.put(List.of(I32), code().i32(0).op(0x48), List.of(I32));
        enterIf(List.of(), List.of());
        body.leave(body.results(), code().return_());
        body.close();
    }

    private void enterIf(List<Integer> parameters, List<Integer> results) {
        List<Integer> with = new ArrayList<>(parameters);
        with.add(I32);
        body.put(with, code().then(open(0x04, parameters, results)), parameters);
        body.enter(code(), parameters, results, false);
    }

    private void statements(int count) {
        for (int i = 0; i < count && steps > 0; i++) {
            steps--;
            step();
        }
    }

    private void step() {
        switch (random.nextInt(shape.data() ? 26 : 18)) {
            case 0, 1 -> body.push(number());
            case 2, 3, 4, 5 -> operator();
            case 6 -> consume();
            case 7 -> set();
            case 8, 9, 10 -> block();
            case 11 -> tryTable();
            case 12 -> branchIf();
            case 13 -> call();
            case 14 -> select();
            case 15 -> branchTable();
            case 16, 17 -> leave();
            default -> data.step();
        }
    }

    private int number() {
        return NUMBERS.get(random.nextInt(NUMBERS.size()));
    }

    private void operator() {
        Operator operator = OPERATORS.get(random.nextInt(OPERATORS.size()));
        body.put(operator.operands(), code().op(operator.opcode()), List.of(operator.result()));
    }

    /** Mixes an operand into the other global, so that its value shows. */
    private void consume() {
        if (body.height() == 0) {
            return;
        }
        switch (body.top()) {
            case I32 -> body.put(List.of(I32), mixed(), List.of());
            case I64 -> body.put(List.of(I64), code().op(0xa7).then(mixed()), List.of());
            case F32 -> body.put(List.of(F32), code().op(0xfc, 0).then(mixed()), List.of());
            case F64 -> body.put(List.of(F64), code().op(0xfc, 2).then(mixed()), List.of());
            default -> body.put(List.of(body.top()), code().drop(), List.of());
        }
    }

    private static Code mixed() {
        return code().globalGet(1).i32(31).op(0x6c).add().globalSet(1);
    }

    private void set() {
        int type = number();
        int local = body.local(type);
        if (random.nextBoolean()) {
            body.put(List.of(type), code().set(local), List.of());
        } else {
            body.put(List.of(type), code().tee(local), List.of(type));
        }
    }

    private void select() {
        int type = number();
        body.put(List.of(type, type, I32), code().op(0x1c, 1, type), List.of(type));
    }

    private void block() {
        if (body.depth() > MAX_DEPTH) {
            return;
        }
        RandomFlow.Type type = types.get(random.nextInt(types.size()));
        switch (random.nextInt(3)) {
            case 0 -> {
                body.need(type.parameters());
                body.enter(
                        open(BLOCK, type.parameters(), type.results()),
                        type.parameters(),
                        type.results(),
                        false);
                statements(random.nextInt(6));
            }
            case 1 -> {
                body.need(type.parameters());
                body.enter(
                        open(LOOP, type.parameters(), type.results()),
                        type.parameters(),
                        type.results(),
                        true);
                guard();
                statements(random.nextInt(6));
            }
            default -> {
                enterIf(type.parameters(), type.results());
                statements(random.nextInt(4));
                if (random.nextBoolean() || !type.parameters().equals(type.results())) {
                    body.otherwise(type.parameters());
                    statements(random.nextInt(4));
                }
            }
        }
        body.close();
    }

    /** A block that takes what is caught, and in it the {@code try_table}. */
    private void tryTable() {
        if (shape.tries() == RandomFlow.Tries.NONE || body.depth() > MAX_DEPTH) {
            return;
        }
        int kind = random.nextInt(RandomFlow.TAGS.size() + 2);
        List<Integer> caught =
                kind < RandomFlow.TAGS.size()
                        ? RandomFlow.TAGS.get(kind)
                        : kind == RandomFlow.TAGS.size() ? List.of() : List.of(EXNREF);
        body.enter(open(BLOCK, List.of(), caught), List.of(), caught, false);
        RandomFlow.Type type = types.get(random.nextInt(types.size()));
        Code catches =
                kind < RandomFlow.TAGS.size()
                        ? code().op(1, CATCH, kind, 0)
                        : code().op(
                                        1,
                                        kind == RandomFlow.TAGS.size() ? CATCH_ALL : CATCH_ALL_REF,
                                        0);
        body.need(type.parameters());
        body.enter(
                open(TRY_TABLE, type.parameters(), type.results()).then(catches),
                type.parameters(),
                type.results(),
                false);
        tries++;
        statements(random.nextInt(6));
        tries--;
        body.close();
        statements(random.nextInt(2));
        body.close();
        if (caught.contains(EXNREF)) {
            if (random.nextBoolean()) {
                body.put(List.of(EXNREF), code().drop(), List.of());
            } else {
                body.leave(List.of(EXNREF), code().op(0x0a));
            }
        }
    }

    private Code open(int opcode, List<Integer> parameters, List<Integer> results) {
        int index = types.indexOf(new RandomFlow.Type(parameters, results));
        if (index >= 0) {
            return code().op(opcode, index);
        }
        return code().op(opcode, results.isEmpty() ? EMPTY : results.get(0));
    }

    private void branchIf() {
        int depth = random.nextInt(body.depth());
        List<Integer> label = body.label(depth);
        List<Integer> with = new ArrayList<>(label);
        with.add(I32);
        body.put(with, code().brIf(depth), label);
    }

    private void branchTable() {
        List<Integer> label = body.label(random.nextInt(body.depth()));
        List<Integer> alike =
                IntStream.range(0, body.depth())
                        .filter(depth -> body.label(depth).equals(label))
                        .boxed()
                        .toList();
        int targets = random.nextInt(5);
        Code table = code().op(0x0e, targets);
        for (int i = 0; i <= targets; i++) {
            table.op(alike.get(random.nextInt(alike.size())));
        }
        List<Integer> with = new ArrayList<>(label);
        with.add(I32);
        body.leave(with, table);
    }

    private void call() {
        int function = random.nextInt(functions.size());
        RandomFlow.Type type = types.get(functions.get(function));
        if (random.nextBoolean()) {
            body.put(type.parameters(), code().call(function), type.results());
        } else {
            body.put(
                    type.parameters(),
                    code().i32(function).callIndirect(functions.get(function)),
                    type.results());
        }
    }

    private void leave() {
        switch (shape.lasting() ? random.nextInt(8) : 1 + random.nextInt(2) * 6) {
            case 0 -> body.leave(List.of(), code().unreachable());
            case 1 -> body.leave(body.results(), code().return_());
            case 2, 3 -> {
                int tag = random.nextInt(RandomFlow.TAGS.size());
                body.leave(RandomFlow.TAGS.get(tag), code().op(0x08, tag));
            }
            case 4, 5 -> tailCall();
            default -> {
                int depth = random.nextInt(body.depth());
                body.leave(body.label(depth), code().br(depth));
            }
        }
    }

    private void tailCall() {
        if (!shape.lasting() || (tries > 0 && shape.tries() != RandomFlow.Tries.WITH_TAIL_CALLS)) {
            return;
        }
        List<Integer> fitting =
                IntStream.range(0, functions.size())
                        .filter(f -> types.get(functions.get(f)).results().equals(body.results()))
                        .boxed()
                        .toList();
        if (fitting.isEmpty()) {
            return;
        }
        int function = fitting.get(random.nextInt(fitting.size()));
        List<Integer> parameters = types.get(functions.get(function)).parameters();
        if (random.nextBoolean()) {
            body.leave(parameters, code().returnCall(function));
        } else {
            body.leave(
                    parameters, code().i32(function).returnCallIndirect(functions.get(function)));
        }
    }
}
