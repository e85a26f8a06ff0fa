package io.github.dagwasm.wasm.admission;

import java.util.List;
import java.util.Optional;

/**
 * A host that modules are built for and that is not this one, known by what its modules import.
 * What to do about it is worth more than the import's name.
 *
 * @param what what a module of it is, in a sentence about "it"
 * @param remedy what to build instead
 * @param imports what only its modules import: module and name with a blank between them, each with
 *     a star for any beginning or end
 */
record ForeignHost(String what, String remedy, List<String> imports) {

    private static final List<ForeignHost> ALL =
            List.of(
                    host(
                            "it was built for WASI preview 0, which came before"
                                    + " wasi_snapshot_preview1",
                            "build it anew with a compiler of today, for WASI preview 1"
                                    + " (wasm32-wasip1)",
                            "wasi_unstable *"),
                    host(
                            "it was built to start threads",
                            "build it for one thread: for wasm32-wasip1, without -pthread",
                            "wasi thread-spawn"),
                    host(
                            "it is the inside of a WebAssembly component, for WASI 0.2 or later",
                            "build it for WASI preview 1 (wasm32-wasip1)",
                            "wasi:* *"),
                    host(
                            "it was built by Emscripten to run with JavaScript of its own",
                            "build it with wasi-sdk, or link it with -sSTANDALONE_WASM",
                            "env emscripten_*",
                            "env _emscripten_*",
                            "env invoke_*",
                            "env __syscall_*",
                            "env __cxa_*",
                            "env _abort_js",
                            "a *"),
                    host(
                            "it is a dynamic library, to be linked with others when it runs",
                            "link all of it into one module",
                            "GOT.* *",
                            "env __memory_base",
                            "env __table_base"),
                    host(
                            "it is JavaScript that Javy has linked dynamically to its own engine",
                            "build it statically: javy build, without -C dynamic",
                            "javy_quickjs_provider* *",
                            "javy-default-plugin* *"),
                    host(
                            "it needs the JavaScript that wasm-bindgen makes",
                            "build it without wasm-bindgen, with plain exported functions or as a"
                                    + " command for wasm32-wasip1",
                            "__wbindgen_* *",
                            "wbg *",
                            "*_bg.js *"),
                    host(
                            "it is an Extism plug-in, and Extism's calling convention is not"
                                    + " supported yet",
                            "export a function of one that is, or build it as a command for"
                                    + " wasm32-wasip1",
                            "extism:host/* *",
                            "env extism_*"),
                    host(
                            "it was built by Go to run with JavaScript",
                            "build it with GOOS=wasip1",
                            "gojs *",
                            "go *"),
                    host(
                            "it is a Proxy-Wasm filter, as Envoy takes them",
                            "export what it does to a text as a function of its own",
                            "env proxy_*"),
                    host(
                            "it is a data transform for Redpanda",
                            "export what it does to a text as a function of its own",
                            "redpanda_transform* *"));

    private static ForeignHost host(String what, String remedy, String... imports) {
        return new ForeignHost(what, remedy, List.of(imports));
    }

    /** The host that offers this import, if it is one of those. */
    static Optional<ForeignHost> of(Cursor.Name module, Cursor.Name name) {
        return ALL.stream().filter(host -> host.offers(module, name)).findFirst();
    }

    /** Why a module that imports this is refused. */
    String refusal(String shownImport) {
        return what + " (it imports " + shownImport + "); " + remedy;
    }

    private boolean offers(Cursor.Name module, Cursor.Name name) {
        return imports.stream()
                .map(pattern -> pattern.split(" ", 2))
                .anyMatch(halves -> matches(halves[0], module) && matches(halves[1], name));
    }

    private static boolean matches(String pattern, Cursor.Name name) {
        if (pattern.startsWith("*")) {
            return name.endsWith(pattern.substring(1));
        }
        return pattern.endsWith("*")
                ? name.startsWith(pattern.substring(0, pattern.length() - 1))
                : name.is(pattern);
    }
}
