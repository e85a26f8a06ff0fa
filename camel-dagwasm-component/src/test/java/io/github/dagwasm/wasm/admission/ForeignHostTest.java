package io.github.dagwasm.wasm.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Modules that were built for another host are told by what they import. */
class ForeignHostTest {

    private static final Map<String, String> PROVIDED = Map.of("env.host_log", "(i32, i32) -> ()");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
wasi_unstable|fd_write|it was built for WASI preview 0, which came before wasi_snapshot_preview1 (it imports wasi_unstable.fd_write); build it anew with a compiler of today, for WASI preview 1 (wasm32-wasip1)
wasi|thread-spawn|it was built to start threads (it imports wasi.thread-spawn); build it for one thread: for wasm32-wasip1, without -pthread
wasi:io/streams@0.2.0|drop|it is the inside of a WebAssembly component, for WASI 0.2 or later (it imports wasi:io/streams@0.2.0.drop); build it for WASI preview 1 (wasm32-wasip1)
env|emscripten_resize_heap|it was built by Emscripten to run with JavaScript of its own (it imports env.emscripten_resize_heap); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
env|_emscripten_throw_longjmp|it was built by Emscripten to run with JavaScript of its own (it imports env._emscripten_throw_longjmp); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
env|invoke_vii|it was built by Emscripten to run with JavaScript of its own (it imports env.invoke_vii); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
env|__syscall_openat|it was built by Emscripten to run with JavaScript of its own (it imports env.__syscall_openat); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
env|_emval_incref|it was built by Emscripten to run with JavaScript of its own (it imports env._emval_incref); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
env|_embind_register_void|it was built by Emscripten to run with JavaScript of its own (it imports env._embind_register_void); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
env|_tzset_js|it was built by Emscripten to run with JavaScript of its own (it imports env._tzset_js); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
env|__cxa_throw|it throws C++ exceptions, and was linked without a library for them (it imports env.__cxa_throw); build it with -fno-exceptions
env|__linear_memory|it is an object file, which was not linked (it imports env.__linear_memory); link it: with clang without -c, or with wasm-ld
wasix_32v1|thread_spawn|it was built for WASIX, which is more than WASI (it imports wasix_32v1.thread_spawn); build it for WASI preview 1 (wasm32-wasip1)
env|_abort_js|it was built by Emscripten to run with JavaScript of its own (it imports env._abort_js); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
a|b|it was built by Emscripten to run with JavaScript of its own (it imports a.b); build it with wasi-sdk, or link it with -sSTANDALONE_WASM
GOT.func|f|it is a dynamic library, to be linked with others when it runs (it imports GOT.func.f); link all of it into one module
javy_quickjs_provider_v3|invoke|it is JavaScript that Javy has linked dynamically to its own engine (it imports javy_quickjs_provider_v3.invoke); build it statically: javy build, without -C dynamic
javy-default-plugin-v1|invoke|it is JavaScript that Javy has linked dynamically to its own engine (it imports javy-default-plugin-v1.invoke); build it statically: javy build, without -C dynamic
__wbindgen_placeholder__|__wbindgen_describe|it needs the JavaScript that wasm-bindgen makes (it imports __wbindgen_placeholder__.__wbindgen_describe); build it without wasm-bindgen, with plain exported functions or as a command for wasm32-wasip1
wbg|__wbindgen_throw|it needs the JavaScript that wasm-bindgen makes (it imports wbg.__wbindgen_throw); build it without wasm-bindgen, with plain exported functions or as a command for wasm32-wasip1
./pkg_bg.js|__wbg_log|it needs the JavaScript that wasm-bindgen makes (it imports ./pkg_bg.js.__wbg_log); build it without wasm-bindgen, with plain exported functions or as a command for wasm32-wasip1
extism:host/env|input_length|it is an Extism plug-in, and Extism's calling convention is not supported yet (it imports extism:host/env.input_length); export a function of one that is, or build it as a command for wasm32-wasip1
env|extism_input_length|it is an Extism plug-in, and Extism's calling convention is not supported yet (it imports env.extism_input_length); export a function of one that is, or build it as a command for wasm32-wasip1
gojs|runtime.wasmExit|it was built by Go to run with JavaScript (it imports gojs.runtime.wasmExit); build it with GOOS=wasip1
go|runtime.wasmExit|it was built by Go to run with JavaScript (it imports go.runtime.wasmExit); build it with GOOS=wasip1
env|proxy_log|it is a Proxy-Wasm filter, as Envoy takes them (it imports env.proxy_log); export what it does to a text as a function of its own
env|syscall/js.valueGet|it was built by Go to run with JavaScript (it imports env.syscall/js.valueGet); build it with GOOS=wasip1
wapc|__guest_request|it is a guest of waPC (it imports wapc.__guest_request); export what it does to a text as a function of its own
env|opa_abort|it is a policy of Open Policy Agent (it imports env.opa_abort); have Open Policy Agent evaluate it
demo:text/host@1.0.0|log|it is the inside of a WebAssembly component, with interfaces of its own (it imports demo:text/host@1.0.0.log); build it without them, as a command for WASI preview 1 (wasm32-wasip1)
[export]demo:text/t|[resource-drop]r|it is the inside of a WebAssembly component, with interfaces of its own (it imports [export]demo:text/t.[resource-drop]r); build it without them, as a command for WASI preview 1 (wasm32-wasip1)
$root|log|it is the inside of a WebAssembly component, with interfaces of its own (it imports $root.log); build it without them, as a command for WASI preview 1 (wasm32-wasip1)
redpanda_transform|read_batch_header|it is a data transform for Redpanda (it imports redpanda_transform.read_batch_header); export what it does to a text as a function of its own
""")
    void isToldAlsoByALaterImport(String module, String name, String refusal) {
        byte[] wasm =
                new TestModule()
                        .importFunction("env", "host_log", 2, 0)
                        .importFunction("env", "something_of_its_own", 0, 0)
                        .importFunction(module, name, 1, 1)
                        .bytes();

        assertThatThrownBy(
                        () ->
                                Admission.scan(
                                        wasm, Budgets.DEFAULTS, GuestLimits.DEFAULTS, PROVIDED))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(refusal);
    }

    @Test
    void isToldBeforeTheImportsThatAreMissing() {
        byte[] wasm =
                new TestModule()
                        .importFunction("env", "other", 0, 0)
                        .importFunction("gojs", "f", 0, 0)
                        .bytes();

        Examination examination =
                Admission.examine(wasm, Budgets.DEFAULTS, GuestLimits.DEFAULTS, PROVIDED);

        assertThat(examination.refusals())
                .containsExactly(
                        "it was built by Go to run with JavaScript (it imports gojs.f); build it"
                                + " with GOOS=wasip1",
                        "import env.other is not provided; provided: env.host_log; define it, or link"
                                + " the library that has it",
                        "import gojs.f is not provided; provided: env.host_log; build it without"
                                + " this import");
    }

    /** Emscripten leaves exceptions to its host like many things else; that tells more. */
    @Test
    void isToldByTheImportThatTellsMost() {
        byte[] wasm =
                new TestModule()
                        .importFunction("env", "__cxa_throw", 3, 0)
                        .importFunction("env", "_abort_js", 0, 0)
                        .importFunction("env", "__cxa_begin_catch", 1, 1)
                        .bytes();

        assertThatThrownBy(
                        () ->
                                Admission.scan(
                                        wasm, Budgets.DEFAULTS, GuestLimits.DEFAULTS, PROVIDED))
                .hasMessage(
                        "it was built by Emscripten to run with JavaScript of its own (it imports"
                                + " env._abort_js); build it with wasi-sdk, or link it with"
                                + " -sSTANDALONE_WASM");
    }

    @ParameterizedTest
    @CsvSource({"env,abort", "env,proxylog", "wasi_unstable2,fd_write", "ab,c", "env,cxa_throw"})
    void namesThatMerelyResembleAreNone(String module, String name) {
        byte[] wasm = new TestModule().importFunction(module, name, 0, 0).bytes();

        assertThatThrownBy(
                        () ->
                                Admission.scan(
                                        wasm, Budgets.DEFAULTS, GuestLimits.DEFAULTS, PROVIDED))
                .hasMessage(
                        "import "
                                + module
                                + "."
                                + name
                                + " is not provided; provided: env.host_log; "
                                + (module.equals("env")
                                        ? "define it, or link the library that has it"
                                        : "build it without this import"));
    }
}
