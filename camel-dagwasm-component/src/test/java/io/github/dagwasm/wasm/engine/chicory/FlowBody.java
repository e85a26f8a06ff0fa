package io.github.dagwasm.wasm.engine.chicory;

import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.F32;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.F64;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.I32;
import static io.github.dagwasm.wasm.engine.chicory.RandomFlow.I64;

import io.github.dagwasm.wasm.Code;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/**
 * The body of one function of a {@link RandomFlow}: writes instructions and keeps the types of the
 * operand stack, in reachable and in dead code.
 */
final class FlowBody {

    /** An open block; {@code label} is what a branch to it takes along. */
    private record Open(List<Integer> results, List<Integer> label, int height, boolean dead) {}

    private final Random random;
    private final Code code = Code.code();
    private final List<Integer> stack = new ArrayList<>();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Integer> locals;
    private boolean dead;

    FlowBody(Random random, List<Integer> locals, List<Integer> results) {
        this.random = random;
        this.locals = locals;
        open.push(new Open(results, results, 0, false));
    }

    Code code() {
        return code;
    }

    /** How many blocks are open, with that of the function. */
    int depth() {
        return open.size();
    }

    /** The types that a branch takes along. */
    List<Integer> label(int depth) {
        return new ArrayList<>(open).get(depth).label();
    }

    /** The types of the function's results. */
    List<Integer> results() {
        return open.getLast().results();
    }

    /** How many operands are there in the innermost block. */
    int height() {
        return stack.size() - open.peek().height();
    }

    int top() {
        return stack.get(stack.size() - 1);
    }

    /** Which local has a type; there is one for each. */
    int local(int type) {
        List<Integer> fitting = new ArrayList<>();
        for (int i = 0; i < locals.size(); i++) {
            if (locals.get(i) == type) {
                fitting.add(i);
            }
        }
        return fitting.get(random.nextInt(fitting.size()));
    }

    /** Writes an instruction that takes operands and leaves results. */
    void put(List<Integer> operands, Code instruction, List<Integer> results) {
        need(operands);
        code.then(instruction);
        take(operands.size());
        stack.addAll(results);
    }

    /** Writes one that goes elsewhere: what follows in the block is dead. */
    void leave(List<Integer> operands, Code instruction) {
        need(operands);
        code.then(instruction);
        take(height());
        dead = true;
    }

    /** Opens a block, whose parameters are there. */
    void enter(Code instruction, List<Integer> parameters, List<Integer> results, boolean loop) {
        code.then(instruction);
        take(parameters.size());
        open.push(new Open(results, loop ? parameters : results, stack.size(), dead));
        stack.addAll(parameters);
        dead = false;
    }

    /** Begins the other branch of an {@code if} with the same parameters. */
    void otherwise(List<Integer> parameters) {
        settle();
        code.op(0x05);
        stack.addAll(parameters);
        dead = false;
    }

    /** Closes the innermost block. */
    void close() {
        settle();
        code.end();
        Open closed = open.pop();
        dead = closed.dead();
        stack.addAll(closed.results());
    }

    /** Leaves the results of the function; its last {@code end} is not written here. */
    void finish() {
        settle();
    }

    /** Leaves the results of the innermost block and nothing else, and forgets them. */
    private void settle() {
        List<Integer> results = open.peek().results();
        if (!isTop(results) || height() != results.size()) {
            while (height() > 0) {
                code.drop();
                take(1);
            }
            need(results);
        }
        take(height());
    }

    /**
     * Sees to operands on top of the stack. In dead code they may come out of nothing; but a block
     * in dead code begins with its parameters alone.
     */
    void need(List<Integer> types) {
        boolean nothing = dead && height() == 0 && random.nextInt(3) > 0;
        if (!nothing && !isTop(types)) {
            types.forEach(this::push);
        }
    }

    /** Writes a value. */
    void push(int type) {
        code.then(value(type));
        stack.add(type);
    }

    private Code value(int type) {
        if (RandomFlow.NUMBERS.contains(type) && random.nextInt(3) > 0) {
            return Code.code().get(local(type));
        }
        int small = random.nextInt(9) - 3;
        return switch (type) {
            case I32 -> Code.code().i32(random.nextInt(4) == 0 ? random.nextInt() : small);
            case I64 -> Code.code().i64(random.nextInt(4) == 0 ? random.nextLong() : small);
            case F32 -> Code.code().f32(small / 2f);
            case F64 -> f64(small / 4.0);
            default -> Code.code().op(0xd0, type);
        };
    }

    private static Code f64(double value) {
        byte[] bytes =
                ByteBuffer.allocate(Double.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .putDouble(value)
                        .array();
        Code code = Code.code().op(0x44);
        for (byte b : bytes) {
            code.op(b);
        }
        return code;
    }

    private boolean isTop(List<Integer> types) {
        return height() >= types.size()
                && stack.subList(stack.size() - types.size(), stack.size()).equals(types);
    }

    private void take(int count) {
        for (int i = 0; i < count && height() > 0; i++) {
            stack.remove(stack.size() - 1);
        }
    }
}
