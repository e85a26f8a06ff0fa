package io.github.dagwasm.wasm.engine.chicory;

import com.dylibso.chicory.runtime.GlobalInstance;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.wasm.types.MutabilityType;
import io.github.dagwasm.wasm.engine.ByteSearch;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;

/** What an instance holds, all of it, also what its guest cannot reach any more. */
public final class Innards {

    private final FlatMemory memory;
    private final MutableGlobals mutable;
    private final Instance instance;

    private Innards(WasmInstance of) {
        memory = (FlatMemory) field(of, "memory");
        mutable = (MutableGlobals) field(of, "globals");
        instance = (Instance) field(of, "instance");
    }

    /** Opens an instance of Chicory's. */
    public static Innards of(WasmInstance instance) {
        return new Innards(instance);
    }

    private static Object field(WasmInstance of, String name) {
        try {
            Field field = ChicoryInstance.class.getDeclaredField(name);
            field.setAccessible(true);
            return field.get(of);
        } catch (ReflectiveOperationException e) {
            throw new LinkageError(name, e);
        }
    }

    /** A reset that leaves the globals as they are: what finds secrets has to find those there. */
    public static void resetAllButGlobals(WasmInstance instance) throws InterruptedException {
        MutableGlobals globals = of(instance).mutable;
        long[] left = globals.values();
        instance.reset();
        globals.set(left);
    }

    /** Writes to the upper halves of the globals, which guests without vectors cannot. */
    void spoilUpperHalves(long value) {
        globals()
                .filter(global -> global.getMutabilityType() == MutabilityType.Var)
                .forEach(global -> global.setValueHigh(value));
    }

    private Stream<GlobalInstance> globals() {
        return IntStream.range(0, instance.globalCount()).mapToObj(instance::global);
    }

    /** The value of an exported global. */
    long exportedGlobal(String name) {
        return instance.exports().global(name).getValue();
    }

    /** The first byte that is not clear, in the whole array. */
    OptionalInt firstByteSet() {
        byte[] bytes = memory.bytes;
        int at = Arrays.mismatch(bytes, new byte[bytes.length]);
        return at < 0 ? OptionalInt.empty() : OptionalInt.of(at);
    }

    /** Where bytes are, in the whole array. */
    public Optional<String> findInMemory(byte[] mark) {
        byte[] bytes = memory.bytes;
        int at = ByteSearch.indexOf(bytes, mark[0], 0, bytes.length);
        while (at >= 0) {
            int end = at + mark.length;
            if (end <= bytes.length && Arrays.equals(bytes, at, end, mark, 0, mark.length)) {
                return Optional.of("at byte " + at + " of its memory");
            }
            at = ByteSearch.indexOf(bytes, mark[0], at + 1, bytes.length);
        }
        return Optional.empty();
    }

    /** Where a number is, in both halves of each global. */
    public Optional<String> findInGlobals(int markBits) {
        return IntStream.range(0, instance.globalCount())
                .filter(i -> holds(instance.global(i), markBits))
                .mapToObj(i -> "in its global " + i)
                .findFirst();
    }

    private static boolean holds(GlobalInstance global, int bits) {
        return holds(global.getValueLow(), bits) || holds(global.getValueHigh(), bits);
    }

    private static boolean holds(long value, int bits) {
        return (int) value == bits || (int) (value >>> Integer.SIZE) == bits;
    }

    /** Copies all of it. */
    InstanceState state() {
        return new InstanceState(
                memory.pages(),
                memory.bytes.clone(),
                globals()
                        .flatMapToLong(g -> LongStream.of(g.getValueLow(), g.getValueHigh()))
                        .boxed()
                        .toList(),
                tables());
    }

    private List<List<Integer>> tables() {
        return IntStream.range(0, instance.tableCount())
                .mapToObj(instance::table)
                .map(table -> IntStream.range(0, table.size()).mapToObj(table::ref).toList())
                .toList();
    }
}
