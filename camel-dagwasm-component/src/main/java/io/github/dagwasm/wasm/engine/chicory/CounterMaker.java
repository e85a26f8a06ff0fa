package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.Machine;
import java.lang.reflect.Constructor;
import java.util.function.IntConsumer;
import java.util.function.IntSupplier;

/** Makes counters of one module's {@link CountClass}. Safe for use by any number of threads. */
final class CounterMaker {

    /** Of a class that is known when the first machine is there, and always the same. */
    private volatile Constructor<?> constructor;

    /**
     * Makes a counter, and has a meter use it.
     *
     * @param machine one that was generated from the module
     * @param meter the meter
     * @return the counter
     */
    Object make(Machine machine, Meter meter) {
        Constructor<?> present = constructor;
        if (present == null) {
            present = CountClass.constructor(machine);
            constructor = present;
        }
        try {
            Object counter = present.newInstance(meter);
            meter.count((IntSupplier) counter, (IntConsumer) counter);
            return counter;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException(e);
        }
    }
}
