package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.ModuleRefusedException;
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

/** What a guest asks of its host beyond its log: files, servers, clocks, dice, threads. */
class ReachTest {

    private static final String ENGINE = "com/dylibso/chicory";

    private static final String[] WASI = {
        "args_get",
        "args_sizes_get",
        "environ_get",
        "environ_sizes_get",
        "clock_res_get",
        "clock_time_get",
        "fd_advise",
        "fd_allocate",
        "fd_close",
        "fd_datasync",
        "fd_fdstat_get",
        "fd_fdstat_set_flags",
        "fd_fdstat_set_rights",
        "fd_filestat_get",
        "fd_filestat_set_size",
        "fd_filestat_set_times",
        "fd_pread",
        "fd_prestat_get",
        "fd_prestat_dir_name",
        "fd_pwrite",
        "fd_read",
        "fd_readdir",
        "fd_renumber",
        "fd_seek",
        "fd_sync",
        "fd_tell",
        "fd_write",
        "path_create_directory",
        "path_filestat_get",
        "path_filestat_set_times",
        "path_link",
        "path_open",
        "path_readlink",
        "path_remove_directory",
        "path_rename",
        "path_symlink",
        "path_unlink_file",
        "poll_oneoff",
        "proc_exit",
        "proc_raise",
        "sched_yield",
        "random_get",
        "sock_accept",
        "sock_recv",
        "sock_send",
        "sock_shutdown"
    };

    private final WasmBackend backend = new WasmBackend();

    @TempDir Path folder;

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    static Stream<String> names() {
        return Stream.concat(
                Stream.of("wasi_unstable", "wasi_snapshot_preview1")
                        .flatMap(module -> Stream.of(WASI).map(name -> module + " " + name)),
                Stream.of(
                        "wasi thread-spawn",
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
    void nothingButTheLogIsProvided(String name) {
        String[] parts = name.split(" ", 2);
        byte[] module = new TestModule().importFunction(parts[0], parts[1], 2, 0).bytes();
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);

        assertThatThrownBy(() -> backend.create(Calls.definition(file)))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        "processor 'append' (guest.wasm): import "
                                + parts[0]
                                + "."
                                + parts[1]
                                + " is not provided; provided: env.abort, env.host_log");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "com.dylibso.chicory.wasi.WasiPreview1",
                "com.dylibso.chicory.wasi.Files",
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

        assertThat(places).containsExactlyInAnyOrder("wasm", "runtime", "compiler");
    }
}
