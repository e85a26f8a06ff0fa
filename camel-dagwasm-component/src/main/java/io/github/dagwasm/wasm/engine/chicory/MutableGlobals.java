package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import java.util.ArrayList;
import java.util.List;

/** The globals of an instance that it can change. Used by one thread, that of the instance. */
final class MutableGlobals {

    /** A global's value has two halves: a vector needs both. */
    private static final int HALVES = 2;

    private final GlobalInstance[] globals;

    MutableGlobals(Instance instance) {
        List<GlobalInstance> found = new ArrayList<>();
        for (int i = 0; i < instance.globalCount(); i++) {
            if (instance.global(i).getMutabilityType() == MutabilityType.Var) {
                found.add(instance.global(i));
            }
        }
        globals = found.toArray(new GlobalInstance[0]);
    }

    /** Their values, the lower half of each before the upper one. */
    long[] values() {
        long[] values = new long[HALVES * globals.length];
        for (int i = 0; i < globals.length; i++) {
            values[HALVES * i] = globals[i].getValueLow();
            values[HALVES * i + 1] = globals[i].getValueHigh();
        }
        return values;
    }

    /**
     * Sets them.
     *
     * @param values what {@link #values} said of an instance of the same module
     */
    void set(long[] values) {
        for (int i = 0; i < globals.length; i++) {
            globals[i].setValueLow(values[HALVES * i]);
            globals[i].setValueHigh(values[HALVES * i + 1]);
        }
    }
}
