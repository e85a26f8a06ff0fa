package io.github.dagwasm.camel;

import java.util.Map;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularData;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** A table as JMX has it, with one key column; for one thread. */
final class ManagedTable {

    private final String[] columns;
    private final CompositeType row;
    private final TabularData table;

    /**
     * An empty table.
     *
     * @param name what it is of
     * @param columns the names of its columns, the key first; all are texts but the last one may be
     *     a number
     */
    ManagedTable(String name, SimpleType<?> last, String... columns) {
        this.columns = columns.clone();
        OpenType<?>[] types = new OpenType<?>[columns.length];
        for (int i = 0; i < types.length; i++) {
            types[i] = i == types.length - 1 ? last : SimpleType.STRING;
        }
        try {
            row = new CompositeType(name, name, columns, columns, types);
            table =
                    new TabularDataSupport(
                            new TabularType(name, name, row, new String[] {columns[0]}));
        } catch (OpenDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    /** A table of numbers by name. */
    static TabularData of(
            String name, String key, String value, Map<String, ? extends Number> numbers) {
        ManagedTable table = new ManagedTable(name, SimpleType.LONG, key, value);
        numbers.forEach((each, number) -> table.add(each, number.longValue()));
        return table.table();
    }

    /** Adds a row, whose key is new. */
    void add(Object... values) {
        try {
            table.put(new CompositeDataSupport(row, columns, values));
        } catch (OpenDataException e) {
            throw new IllegalArgumentException(e);
        }
    }

    TabularData table() {
        return table;
    }
}
