package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Shapes.assemblyScript;
import static io.github.dagwasm.wasm.Shapes.c;
import static io.github.dagwasm.wasm.Shapes.camel;
import static io.github.dagwasm.wasm.Shapes.command;
import static io.github.dagwasm.wasm.Shapes.runtime;
import static io.github.dagwasm.wasm.Shapes.rust;
import static io.github.dagwasm.wasm.Shapes.wasi;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dagwasm.spi.KeyValues;
import java.nio.file.Path;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules that nearly speak a convention. The reason names what blocks first, and what to do about
 * it.
 */
class RefusedShapesTest {

    private static final String NONE =
            "it speaks none of the calling conventions cstring, buffer, assemblyscript, wasi and"
                    + " camel-wasm; exported functions: ";
    private static final String TAKEN =
            "abi cstring and assemblyscript take (i32) -> (i32), buffer (i32, i32, i32) -> (i32),"
                    + " camel-wasm (i32, i32) -> (i64)";
    private static final String NEITHER =
            "it exports neither 'allocate' and 'deallocate' nor 'malloc' and 'free', which abi"
                    + " cstring needs; exported functions: ";
    private static final String WITH_RUNTIME = "build it with: asc ... --exportRuntime";
    private static final String COMPONENT =
            "it is the inside of a WebAssembly component, whose functions take no text as a plain"
                    + " function does (it exports '%s'); build it as a command for wasm32-wasip1,"
                    + " or export a function of a convention that is spoken here";
    private static final String NO_RUNTIME =
            "it looks like AssemblyScript that was built without its runtime (it imports env.abort"
                    + " and exports no '__new'), so no text can be handed to it; "
                    + WITH_RUNTIME;

    @TempDir private Path folder;
    private final ModuleInspector inspector = new ModuleInspector(KeyValues.NONE);

    @AfterEach
    void close() {
        inspector.close();
    }

    static Stream<Arguments> nearNames() {
        return Stream.of("Process", "PROCESS", "_process", "process_", "proces")
                .map(
                        name ->
                                arguments(
                                        name,
                                        rust(new Shape(), "i>i", name),
                                        Map.of(),
                                        NONE
                                                + name
                                                + " (i32) -> (i32), allocate (i32) -> (i32),"
                                                + " deallocate (i32, i32) -> ()"
                                                + meant(name)));
    }

    static Stream<Arguments> names() {
        return Stream.of(
                arguments(
                        "the nearest of several",
                        rust("dd>d")
                                .exporting("convert", "i>i")
                                .exporting("Transform", "i>i")
                                .exporting("other", "iii>i"),
                        Map.of("function", "transform"),
                        "it exports no function 'transform'; exported functions: process"
                                + " (f64, f64) -> (f64), allocate (i32) -> (i32), deallocate"
                                + " (i32, i32) -> (), convert (i32) -> (i32), Transform"
                                + " (i32) -> (i32), other (i32, i32, i32) -> (i32)"
                                + meant("Transform")),
                arguments(
                        "AssemblyScript",
                        runtime(assemblyScript()).exporting("convert", "i>i"),
                        Map.of(),
                        "it exports no function 'process', which abi assemblyscript needs;"
                                + " exported functions: __new, __pin, __unpin, __collect,"
                                + " convert"
                                + meant("convert")),
                arguments(
                        "AssemblyScript, told wrongly",
                        runtime(assemblyScript()).exporting("convert", "i>i"),
                        Map.of("function", "konvert", "abi", "assemblyscript"),
                        "it exports no function 'konvert', which abi assemblyscript needs;"
                                + " exported functions: __new, __pin, __unpin, __collect,"
                                + " convert"
                                + meant("convert")),
                arguments(
                        "camel-wasm, told wrongly",
                        camel().exporting("transform", "ii>l"),
                        Map.of("function", "transfrom"),
                        "it exports no function 'transfrom', which abi camel-wasm needs;"
                                + " exported functions: alloc, dealloc, transform"
                                + meant("transform")),
                arguments(
                        "the allocator, and another name",
                        rust(new Shape(), "i>i", "convert"),
                        Map.of("function", "allocate"),
                        "option function says 'allocate', with which abi cstring takes"
                                + " memory; name the function that takes the text"
                                + meant("convert")),
                arguments(
                        "a command",
                        command(wasi()),
                        Map.of("function", "main"),
                        "abi wasi calls function '_start' and no other, but option function"
                                + " says 'main'"),
                arguments(
                        "the memory's name",
                        rust("i>i"),
                        Map.of("function", "memory"),
                        "it exports no function 'memory'; exported functions: process (i32)"
                                + " -> (i32), allocate (i32) -> (i32), deallocate (i32, i32)"
                                + " -> ()"
                                + meant("process")));
    }

    static Stream<Arguments> types() {
        return Stream.of(
                        arguments("l>l", "(i64) -> (i64)"),
                        arguments("ii>i", "(i32, i32) -> (i32)"),
                        arguments("ii>ii", "(i32, i32) -> (i32, i32)"),
                        arguments("i>", "(i32) -> ()"),
                        arguments(">i", "() -> (i32)"),
                        arguments("iii>", "(i32, i32, i32) -> ()"),
                        arguments("dd>d", "(f64, f64) -> (f64)"))
                .map(
                        type ->
                                arguments(
                                        type.get()[1],
                                        rust((String) type.get()[0]),
                                        Map.of(),
                                        "exported function 'process' has the type "
                                                + type.get()[1]
                                                + ", and no calling convention takes that: "
                                                + TAKEN));
    }

    static Stream<Arguments> otherTypes() {
        return Stream.of(
                arguments(
                        "another function has the type",
                        rust("ii>i").exporting("convert", "i>i"),
                        Map.of(),
                        "exported function 'process' has the type (i32, i32) -> (i32), and no"
                                + " calling convention takes that: "
                                + TAKEN
                                + meant("convert")),
                arguments(
                        "camel-wasm with 32 bits",
                        camel().exporting("transform", "ii>i"),
                        Map.of(),
                        NONE
                                + "alloc (i32) -> (i32), dealloc (i32, i32) -> (), transform (i32,"
                                + " i32) -> (i32); "
                                + TAKEN),
                arguments(
                        "AssemblyScript without an answer",
                        runtime(assemblyScript()).exporting("process", "i>"),
                        Map.of(),
                        "exported function 'process' has the type (i32) -> (); abi assemblyscript"
                                + " needs (i32) -> (i32)"),
                arguments(
                        "a convention that another fits",
                        rust("i>i"),
                        Map.of("abi", "buffer"),
                        "exported function 'process' has the type (i32) -> (i32); abi buffer needs"
                                + " (i32, i32, i32) -> (i32) (option abi: did you mean 'cstring'?)"),
                arguments(
                        "abi wasi for a library",
                        c("i>i"),
                        Map.of("abi", "wasi"),
                        "it exports no function '_start', which abi wasi needs; exported functions:"
                                + " _initialize, process, malloc, free (option abi: did you mean"
                                + " 'cstring'?)"));
    }

    static Stream<Arguments> withoutAllocator() {
        return Stream.of(
                arguments(
                        "no allocator",
                        new Shape().withMemory().exporting("process", "i>i"),
                        Map.of(),
                        NEITHER + "process; if it is AssemblyScript, " + WITH_RUNTIME),
                arguments(
                        "no allocator, and another name",
                        new Shape().withMemory().exporting("convert", "i>i"),
                        Map.of(),
                        "function 'convert' could take the text (option function), but "
                                + NEITHER
                                + "convert; if it is AssemblyScript, "
                                + WITH_RUNTIME),
                arguments(
                        "AssemblyScript without its runtime, and another name",
                        assemblyScript().withMemory().exporting("convert", "i>i"),
                        Map.of(),
                        NO_RUNTIME),
                arguments(
                        "AssemblyScript without its runtime, named",
                        new Shape().withMemory().exporting("process", "i>i"),
                        Map.of("abi", "assemblyscript"),
                        "it looks like AssemblyScript that was built without its runtime (it"
                                + " exports no '__new'), so no text can be handed to it; "
                                + WITH_RUNTIME));
    }

    static Stream<Arguments> halves() {
        return Stream.of(
                arguments(
                        "half an allocator",
                        new Shape()
                                .withMemory()
                                .exporting("process", "i>i")
                                .exporting("malloc", "i>i"),
                        Map.of(),
                        "it exports 'malloc' without 'free', which abi cstring needs; exported"
                                + " functions: process, malloc"),
                arguments(
                        "the other half",
                        new Shape()
                                .withMemory()
                                .exporting("process", "iii>i")
                                .exporting("deallocate", "ii>"),
                        Map.of(),
                        "it exports 'deallocate' without 'allocate', which abi buffer needs;"
                                + " exported functions: process, deallocate"),
                arguments(
                        "siblings without an allocator",
                        wasi().withMemory()
                                .exporting("process", "i>i")
                                .exporting("process_with_length", "iii>i"),
                        Map.of(),
                        NEITHER + "process, process_with_length"),
                arguments(
                        "cstring with the allocator of camel-wasm",
                        camel().exporting("process", "i>i"),
                        Map.of(),
                        NEITHER + "alloc, dealloc, process"),
                arguments(
                        "camel-wasm with the allocator of C",
                        c("i>").exporting("transform", "ii>l"),
                        Map.of(),
                        "it exports no function 'alloc', which abi camel-wasm needs; exported"
                                + " functions: _initialize, process, malloc, free, transform"),
                arguments(
                        "camel-wasm with half an allocator",
                        new Shape()
                                .withMemory()
                                .exporting("alloc", "i>i")
                                .exporting("transform", "ii>l"),
                        Map.of(),
                        "it exports no function 'dealloc', which abi camel-wasm needs; exported"
                                + " functions: alloc, transform"));
    }

    static Stream<Arguments> beside() {
        return Stream.of(
                arguments(
                        "a command with a function that is asked for",
                        command(wasi()).exporting("process", "i>i"),
                        Map.of("function", "process"),
                        NEITHER + "_start, process"),
                arguments(
                        "a program without WASI, and a function without allocator",
                        command(new Shape()).exporting("process", "i>i").exporting("malloc", "i>i"),
                        Map.of(),
                        "it exports 'malloc' without 'free', which abi cstring needs; exported"
                                + " functions: _start, process, malloc"),
                arguments(
                        "a program without WASI, and a function of another name",
                        command(rust(new Shape(), "i>i", "convert")),
                        Map.of(),
                        NONE
                                + "convert (i32) -> (i32), allocate (i32) -> (i32), deallocate (i32,"
                                + " i32) -> (), _start () -> ()"
                                + meant("convert")),
                arguments(
                        "a memory of another name",
                        new Shape()
                                .withMemory("mem")
                                .exporting("process", "i>i")
                                .exporting("malloc", "i>i")
                                .exporting("free", "i>"),
                        Map.of(),
                        "it exports no memory named 'memory', in which the text would be; export"
                                + " its memory by that name"),
                arguments(
                        "nothing but memory",
                        new Shape().withMemory(),
                        Map.of(),
                        NONE + "none; export the function that takes the text"));
    }

    static Stream<Arguments> otherConventions() {
        return Stream.of(
                arguments(
                        "a component's function",
                        new Shape()
                                .withMemory()
                                .exporting("demo:text/transform@1.0.0#process", "ii>i")
                                .exporting("cabi_post_demo:text/transform@1.0.0#process", "i>")
                                .exporting("cabi_realloc", "iiii>i"),
                        Map.of(),
                        COMPONENT.formatted("demo:text/transform@1.0.0#process")),
                arguments(
                        "a component's world",
                        wasi().withMemory()
                                .exporting("cabi_realloc", "iiii>i")
                                .exporting("cabi_post_process", "i>")
                                .exporting("process", "ii>i"),
                        Map.of("abi", "cstring"),
                        COMPONENT.formatted("cabi_realloc")),
                arguments(
                        "wasm-bindgen without imports",
                        new Shape()
                                .withMemory()
                                .exporting("process", "ii>ii")
                                .exporting("__wbindgen_malloc", "ii>i"),
                        Map.of(),
                        "it needs the JavaScript that wasm-bindgen makes (it exports"
                                + " '__wbindgen_malloc'); build it without wasm-bindgen, with plain"
                                + " exported functions or as a command for wasm32-wasip1"),
                arguments(
                        "Proxy-Wasm",
                        new Shape()
                                .withMemory()
                                .exporting("proxy_abi_version_0_2_1", ">")
                                .exporting("proxy_on_request_body", "iii>i"),
                        Map.of(),
                        "it is a Proxy-Wasm filter, as Envoy takes them (it exports"
                                + " 'proxy_abi_version_0_2_1'); export what it does to a text as a"
                                + " function of its own"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource({
        "nearNames",
        "names",
        "types",
        "otherTypes",
        "withoutAllocator",
        "halves",
        "beside",
        "otherConventions"
    })
    void saysWhatToMend(String name, Shape shape, Map<String, Object> options, String reason) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), shape.wasm());

        assertThat(inspector.inspect(file.toString(), new KeyValues(options)).reasons())
                .containsExactly(reason);
    }

    private static String meant(String function) {
        return " (option function: did you mean '" + function + "'?)";
    }
}
