package io.github.dagwasm.benchmarks.worker;

import com.dylibso.chicory.compiler.MachineFactoryCompiler;
import com.dylibso.chicory.runtime.ByteArrayMemory;
import com.dylibso.chicory.runtime.ImportValues;
import com.dylibso.chicory.runtime.Instance;
import com.dylibso.chicory.runtime.Machine;
import com.dylibso.chicory.wasi.WasiOptions;
import com.dylibso.chicory.wasi.WasiPreview1;
import com.dylibso.chicory.wasm.Parser;
import com.dylibso.chicory.wasm.WasmModule;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Function;

/**
 * A WASI command on Chicory and its own WASI, compiled once, with a fresh instance for each text.
 * No limits, no deadline.
 */
final class FreshCommand implements Embedding {

    private final WasmModule module;
    private final Function<Instance, Machine> machines;

    /** Compiles the command. */
    FreshCommand() throws IOException {
        module = Parser.parse(Resources.bytes(Convention.WASI.guest()));
        machines = MachineFactoryCompiler.compile(module);
    }

    @Override
    public Caller caller() {
        return this::call;
    }

    private String call(String text) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        WasiOptions options =
                WasiOptions.builder()
                        .withStdin(new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)))
                        .withStdout(out)
                        .build();
        try (WasiPreview1 wasi = WasiPreview1.builder().withOptions(options).build()) {
            Instance.builder(module)
                    .withMachineFactory(machines)
                    .withMemoryFactory(ByteArrayMemory::new)
                    .withImportValues(
                            ImportValues.builder().addFunction(wasi.toHostFunctions()).build())
                    .withStart(false)
                    .build()
                    .export("_start")
                    .apply();
        }
        return out.toString(StandardCharsets.UTF_8);
    }
}
