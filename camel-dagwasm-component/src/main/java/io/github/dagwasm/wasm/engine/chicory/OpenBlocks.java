package io.github.dagwasm.wasm.engine.chicory;

import java.util.ArrayList;
import java.util.List;

/**
 * The blocks that are open where a function is read, the innermost last. A branch finds its block
 * at once, however deep the block lies: a module may have many branches in many blocks.
 *
 * @param <T> what is known of a block
 */
final class OpenBlocks<T> {

    private final List<T> blocks = new ArrayList<>();

    void push(T block) {
        blocks.add(block);
    }

    /** Closes the innermost block. */
    T pop() {
        return blocks.remove(blocks.size() - 1);
    }

    T innermost() {
        return at(0);
    }

    /** The block that a branch leaves with so many others inside of it. */
    T at(long depth) {
        return blocks.get((int) (blocks.size() - 1 - depth));
    }

    int count() {
        return blocks.size();
    }
}
