package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Shapes.assemblyScript;
import static io.github.dagwasm.wasm.Shapes.c;
import static io.github.dagwasm.wasm.Shapes.camel;
import static io.github.dagwasm.wasm.Shapes.command;
import static io.github.dagwasm.wasm.Shapes.emscripten;
import static io.github.dagwasm.wasm.Shapes.go;
import static io.github.dagwasm.wasm.Shapes.runtime;
import static io.github.dagwasm.wasm.Shapes.rust;
import static io.github.dagwasm.wasm.Shapes.wasi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.wasm.ModuleInspection.Convention;
import io.github.dagwasm.wasm.ModuleInspection.Loaded;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules of all conventions and of none, as their compilers make them: imports and exports by name
 * and type. Each is found to be what it is, or refused with a reason.
 */
class AbiCorpusTest {

    private static final String NONE =
            "it speaks none of the calling conventions cstring, buffer, assemblyscript, wasi and"
                    + " camel-wasm; exported functions: ";

    @TempDir private Path folder;
    private final ModuleInspector inspector = new ModuleInspector(KeyValues.NONE);

    @AfterEach
    void close() {
        inspector.close();
    }

    static Stream<Arguments> found() {
        return Stream.of(
                arguments("Rust: process and its allocator", rust("i>i"), "cstring"),
                arguments("C: malloc and free, a reactor", c("i>i"), "cstring"),
                arguments(
                        "two allocators",
                        rust("i>i").exporting("malloc", "i>i").exporting("free", "i>"),
                        "cstring"),
                arguments(
                        "a library with a program that sets it up",
                        rust(wasi(), "i>i").exporting("_start", ">"),
                        "cstring"),
                arguments(
                        "a guest that logs",
                        rust(new Shape().importing("env", "host_log", "ii>"), "i>i"),
                        "cstring"),
                arguments(
                        "Rust for wasm32-wasi, as a library",
                        rust(wasi(), "i>i").exporting("_initialize", ">"),
                        "cstring"),
                arguments(
                        "Go 1.24 with go:wasmexport",
                        rust(go(), "i>i").exporting("_initialize", ">"),
                        "cstring"),
                arguments("Emscripten, stand-alone", emscripten(), "cstring"),
                arguments(
                        "AssemblyScript that speaks cstring",
                        rust(assemblyScript(), "i>i"),
                        "cstring"),
                arguments("Rust: with lengths", rust("iii>i"), "buffer"),
                arguments("C: with lengths", c("iii>i"), "buffer"),
                arguments(
                        "with and without lengths",
                        rust("i>i").exporting("process_with_length", "iii>i"),
                        "buffer"),
                arguments(
                        "with lengths under the other name",
                        rust(new Shape(), "i>i", "other").exporting("process_with_length", "iii>i"),
                        "buffer"),
                arguments(
                        "AssemblyScript with its runtime",
                        runtime(assemblyScript()).exporting("process", "i>i"),
                        "assemblyscript"),
                arguments(
                        "AssemblyScript that never aborts",
                        runtime(new Shape()).exporting("process", "i>i"),
                        "assemblyscript"),
                arguments("C: a command", command(wasi()), "wasi"),
                arguments(
                        "Rust: a command", command(wasi()).exporting("__main_void", ">i"), "wasi"),
                arguments("Go: a command", command(go()), "wasi"),
                arguments(
                        "a command with its allocator",
                        command(wasi()).exporting("malloc", "i>i").exporting("free", "i>"),
                        "wasi"),
                arguments(
                        "camel-wasm, as its documentation has it",
                        camel().exporting("transform", "ii>l"),
                        "camel-wasm"),
                arguments(
                        "camel-wasm, one function of several",
                        camel().exporting("process", "ii>l").exporting("other", "ii>l"),
                        "camel-wasm"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("found")
    void findsWhatItIs(String name, Shape shape, String abi) {
        assertThat(detected(shape, Map.of())).isEqualTo(abi);
    }

    @Test
    void whatTakesMemoryTakesNoText() {
        assertThat(detected(rust("i>i"), Map.of("function", "allocate")))
                .isEqualTo(
                        "option function says 'allocate', with which abi cstring takes memory; name"
                                + " the function that takes the text (option function: did you mean 'process'?)");
    }

    static Stream<Arguments> lacking() {
        return Stream.of(
                arguments(
                        "no function at all",
                        new Shape().withMemory(),
                        NONE + "none; export the function that takes the text"),
                arguments(
                        "another type of the same name",
                        rust("ii>i"),
                        "exported function 'process' has the type (i32, i32) -> (i32), and no calling convention takes that: abi cstring and assemblyscript take (i32) -> (i32), buffer (i32, i32, i32) -> (i32), camel-wasm (i32, i32) -> (i64)"),
                arguments(
                        "numbers instead of a text",
                        rust("dd>d"),
                        "exported function 'process' has the type (f64, f64) -> (f64), and no calling convention takes that: abi cstring and assemblyscript take (i32) -> (i32), buffer (i32, i32, i32) -> (i32), camel-wasm (i32, i32) -> (i64)"),
                arguments(
                        "another name of the same type",
                        rust(new Shape(), "i>i", "convert"),
                        NONE
                                + "convert (i32) -> (i32), allocate (i32) -> (i32), deallocate (i32, i32) -> () (option function: did you mean 'convert'?)"),
                arguments(
                        "no allocator",
                        new Shape().withMemory().exporting("process", "i>i"),
                        "it exports neither 'allocate' and 'deallocate' nor 'malloc' and 'free', which abi cstring needs; exported functions: process; if it is AssemblyScript, build it with: asc ... --exportRuntime"),
                arguments(
                        "an allocator of 64 bits",
                        new Shape()
                                .withMemory()
                                .exporting("process", "i>i")
                                .exporting("allocate", "l>l")
                                .exporting("deallocate", "ii>"),
                        "exported function 'allocate' has the type (i64) -> (i64); abi cstring needs (i32) -> (i32)"),
                arguments(
                        "no memory",
                        new Shape()
                                .exporting("process", "i>i")
                                .exporting("allocate", "i>i")
                                .exporting("deallocate", "ii>"),
                        "it exports no memory named 'memory', in which the text would be; export its memory by that name"));
    }

    static Stream<Arguments> undecided() {
        return Stream.of(
                arguments(
                        "AssemblyScript without its runtime",
                        assemblyScript().withMemory().exporting("process", "i>i"),
                        "it looks like AssemblyScript that was built without its runtime (it imports env.abort and exports no '__new'), so no text can be handed to it; build it with: asc ... --exportRuntime"),
                arguments(
                        "AssemblyScript for two conventions",
                        runtime(rust(assemblyScript(), "i>i")),
                        "it can be called as cstring or as assemblyscript; say which with option abi"),
                arguments(
                        "AssemblyScript of another type",
                        runtime(assemblyScript()).exporting("process", "ii>i"),
                        "exported function 'process' has the type (i32, i32) -> (i32); abi assemblyscript needs (i32) -> (i32)"),
                arguments(
                        "a command and a reactor",
                        command(wasi()).exporting("_initialize", ">"),
                        "it exports both '_start', as a WASI command does, and '_initialize', as a reactor does; build it as one of them"),
                arguments(
                        "a command that imports nothing",
                        command(new Shape()),
                        "it exports '_start', but imports nothing of WASI preview 1, so abi wasi can hand it no text"),
                arguments(
                        "a command with arguments",
                        wasi().withMemory().exporting("_start", "ii>i"),
                        "exported function '_start' has the type (i32, i32) -> (i32); abi wasi needs () -> ()"),
                arguments(
                        "camel-wasm and cstring",
                        rust("i>i")
                                .exporting("alloc", "i>i")
                                .exporting("dealloc", "ii>")
                                .exporting("transform", "ii>l"),
                        "it can be called as cstring or as camel-wasm; say which with option abi"),
                arguments(
                        "camel-wasm with several functions",
                        camel().exporting("one", "ii>l").exporting("two", "ii>l"),
                        "abi camel-wasm could call 'one' or 'two'; say which with option function"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({"lacking", "undecided"})
    void refusesWhatItCannotDecide(String name, Shape shape, String reason) {
        assertThat(detected(shape, Map.of())).isEqualTo(reason);
    }

    @Test
    void theOptionDecides() {
        Shape both = runtime(rust(assemblyScript(), "i>i"));
        Shape lengths = rust("i>i").exporting("process_with_length", "iii>i");
        Shape command = rust(wasi(), "i>i").exporting("_start", ">");

        assertThat(detected(both, Map.of("abi", "cstring"))).isEqualTo("cstring");
        assertThat(detected(both, Map.of("abi", "assemblyscript"))).isEqualTo("assemblyscript");
        assertThat(detected(lengths, Map.of("abi", "cstring"))).isEqualTo("cstring");
        assertThat(detected(command, Map.of("abi", "cstring"))).isEqualTo("cstring");
        assertThat(detected(command, Map.of("abi", "wasi"))).isEqualTo("wasi");
        assertThat(detected(command, Map.of("abi", "buffer")))
                .isEqualTo(
                        "exported function 'process' has the type (i32) -> (i32); abi buffer needs (i32, i32, i32) -> (i32) (option abi: did you mean 'cstring'?)");
    }

    @Test
    void theFunctionDecides() {
        Shape several = camel().exporting("one", "ii>l").exporting("two", "ii>l");
        Shape renamed = rust(new Shape(), "i>i", "convert");

        assertThat(detected(several, Map.of("function", "two"))).isEqualTo("camel-wasm");
        assertThat(detected(renamed, Map.of("function", "convert"))).isEqualTo("cstring");
        assertThat(detected(renamed, Map.of("function", "konvert")))
                .isEqualTo(
                        "it exports no function 'konvert'; exported functions: convert (i32) ->"
                                + " (i32), allocate (i32) -> (i32), deallocate (i32, i32) -> ()"
                                + " (option function: did you mean 'convert'?)");
    }

    private String detected(Shape shape, Map<String, Object> options) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), shape.wasm());
        ModuleInspection inspection = inspector.inspect(file.toString(), new KeyValues(options));
        return inspection
                .loaded()
                .flatMap(Loaded::convention)
                .map(Convention::abi)
                .orElseGet(() -> String.join("; ", inspection.reasons()));
    }
}
