package io.github.dagwasm.benchmarks.worker;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ExportFunction;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.runtime.Memory;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * Chicory, compiled, as somebody would embed it who knows it well: its own memory on byte arrays,
 * and texts copied out in one piece. No limits, no deadline.
 */
final class ChicoryInstances implements Embedding {

    private static final int FIRST_CHUNK = 64;
    private static final int LARGEST_CHUNK = 16 << 10;

    private final WasmModule module;
    private final Function<Instance, Machine> machines;
    private final String function;
    private final boolean reused;

    /**
     * Compiles the guest.
     *
     * @param reused whether a thread has one instance for all its calls, instead of a fresh one for
     *     each
     */
    ChicoryInstances(String function, boolean reused) throws IOException {
        module = Parser.parse(Resources.bytes("guests/cstring.wasm"));
        machines = MachineFactoryCompiler.compile(module);
        this.function = function;
        this.reused = reused;
    }

    @Override
    public Caller caller() {
        return reused ? new Guest()::call : text -> new Guest().callOnce(text);
    }

    private Instance instance() {
        return Instance.builder(module)
                .withMachineFactory(machines)
                .withMemoryFactory(ByteArrayMemory::new)
                .build();
    }

    /** One instance. */
    private final class Guest {

        private final Instance instance = instance();
        private final Memory memory = instance.memory();
        private final ExportFunction allocate = instance.export("allocate");
        private final ExportFunction process = instance.export(function);

        /** Looked up by who keeps the instance only. */
        private ExportFunction deallocate;

        private String call(String text) {
            if (deallocate == null) {
                deallocate = instance.export("deallocate");
            }
            byte[] input = text.getBytes(StandardCharsets.UTF_8);
            int in = copyIn(input);
            int out = (int) process.apply(in)[0];
            byte[] answer = copyOut(out);
            deallocate.apply(out, answer.length + 1);
            deallocate.apply(in, input.length + 1);
            return new String(answer, StandardCharsets.UTF_8);
        }

        private String callOnce(String text) {
            int out = (int) process.apply(copyIn(text.getBytes(StandardCharsets.UTF_8)))[0];
            return new String(copyOut(out), StandardCharsets.UTF_8);
        }

        private int copyIn(byte[] input) {
            int in = (int) allocate.apply(input.length + 1)[0];
            memory.write(in, input);
            memory.writeByte(in + input.length, (byte) 0);
            return in;
        }

        /**
         * In chunks that grow: a call into the memory for each byte takes several times as long.
         */
        private byte[] copyOut(int start) {
            int size = FIRST_CHUNK;
            int at = start;
            while (true) {
                byte[] chunk = memory.readBytes(at, size);
                for (int i = 0; i < chunk.length; i++) {
                    if (chunk[i] == 0) {
                        return at == start
                                ? Arrays.copyOf(chunk, i)
                                : memory.readBytes(start, at + i - start);
                    }
                }
                at += size;
                size = Math.min(2 * size, LARGEST_CHUNK);
            }
        }
    }
}
