package io.github.dagwasm.wasm.abi;

import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.HostFunction;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.WasmMemory;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Set;

/**
 * What the standard library of AssemblyScript imports from {@code env} beside {@code abort}: {@code
 * console}, {@code trace}, the clocks and a seed. Lines go where those of WASI go: what is told as
 * a warning or an error to standard error, all else to standard output. Clock and seed are those of
 * the guest's surroundings. For one thread at a time.
 */
public final class AssemblyScriptHost {

    private static final String MODULE = "env";
    private static final String SEED = "seed";
    private static final String DATE = "Date.now";
    private static final String PERFORMANCE = "performance.now";
    private static final Set<String> OUTSIDE = Set.of(SEED, DATE, PERFORMANCE);

    private static final Signature TEXT = Signature.ofI32(1, 0);
    private static final Signature CONDITION_AND_TEXT = Signature.ofI32(2, 0);
    private static final Signature NUMBER = new Signature(List.of(), List.of(ValueType.F64));
    private static final int MOST_NUMBERS = 5;
    private static final Signature TRACE = trace();

    private static final double NANOS_OF_A_MILLISECOND = 1e6;

    /** A double holds whole numbers of so many bits. */
    private static final int BITS_OF_A_SEED = 53;

    /** The size in bytes stands right before a string. */
    private static final int SIZE_BYTES = Integer.BYTES;

    /** How much of a string is on its way at once. */
    private static final int BYTES_AT_ONCE = 1 << 15;

    private static final byte[] END = {'\n'};
    private static final byte[] FAILED = "Assertion failed: ".getBytes(UTF_8);
    private static final long[] NOTHING = {};

    /** What the functions are called; last, since to make them takes all of the above. */
    private static final List<String> NAMES =
            functions(GuestStreams.NONE).stream().map(HostFunction::name).toList();

    private final GuestStreams streams;

    private AssemblyScriptHost(GuestStreams streams) {
        this.streams = streams;
    }

    /**
     * Whether a module imports any of them.
     *
     * @param module the module
     * @return whether it does
     */
    public static boolean isImportedBy(WasmModule module) {
        return NAMES.stream().anyMatch(name -> module.importsFunction(MODULE, name));
    }

    /** Whether a module asks for the time or for chance, which may be granted. */
    static boolean asksOutside(WasmModule module) {
        return OUTSIDE.stream().anyMatch(name -> module.importsFunction(MODULE, name));
    }

    /**
     * Initialises all that a call touches, so that no guest is the first to touch it.
     *
     * @param memory one of zeroes, in which the empty string lies at 4
     * @param streams to write to
     */
    public static void rehearse(WasmMemory memory, GuestStreams streams) {
        for (HostFunction function : functions(streams)) {
            long[] arguments = new long[TRACE.parameters().size()];
            Arrays.fill(arguments, SIZE_BYTES);
            long[] unused = function.call(memory, arguments);
        }
        streams.end();
    }

    /**
     * The functions.
     *
     * @param streams where lines go, and what clocks and chance the guest has
     * @return the functions, for one instance at a time
     */
    public static List<HostFunction> functions(GuestStreams streams) {
        AssemblyScriptHost host = new AssemblyScriptHost(streams);
        List<HostFunction> functions = new ArrayList<>();
        for (String name : List.of("log", "debug", "info", "timeLog", "timeEnd")) {
            functions.add(function("console." + name, TEXT, host::out));
        }
        for (String name : List.of("warn", "error")) {
            functions.add(function("console." + name, TEXT, host::err));
        }
        functions.add(function("console.time", TEXT, (memory, a) -> NOTHING));
        functions.add(function("console.assert", CONDITION_AND_TEXT, host::require));
        functions.add(function("trace", TRACE, host::trace));
        functions.add(function(SEED, NUMBER, (memory, a) -> bits(host.seed())));
        functions.add(function(DATE, NUMBER, (memory, a) -> bits(host.date())));
        functions.add(function(PERFORMANCE, NUMBER, (memory, a) -> bits(host.performance())));
        return functions;
    }

    private static HostFunction function(String name, Signature type, HostFunction.Body body) {
        return new HostFunction(MODULE, name, type, body);
    }

    private static Signature trace() {
        List<ValueType> parameters = new ArrayList<>(List.of(ValueType.I32, ValueType.I32));
        parameters.addAll(Collections.nCopies(MOST_NUMBERS, ValueType.F64));
        return new Signature(parameters, List.of());
    }

    private static long[] bits(double number) {
        return new long[] {Double.doubleToRawLongBits(number)};
    }

    private double seed() {
        return streams.random().nextLong() >>> (Long.SIZE - BITS_OF_A_SEED);
    }

    private double date() {
        double now = Math.floor(streams.clock().timeOfDay() / NANOS_OF_A_MILLISECOND);
        streams.clock().looked();
        return now;
    }

    private double performance() {
        double now = streams.clock().monotonic() / NANOS_OF_A_MILLISECOND;
        streams.clock().looked();
        return now;
    }

    private long[] out(WasmMemory memory, long[] a) {
        return line(streams.out(), memory, a[0]);
    }

    private long[] err(WasmMemory memory, long[] a) {
        return line(streams.err(), memory, a[0]);
    }

    private long[] require(WasmMemory memory, long[] a) {
        if ((int) a[0] == 0) {
            write(streams.err(), FAILED);
            line(streams.err(), memory, a[1]);
        }
        return NOTHING;
    }

    private long[] trace(WasmMemory memory, long[] a) {
        copy(memory, a[0], streams.out());
        int numbers = Math.min(MOST_NUMBERS, Math.max(0, (int) a[1]));
        for (int i = 0; i < numbers; i++) {
            write(streams.out(), (" " + shown(Double.longBitsToDouble(a[2 + i]))).getBytes(UTF_8));
        }
        write(streams.out(), END);
        return NOTHING;
    }

    /** Whole numbers without a fraction, as in JavaScript. */
    private static String shown(double number) {
        return number == (long) number ? Long.toString((long) number) : Double.toString(number);
    }

    private static long[] line(OutputStream to, WasmMemory memory, long pointer) {
        copy(memory, pointer, to);
        write(to, END);
        return NOTHING;
    }

    private static void copy(WasmMemory memory, long argument, OutputStream to) {
        long pointer = Pointers.unsigned(argument);
        if (pointer == 0) {
            write(to, "null".getBytes(UTF_8));
            return;
        }
        long size =
                memory.contains(pointer - SIZE_BYTES, SIZE_BYTES)
                        ? Pointers.unsignedAt(memory, pointer - SIZE_BYTES)
                        : Long.MAX_VALUE;
        if (!memory.contains(pointer, size)) {
            throw new TrapException(
                    "the guest trapped: a text outside of the memory was to be logged");
        }
        long end = pointer + size / Character.BYTES * Character.BYTES;
        for (long at = pointer; at < end; ) {
            byte[] piece = memory.read(at, (int) Math.min(BYTES_AT_ONCE, end - at));
            int length = at + piece.length < end ? wholeCharacters(piece) : piece.length;
            write(to, new String(piece, 0, length, UTF_16LE).getBytes(UTF_8));
            at += length;
        }
    }

    /** A pair of surrogates is not torn apart. */
    private static int wholeCharacters(byte[] utf16) {
        int last = utf16.length - 1;
        return (utf16[last] & 0xfc) == 0xd8 ? utf16.length - Character.BYTES : utf16.length;
    }

    private static void write(OutputStream to, byte[] bytes) {
        try {
            to.write(bytes, 0, bytes.length);
        } catch (IOException e) {
            throw new UncheckedIOException("a stream in memory failed", e);
        }
    }
}
