package io.github.dagwasm.wasm.admission;

import java.util.Arrays;

/**
 * The blocks that are open in one function, and how many operands lie on its stack: what an engine
 * copies at every block and moves at every branch. In code that is valid the number is exact. Used
 * for one function after the other.
 */
final class Frames {

    private static final int FIRST_CAPACITY = 32;
    private static final int BACK_PLACES = 5;

    /** More than any budget allows; a type's values on top of it are still an int. */
    private static final int MOST_OPERANDS = 1 << 30;

    private final int most;
    private int[] bases = new int[FIRST_CAPACITY];
    private int[] parameters = new int[FIRST_CAPACITY];
    private int[] results = new int[FIRST_CAPACITY];
    private int[] children = new int[FIRST_CAPACITY];
    private boolean[] loops = new boolean[FIRST_CAPACITY];

    /** Where in the count of places each try_table begins; -1 for other blocks. */
    private long[] tries = new long[FIRST_CAPACITY];

    private int depth;
    private int operands;
    private long moved;
    private long neighbours;
    private long left;
    private long places;
    private long handlerEdges;
    private long saved;

    /**
     * Frames.
     *
     * @param most how deep they are told apart
     */
    Frames(long most) {
        this.most = (int) Math.min(most, Integer.MAX_VALUE >> 2);
    }

    /** Begins a function. */
    void begin(int resultCount) {
        depth = 0;
        operands = 0;
        moved = 0;
        places = 0;
        saved = 0;
        set(0, 0, resultCount, false);
    }

    /** Control flow meets here, or what is known of locals changes. */
    void place(int count) {
        places += count;
    }

    /** Opens a try_table: what lies on the stack is kept in locals of its own. */
    void openTry(int parameterCount, int resultCount) {
        saved += operands;
        places += operands;
        open(parameterCount, resultCount, false);
        tries[slot()] = places;
    }

    /** Opens a block. */
    void open(int parameterCount, int resultCount, boolean loop) {
        moved += operands;
        children[slot()]++;
        operands = Math.max(bases[slot()], operands - parameterCount);
        depth++;
        set(operands, parameterCount, resultCount, loop);
        operands = Math.min(MOST_OPERANDS, operands + parameterCount);
    }

    /** Begins the other half of a block. */
    void alternative() {
        moved += operands;
        operands = Math.min(MOST_OPERANDS, bases[slot()] + parameters[slot()]);
    }

    /**
     * Ends a block.
     *
     * @return whether it was the function itself
     */
    boolean end() {
        if (depth == 0) {
            moved += results[0];
            return true;
        }
        int slot = slot();
        operands = Math.min(MOST_OPERANDS, bases[slot] + results[slot]);
        boolean loop = loops[slot];
        if (tries[slot] >= 0) {
            handlerEdges += places - tries[slot];
        }
        depth--;
        if (loop) {
            neighbours += children[slot()];
        }
        return false;
    }

    /** Leaves so many blocks, or repeats a loop; false where there are not so many. */
    boolean branch(long label) {
        if (label > depth) {
            return false;
        }
        // Going back costs a look at the counter, with branches of its own.
        places += loops[(int) Math.min(depth - label, most)] ? BACK_PLACES : 1;
        left += label + 1;
        moved += Math.max(0, operands - bases[(int) Math.min(depth - label, most)]);
        return true;
    }

    /** What follows is not reached. */
    void leave() {
        operands = bases[slot()];
    }

    /** Takes so many operands, and gives others. */
    void exchange(int taken, int given) {
        moved += (long) taken + given;
        change(given - taken);
    }

    void change(int by) {
        operands = Math.min(MOST_OPERANDS, Math.max(bases[slot()], operands + by));
    }

    /** How many operands lie on the stack. */
    int operands() {
        return operands;
    }

    int depth() {
        return depth;
    }

    /** How many operands have been moved in this function. */
    long moved() {
        return moved;
    }

    /** How many places there are in this function. */
    long places() {
        return places;
    }

    /** How many operands all try_tables of this function keep. */
    long saved() {
        return saved;
    }

    /** How many places all try_tables of all functions have inside of them. */
    long handlerEdges() {
        return handlerEdges;
    }

    /** How many blocks all branches of all functions have left. */
    long left() {
        return left;
    }

    /** How many blocks stand beside the loops of all functions. */
    long neighbours() {
        return neighbours;
    }

    private int slot() {
        return Math.min(depth, most);
    }

    private void set(int base, int parameterCount, int resultCount, boolean loop) {
        int slot = slot();
        if (slot == bases.length) {
            int grown = slot * 2;
            bases = Arrays.copyOf(bases, grown);
            parameters = Arrays.copyOf(parameters, grown);
            results = Arrays.copyOf(results, grown);
            children = Arrays.copyOf(children, grown);
            loops = Arrays.copyOf(loops, grown);
            tries = Arrays.copyOf(tries, grown);
        }
        bases[slot] = base;
        parameters[slot] = parameterCount;
        results[slot] = resultCount;
        children[slot] = 0;
        loops[slot] = loop;
        tries[slot] = -1;
    }
}
