package io.github.dagwasm.wasm.admission;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A host that modules are built for and that is not this one, known by what its modules import.
 * What to do about it is worth more than the import's name.
 *
 * @param what what a module of it is, in a sentence about "it"
 * @param remedy what to build instead
 * @param imports what only its modules import
 */
record ForeignHost(String what, String remedy, List<ImportPattern> imports) {

    /** Of several that a module is built for, the first tells most. */
    private static final List<ForeignHost> ALL =
            List.of(
                    host(
                            "it is an object file, which was not linked",
                            "link it: with clang without -c, or with wasm-ld",
                            "env __linear_memory"),
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
                            "it was built for WASIX, which is more than WASI",
                            "build it for WASI preview 1 (wasm32-wasip1)",
                            "wasix_* *"),
                    host(
                            "it was built by Emscripten to run with JavaScript of its own",
                            "build it with wasi-sdk, or link it with -sSTANDALONE_WASM",
                            "env emscripten_*",
                            "env _emscripten_*",
                            "env invoke_*",
                            "env __syscall_*",
                            "env _emval_*",
                            "env _embind_*",
                            "env _abort_js",
                            "env _tzset_js",
                            "env _localtime_js",
                            "env _gmtime_js",
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
                            "go *",
                            "env syscall/js.*"),
                    host(
                            "it is a Proxy-Wasm filter, as Envoy takes them",
                            "export what it does to a text as a function of its own",
                            "env proxy_*"),
                    host(
                            "it is a data transform for Redpanda",
                            "export what it does to a text as a function of its own",
                            "redpanda_transform* *"),
                    host(
                            "it is a guest of waPC",
                            "export what it does to a text as a function of its own",
                            "wapc *"),
                    host(
                            "it is a policy of Open Policy Agent",
                            "have Open Policy Agent evaluate it",
                            "env opa_*"),
                    host(
                            "it is the inside of a WebAssembly component, with interfaces of its"
                                    + " own",
                            "build it without them, as a command for WASI preview 1"
                                    + " (wasm32-wasip1)",
                            "*:*/* *",
                            "$root *"),
                    host(
                            "it throws C++ exceptions, and was linked without a library for them",
                            "build it with -fno-exceptions",
                            "env __cxa_*"));

    private static ForeignHost host(String what, String remedy, String... imports) {
        return new ForeignHost(what, remedy, Stream.of(imports).map(ImportPattern::of).toList());
    }

    /** The host that offers this import, if it is one of those. */
    static Optional<ForeignHost> of(Cursor.Name module, Cursor.Name name) {
        String moduleName = module.shown();
        String itsName = name.shown();
        return ALL.stream()
                .filter(host -> host.imports.stream().anyMatch(p -> p.matches(moduleName, itsName)))
                .findFirst();
    }

    /** Whether the module is told this one, and not the other. */
    boolean tellsMoreThan(ForeignHost other) {
        return ALL.indexOf(this) < ALL.indexOf(other);
    }

    /** Why a module that imports this is refused. */
    String refusal(String shownImport) {
        return what + " (it imports " + shownImport + "); " + remedy;
    }

    /**
     * Matches imports by both halves of their names.
     *
     * @param module the first half
     * @param name the second half
     */
    record ImportPattern(Pattern module, Pattern name) {

        private static final String ANYTHING = "*";

        /**
         * Parses a pattern.
         *
         * @param written module and name with a blank between them; a star stands for anything
         */
        static ImportPattern of(String written) {
            String[] halves = written.split(" ", 2);
            return new ImportPattern(glob(halves[0]), glob(halves[1]));
        }

        /** Whether it matches both halves, as they are shown. */
        boolean matches(String moduleName, String itsName) {
            return module.matcher(moduleName).matches() && name.matcher(itsName).matches();
        }

        private static Pattern glob(String written) {
            return Pattern.compile(
                    Stream.of(written.split(Pattern.quote(ANYTHING), -1))
                            .map(Pattern::quote)
                            .collect(joining(".*")));
        }
    }
}
