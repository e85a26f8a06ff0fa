package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Memory;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * All that an instance holds at one moment.
 *
 * @param pages how large its memory is
 * @param array what the memory is in; as large or larger
 * @param globals all globals, the lower half of each before the upper one
 * @param tables the references in each table
 */
@SuppressWarnings("ArrayRecordComponent")
record InstanceState(int pages, byte[] array, List<Long> globals, List<List<Integer>> tables) {

    /** In what another one is not as this one; what an array has beyond the pages must be clear. */
    Optional<String> difference(InstanceState other) {
        if (pages != other.pages) {
            return Optional.of(said("the number of pages", other.pages, pages));
        }
        int size = pages * Memory.PAGE_SIZE;
        int at = Arrays.mismatch(array, 0, size, other.array, 0, size);
        if (at >= 0) {
            return Optional.of(said("byte " + at + " of the memory", other.array[at], array[at]));
        }
        int beyond = other.array.length - size;
        at = Arrays.mismatch(other.array, size, size + beyond, new byte[beyond], 0, beyond);
        if (at >= 0) {
            byte found = other.array[size + at];
            return Optional.of(said("byte " + (size + at) + ", beyond the memory,", found, 0));
        }
        for (int i = 0; i < globals.size(); i++) {
            if (!globals.get(i).equals(other.globals.get(i))) {
                String half = "the " + (i % 2 == 0 ? "lower" : "upper") + " half of global ";
                return Optional.of(said(half + i / 2, other.globals.get(i), globals.get(i)));
            }
        }
        return tables.equals(other.tables)
                ? Optional.empty()
                : Optional.of(said("what is in the tables", other.tables, tables));
    }

    private static String said(String what, Object found, Object expected) {
        return what + " is " + found + ", and was " + expected + " at the beginning";
    }
}
