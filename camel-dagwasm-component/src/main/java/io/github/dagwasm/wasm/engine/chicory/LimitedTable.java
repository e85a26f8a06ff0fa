package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.TableInstance;
import com.dylibso.chicory.runtime.WasmRuntimeException;
import com.dylibso.chicory.wasm.ChicoryException;
import com.dylibso.chicory.wasm.types.Table;
import com.dylibso.chicory.wasm.types.TableLimits;
import com.dylibso.chicory.wasm.types.Value;
import java.util.Arrays;

/**
 * A table that grows no further than the tables of its instance may together, and heeds interrupts.
 *
 * <p>It holds its references itself. Chicory's class writes a table's growth into the limits of the
 * parsed module, which all instances share, and remembers of each reference the instance that it is
 * of: here that is always the table's own, since no module imports a table.
 */
final class LimitedTable extends TableInstance {

    /** What an entry takes of the JVM's heap. */
    static final int ENTRY_BYTES = 4;

    /** What a guest is told of growth that it does not get. */
    private static final int REFUSED = -1;

    private final TableLimits limits;
    private final Growth growth;
    private final Meter meter;
    private int[] references;

    LimitedTable(Table table, int initialValue, Growth growth, Meter meter) {
        super(new Table(table.elementType(), new TableLimits(0, 0), table.initialize()), 0);
        limits = table.limits();
        this.growth = growth;
        this.meter = meter;
        meter.look();
        references = new int[(int) limits.min()];
        Arrays.fill(references, initialValue);
    }

    @Override
    public int size() {
        return references.length;
    }

    @Override
    public TableLimits limits() {
        return limits;
    }

    @Override
    public int grow(int entries, int value, Instance instance) {
        meter.look();
        int before = references.length;
        long size = before + Integer.toUnsignedLong(entries);
        boolean bounded = limits.max() < TableLimits.LIMIT_MAX;
        if (bounded && size > limits.max()) {
            return REFUSED;
        }
        if (!growth.allowsTableEntries(size - before) || size > TableLimits.LIMIT_MAX) {
            return REFUSED;
        }
        meter.bulk((size - before) * ENTRY_BYTES);
        if (size > before) {
            move((int) size);
            Arrays.fill(references, before, (int) size, value);
        }
        return before;
    }

    /** While the entries are copied, both arrays are there. */
    private void move(int size) {
        long before = (long) references.length * ENTRY_BYTES;
        growth.take((long) size * ENTRY_BYTES);
        references = Arrays.copyOf(references, size);
        growth.give(before);
    }

    @Override
    public int ref(int index) {
        if (index < 0 || index >= references.length) {
            throw new ChicoryException("undefined element");
        }
        return references[index];
    }

    @Override
    public int requiredRef(int index) {
        int reference = ref(index);
        if (reference == Value.REF_NULL_VALUE) {
            throw new ChicoryException("uninitialized element");
        }
        return reference;
    }

    @Override
    public void setRef(int index, int value, Instance instance) {
        meter.bulk(ENTRY_BYTES);
        if (index < 0 || index >= references.length) {
            throw new WasmRuntimeException("out of bounds table access");
        }
        references[index] = value;
    }

    /** None: the reference is of the table's own instance. */
    @Override
    public Instance instance(int index) {
        return null;
    }

    @Override
    public void reset() {
        Arrays.fill(references, Value.REF_NULL_VALUE);
    }
}
