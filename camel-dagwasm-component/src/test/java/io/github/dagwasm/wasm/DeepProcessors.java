package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Executor;
import java.util.concurrent.FutureTask;

/** Processors whose guests call themselves in many ways, as a backend makes them for a pipeline. */
final class DeepProcessors {

    /** What holds all that a guest may open, and what ends long before. */
    static final List<Executor> THREADS =
            List.of(onStack((1024 - 170) << 10), onStack(200 << 10), onStack(230 << 10));

    private static final int SELF = TestModules.FIRST_OWN;
    private static final int FEW = 2500;
    private static final int MANY = 100_000;

    /** How a guest calls itself. */
    enum Shape {
        DIRECT,
        THROUGH_A_TABLE,
        BY_A_TAIL_CALL,
        BY_A_TAIL_CALL_THROUGH_A_TABLE,
        INTERPRETED,
        INTERPRETED_THROUGH_A_TABLE,
        INTERPRETED_EVERY_OTHER;

        private Code before() {
            return switch (this) {
                case INTERPRETED, INTERPRETED_THROUGH_A_TABLE -> huge();
                default -> code();
            };
        }

        private Code call(int type) {
            return switch (this) {
                case DIRECT, INTERPRETED -> code().call(SELF);
                case THROUGH_A_TABLE, INTERPRETED_THROUGH_A_TABLE ->
                        code().i32(0).callIndirect(type);
                case BY_A_TAIL_CALL -> code().returnCall(SELF);
                case BY_A_TAIL_CALL_THROUGH_A_TABLE -> code().i32(0).returnCallIndirect(type);
                case INTERPRETED_EVERY_OTHER -> code().call(SELF + 1);
            };
        }

        private byte[] module(int levels) {
            TestModule module = TestModules.guest("", code().i32(levels).call(SELF).drop().get(0));
            Code own = body(before(), call(module.type(1, 1)));
            module.table(1).elements(0, SELF).function(1, 1, 1, own);
            if (this == INTERPRETED_EVERY_OTHER) {
                module.function(1, 1, 1, body(huge(), code().call(SELF)));
            }
            return module.bytes();
        }
    }

    private DeepProcessors() {}

    /**
     * Prints how the calls of each processor ended.
     *
     * @param arguments a folder for modules, and how many times to call each
     */
    public static void main(String[] arguments) throws Exception {
        ends(Path.of(arguments[0]), Integer.parseInt(arguments[1]), THREADS)
                .forEach(System.out::println);
    }

    /**
     * How the calls of each processor ended.
     *
     * @param folder for modules
     * @param times how many times to call each
     * @param threads what runs the calls, in turn
     * @return one line for each way in which the calls of each processor ended
     */
    static List<String> ends(Path folder, int times, List<Executor> threads) throws Exception {
        List<String> lines = new ArrayList<>();
        try (WasmBackend backend = new WasmBackend()) {
            for (Shape shape : Shape.values()) {
                for (int levels : new int[] {FEW, MANY}) {
                    TextProcessor guest = processor(backend, folder, shape, levels);
                    Set<String> ends = new TreeSet<>();
                    for (int i = 0; i < times; i++) {
                        FutureTask<String> call = new FutureTask<>(() -> end(guest));
                        threads.get(i % threads.size()).execute(call);
                        ends.add(call.get());
                    }
                    ends.forEach(end -> lines.add(shape + ", " + levels + " deep: " + end));
                }
            }
        }
        return lines;
    }

    private static TextProcessor processor(
            WasmBackend backend, Path folder, Shape shape, int levels) throws Exception {
        Path file = folder.resolve(shape + "-" + levels + ".wasm");
        TestModule.write(file, shape.module(levels));
        return (TextProcessor)
                backend.create(
                        definition(
                                file,
                                Map.of("limits", new KeyValues(Map.of("call_depth", 1_000_000L))),
                                Map.of("fuel_level", 10_000_000_000L),
                                Map.of()));
    }

    private static String end(TextProcessor guest) throws Exception {
        MeteredCall call = new MeteredCall("x");
        try {
            return "answered " + guest.process(call).text().string() + ", fuel " + call.fuel();
        } catch (DagWasmException e) {
            return e.getMessage() + ", fuel " + call.fuel();
        }
    }

    private static Executor onStack(long bytes) {
        return task -> new Thread(null, task, "deep", bytes).start();
    }

    /** Goes down by one, and counts on the way back. */
    private static Code body(Code before, Code call) {
        Code body = code().get(0).eqz().if_().i32(0).return_().end().then(before);
        return body.get(0).i32(1).sub().then(call).i32(1).add();
    }

    /** More code than a method of the JVM may have, after which a function is interpreted. */
    private static Code huge() {
        Code never = code().get(0).eqz().if_();
        return never.row(10_000, code().get(1).i32(1).add().set(1)).end();
    }
}
