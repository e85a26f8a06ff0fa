package io.github.dagwasm.wasm.engine;

import static io.github.dagwasm.wasm.Code.code;

import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Guests whose calls have frames of many shapes, each called until its stack is spent. */
public final class DeepGuests {

    private static final long MEMORY = 1 << 20;
    private static final long STACK = 640 << 10;

    /** A stack of 1 MiB of which a route has used 170 KiB. */
    private static final long THREAD = (1024 - 170) << 10;

    private static final int FOR_EVER = 1_000_000_000;
    private static final int EMPTY_BLOCK = 0x40;

    private DeepGuests() {}

    /**
     * Prints how each guest ended.
     *
     * @param args how many times to call each
     */
    public static void main(String[] args) throws Exception {
        ends(Integer.parseInt(args[0])).forEach(System.out::println);
    }

    /**
     * How each guest ended.
     *
     * @param times how many times to call it
     * @return one line for each way in which each guest ended
     */
    public static List<String> ends(int times) throws Exception {
        List<String> lines = new ArrayList<>();
        for (Map.Entry<String, byte[]> guest : guests().entrySet()) {
            WasmModule module = new ChicoryEngine().load(guest.getValue());
            Map<String, Integer> ends = new TreeMap<>();
            for (int i = 0; i < times; i++) {
                ends.merge(end(module), 1, Integer::sum);
            }
            ends.keySet().forEach(end -> lines.add(guest.getKey() + ": " + end));
        }
        return lines;
    }

    private static String end(WasmModule module) throws InterruptedException {
        String[] end = {"it did not end"};
        Runnable call =
                () -> {
                    try {
                        end[0] = called(module);
                    } catch (InterruptedException e) {
                        end[0] = "it was interrupted";
                    }
                };
        Thread thread = new Thread(null, call, "deep", THREAD);
        thread.start();
        thread.join();
        return end[0];
    }

    private static String called(WasmModule module) throws InterruptedException {
        HostFunction log =
                new HostFunction(
                        "env", "host_log", Signature.ofI32(2, 0), (memory, a) -> new long[0]);
        InstanceLimits limits = new InstanceLimits(MEMORY, 100, 1_000_000, STACK);
        WasmInstance instance = module.instantiate(List.of(log), limits, MemoryReserve.UNLIMITED);
        instance.begin(Spending.of(Spending.UNLIMITED_FUEL, Long.MAX_VALUE));
        try {
            return "it answered " + (int) instance.call("rec", FOR_EVER)[0];
        } catch (RuntimeException e) {
            return e.getMessage() + ", fuel " + instance.fuelUsed();
        }
    }

    private static Map<String, byte[]> guests() {
        Map<String, byte[]> guests = new LinkedHashMap<>();
        for (Recursion shape : Recursion.values()) {
            if (!shape.name().startsWith("HUGE")) {
                guests.put(shape.name(), shape.module());
            }
        }
        for (int locals : new int[] {1, 8, 64, 500}) {
            guests.put(locals + " locals", rec(locals, code()));
            guests.put(locals + " locals that live", rec(locals + 1, living(locals)));
            guests.put(locals + " operands", rec(1, code(), operands(locals)));
        }
        guests.put("host_log at each depth", rec(1, code().i32(0).i32(0).call(0)));
        guests.put("try_table", rec(1, code(), inTryTable()));
        guests.put("a large br_table", rec(1, switching()));
        return guests;
    }

    private static byte[] rec(int locals, Code before) {
        return rec(locals, before, code().get(0).i32(1).sub().call(1));
    }

    private static byte[] rec(int locals, Code before, Code call) {
        Code body = code().get(0).eqz().if_().i32(0).return_().end().then(before).then(call);
        return new TestModule()
                .importFunction("env", "host_log", 2, 0)
                .memory(1)
                .exported("rec", 1, 1, locals, body.i32(1).add())
                .bytes();
    }

    /** Each local gets a value that another call lies between it and its use. */
    private static Code living(int locals) {
        Code code = code();
        for (int i = 1; i <= locals; i++) {
            code.get(0).i32(i).add().set(i);
        }
        code.i32(0).i32(0).call(0);
        for (int i = 1; i <= locals; i++) {
            code.get(i).get(i + 1 > locals ? 1 : i + 1).add().set(i);
        }
        return code;
    }

    private static Code operands(int many) {
        return code().row(many, code().get(0))
                .get(0)
                .i32(1)
                .sub()
                .call(1)
                .then(code().row(many, code().add()));
    }

    private static Code inTryTable() {
        return code().op(0x02, 0x7f)
                .op(0x02, EMPTY_BLOCK)
                .op(0x1f, EMPTY_BLOCK, 1, 0x02, 0)
                .get(0)
                .i32(1)
                .sub()
                .call(1)
                .br(2)
                .end()
                .end()
                .i32(7)
                .end();
    }

    private static Code switching() {
        Code code = code().block();
        for (int i = 0; i < 100; i++) {
            code.block();
        }
        code.get(0).op(0x0e, 100);
        for (int i = 0; i <= 100; i++) {
            code.op(i);
        }
        for (int i = 0; i <= 100; i++) {
            code.end();
        }
        return code;
    }
}
