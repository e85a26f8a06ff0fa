package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;

/**
 * A table that grows no further than the tables of its instance may together.
 *
 * <p>It has limits of its own: Chicory writes a table's growth into the limits of the parsed
 * module, which all instances share, so that the next instance would begin with the size that this
 * one has reached.
 */
final class LimitedTable extends TableInstance {

    /** What an entry takes of the JVM's heap: an int and a reference. */
    static final int ENTRY_BYTES = 12;

    /** How many entries the tables of one instance may still grow by. */
    static final class Growth {
        private long left;

        Growth(long left) {
            this.left = left;
        }
    }

    private final Growth growth;

    LimitedTable(Table table, int initialValue, Growth growth) {
        super(
                new Table(table.elementType(), copyOf(table.limits()), table.initialize()),
                initialValue);
        this.growth = growth;
    }

    @Override
    public int grow(int entries, int value, Instance instance) {
        if (Integer.toUnsignedLong(entries) > growth.left) {
            return -1;
        }
        int before = super.grow(entries, value, instance);
        if (before >= 0) {
            growth.left -= entries;
        }
        return before;
    }

    private static TableLimits copyOf(TableLimits limits) {
        return new TableLimits(limits.min(), limits.max(), limits.shared());
    }
}
