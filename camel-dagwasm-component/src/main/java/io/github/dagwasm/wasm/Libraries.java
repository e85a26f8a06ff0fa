package io.github.dagwasm.wasm;

import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The libraries of which an application may bring another version: what it depends on itself, and
 * what its BOM manages, wins over what this library is built with. Safe for use by any number of
 * threads.
 */
public final class Libraries {

    private static final String CHICORY = "com.dylibso.chicory";
    private static final String CHICORY_VERSION = "1.7.5";
    private static final String ASM = "org.ow2.asm";
    private static final String ASM_VERSION = "9.9.1";

    private static final String ADVICE =
            "manage the version in the application's POM, before the BOMs that it imports";

    static final List<Library> ALL =
            List.of(
                    chicory("wasm", "wasm/WasmModule"),
                    chicory("runtime", "runtime/Instance"),
                    chicory("compiler", "compiler/InterpreterFallback"),
                    chicory("log", "log/Logger"),
                    chicory("wasi", "wasi/WasiPreview1"),
                    asm("asm", "org.objectweb.asm", "ClassReader", "9.8"),
                    asm("asm-commons", "org.objectweb.asm.commons", "commons/Remapper", "9.9"),
                    new Library(
                            "com.fasterxml.jackson.core",
                            "jackson-core",
                            "com/fasterxml/jackson/core/JsonParser.class",
                            "com.fasterxml.jackson.core.jackson-core",
                            "2.18.3",
                            "2.17"),
                    new Library(
                            "org.snakeyaml",
                            "snakeyaml-engine",
                            "org/snakeyaml/engine/v2/parser/ParserImpl.class",
                            "org.snakeyaml.engine",
                            "3.0.1",
                            "3.0"));

    private Libraries() {}

    /** The classes that this version generates are known to what counts fuel and depth in them. */
    private static Library chicory(String artifact, String anchor) {
        return new Library(
                CHICORY,
                artifact,
                "com/dylibso/chicory/" + anchor + ".class",
                "",
                CHICORY_VERSION,
                CHICORY_VERSION);
    }

    private static Library asm(String artifact, String bundle, String anchor, String lowest) {
        return new Library(
                ASM,
                artifact,
                "org/objectweb/asm/" + anchor + ".class",
                bundle,
                ASM_VERSION,
                lowest);
    }

    /**
     * Refuses versions that this library does not work with.
     *
     * @throws IllegalStateException if there is one; the message names each artefact, the version
     *     on the class path and the version that this library is built with
     */
    public static void requireWorking() {
        Found.problem.ifPresent(
                problem -> {
                    throw new IllegalStateException(problem);
                });
    }

    /** Looked for once: the class path does not change. */
    private static final class Found {

        private static final Optional<String> problem =
                Libraries.problem(Libraries.class.getClassLoader());
    }

    private static Optional<String> problem(ClassLoader loader) {
        String problems =
                ALL.stream()
                        .flatMap(library -> library.problem(loader).stream())
                        .collect(Collectors.joining("; "));
        return Optional.of(problems)
                .filter(text -> !text.isEmpty())
                .map(text -> text + "; " + ADVICE);
    }
}
