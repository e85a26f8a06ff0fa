package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.WasiFunctions;
import java.net.URL;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a guest asks of its host beyond its log and WASI: servers, clocks, dice, threads. */
class ReachTest {

    private static final String ENGINE = "com/dylibso/chicory";

    private final WasmBackend backend = new WasmBackend();

    @TempDir Path folder;

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    static Stream<String> names() {
        return Stream.concat(
                WasiFunctions.names().stream().map(name -> "wasi_unstable " + name),
                Stream.of(
                        "wasi thread-spawn",
                        "wasi_snapshot_preview1 adapter_open_badfd",
                        "wasi_snapshot_preview1 thread_spawn",
                        "wasi:clocks/monotonic-clock@0.2.0 now",
                        "wasi:filesystem/preopens@0.2.0 get-directories",
                        "wasi:random/random@0.2.0 get-random-u64",
                        "wasi:sockets/tcp@0.2.0 [method]tcp-socket.start-connect",
                        "env ABORT",
                        "env seed",
                        "env Date.now",
                        "env emscripten_get_now",
                        "env emscripten_run_script",
                        "env HOST_LOG",
                        "env host_log2",
                        "Env host_log",
                        "host_log env",
                        "gojs runtime.walltime",
                        "extism:host/env http_request",
                        "java java.lang.System.exit"));
    }

    @ParameterizedTest
    @MethodSource("names")
    void nothingButTheLogAndWasiIsProvided(String name) {
        String[] parts = name.split(" ", 2);
        byte[] module = new TestModule().importFunction(parts[0], parts[1], 2, 0).bytes();
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);

        assertThatThrownBy(() -> backend.create(Calls.definition(file)))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageStartingWith("processor 'append' (guest.wasm): i")
                .hasMessageContaining("import")
                .hasMessageContaining(parts[0] + "." + parts[1]);
    }

    /** Imports are compared by their types as these are shown: none may be cut. */
    @Test
    void theTypesOfWhatIsProvidedAreWhole() {
        assertThat(WasmSandbox.provided()).hasSizeGreaterThan(40);
        assertThat(WasmSandbox.provided().values())
                .allSatisfy(
                        type -> {
                            String parameters = type.substring(0, type.indexOf(')'));
                            assertThat(parameters.split(",", -1)).hasSizeLessThanOrEqualTo(9);
                        });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.dylibso.chicory.experimental.dircache.DirectoryCache",
                "com.dylibso.chicory.compiler.DirectoryCache",
                "com.dylibso.chicory.experimental.hostmodule.annotations.HostModule"
            })
    void partsOfTheEngineThatAreNotNeededAreNotThere(String name) {
        assertThatThrownBy(() -> Class.forName(name)).isInstanceOf(ClassNotFoundException.class);
    }

    @Test
    void theClassPathHasThePartsOfTheEngineThatAreNeededAndNoOther() throws Exception {
        List<String> places = new ArrayList<>();
        for (URL place : Collections.list(getClass().getClassLoader().getResources(ENGINE))) {
            places.add(place.toString().replaceAll(".*/([a-z-]+)-[0-9.]+jar!.*", "$1"));
        }

        assertThat(places).containsExactlyInAnyOrder("wasm", "runtime", "compiler", "wasi", "log");
    }
}
