package io.github.dagwasm.benchmarks.worker;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.extism.sdk.chicory.CompiledPlugin;
import org.extism.sdk.chicory.Manifest;
import org.extism.sdk.chicory.ManifestWasm;
import org.extism.sdk.chicory.Plugin;

/** Extism's SDK for the JVM, compiled. */
final class ExtismPlugins implements Embedding {

    private final CompiledPlugin compiled;
    private final String function;
    private final boolean reused;

    /**
     * Compiles the guest.
     *
     * @param reused whether a thread has one plug-in for all its calls, instead of a fresh one for
     *     each
     */
    ExtismPlugins(String function, boolean reused) throws IOException {
        ManifestWasm wasm = ManifestWasm.fromBytes(Resources.bytes("guests/extism.wasm")).build();
        compiled =
                Plugin.ofManifest(
                                Manifest.ofWasms(wasm)
                                        .withOptions(new Manifest.Options().withAoT())
                                        .build())
                        .compile();
        this.function = function;
        this.reused = reused;
    }

    @Override
    public Caller caller() {
        if (reused) {
            Plugin plugin = compiled.instantiate();
            return text -> call(plugin, text);
        }
        return text -> call(compiled.instantiate(), text);
    }

    private String call(Plugin plugin, String text) {
        return new String(
                plugin.call(function, text.getBytes(StandardCharsets.UTF_8)),
                StandardCharsets.UTF_8);
    }
}
