package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.dagwasm.failure.GuestException;
import io.github.dagwasm.failure.GuestFrames;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Programs as people write them, compiled by the compilers that they use, with the defaults and
 * without grants. A test whose compiler is not installed is skipped.
 */
@Tag("ci")
class CompiledProgramsIT {

    private static final String TRAP = "the guest trapped: Trapped on unreachable instruction";

    @TempDir private static Path folder;

    /** A program serves several tests. */
    private static final Map<String, Path> COMPILED = new HashMap<>();

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void close() {
        backend.close();
    }

    private TextProcessor processor(GuestCompiler compiler, String source, String... flags)
            throws Exception {
        assumeTrue(compiler.missing().isEmpty(), () -> compiler.missing().orElseThrow());
        Path module = COMPILED.get(source);
        if (module == null) {
            Path own = Files.createDirectory(folder.resolve(source.replace('.', '_')));
            module = compiler.compile(source, List.of(flags), own);
            COMPILED.put(source, module);
        }
        return (TextProcessor) backend.create(definition(module));
    }

    private static String answer(TextProcessor program, String text) throws Exception {
        return program.process(with(text)).text().string();
    }

    private static GuestException failure(TextProcessor program, String text) {
        return catchThrowableOfType(GuestException.class, () -> program.process(with(text)));
    }

    @Test
    void goReadsAndWritesJson() throws Exception {
        TextProcessor names = processor(GuestCompiler.GO, "names.go");

        assertThat(answer(names, "{\"names\": [\"Zoë\", \"Ada\"]}"))
                .isEqualTo("{\"names\":[\"Ada\",\"Zoë\"],\"count\":2}\n");
        assertThat(failure(names, "{"))
                .hasMessage(
                        "the guest ended itself with exit code 3; the guest's last line on stderr:"
                                + " names: unexpected EOF");
    }

    @Test
    void goSleeps() throws Exception {
        assertThat(answer(processor(GuestCompiler.GO, "moods.go"), "sleep"))
                .isEqualTo("slept 10 ms: true");
    }

    @Test
    void goTellsWhyItPanics() throws Exception {
        TextProcessor moods = processor(GuestCompiler.GO, "moods.go");

        assertThat(told(failure(moods, "index")))
                .isEqualTo(
                        panicked(
                                "panic: runtime error: index out of range [5] with length 5",
                                "running",
                                28));
        assertThat(told(failure(moods, "map")))
                .isEqualTo(panicked("panic: assignment to entry in nil map", "running", 31));
        assertThat(told(failure(moods, "none")))
                .isEqualTo(panicked("panic: no such mood: none", "running", 37));
        assertThat(told(failure(moods, "deadlock")))
                .isEqualTo(
                        panicked(
                                "fatal error: all goroutines are asleep - deadlock!",
                                "chan receive",
                                35));
        assertThat(GuestFrames.of(failure(moods, "index")))
                .containsExactly(
                        "runtime.exit",
                        "runtime.fatalpanic.func2",
                        "runtime.systemstack",
                        "runtime.fatalpanic",
                        "runtime.gopanic",
                        "runtime.goPanicIndex",
                        "main.do",
                        "main.main",
                        "runtime.main",
                        "wasm_pc_f_loop",
                        "_rt0_wasm_wasip1");
    }

    private static String panicked(String reason, String state, int line) {
        return "the guest ended itself with exit code 2; the guest's last lines on stderr: "
                + reason
                + " | goroutine 1 ["
                + state
                + "]: | main.do({0x_, 0x_}) | ./moods.go:"
                + line
                + " +0x_ | main.main() | ./moods.go:18 +0x_";
    }

    /** The message; where its program lies in memory is nobody's business. */
    private static String told(GuestException failure) {
        return failure.getMessage().replaceAll("0x[0-9a-f]+", "0x_");
    }

    @Test
    void goTellsWhatItLogsLast() throws Exception {
        assertThat(failure(processor(GuestCompiler.GO, "moods.go"), "fatal"))
                .hasMessage(
                        "the guest ended itself with exit code 1; the guest's last line on stderr:"
                                + " no rule for this record");
    }

    @Test
    void rustCountsWords() throws Exception {
        assertThat(answer(rustProgram(), "b a b")).isEqualTo("a=1 b=2 ");
    }

    @Test
    void rustTellsWhyItPanics() throws Exception {
        GuestException failure = failure(rustProgram(), "a boom");

        assertThat(failure)
                .hasMessage(
                        TRAP
                                + "; the guest's last lines on stderr: thread 'main' panicked at"
                                + " 'byte index 5 is out of bounds of `boom`',"
                                + " library/core/src/str/mod.rs:107:9 | note: run with"
                                + " `RUST_BACKTRACE=1` environment variable to display a"
                                + " backtrace");
        assertThat(GuestFrames.of(failure))
                .containsExactly(
                        panickedIn(
                                "core::str::slice_error_fail_rt",
                                "core::ops::function::FnOnce::call_once",
                                "core::intrinsics::const_eval_select",
                                "core::str::slice_error_fail",
                                "words::main",
                                "std::sys_common::backtrace::__rust_begin_short_backtrace",
                                "std::rt::lang_start::{{closure}}",
                                "std::rt::lang_start_internal",
                                "__original_main",
                                "and 2 more"));
    }

    @Test
    void rustTellsWhatMainReturns() throws Exception {
        assertThat(failure(rustProgram(), "err"))
                .hasMessage(
                        "the guest ended itself with exit code 1; the guest's last line on stderr:"
                                + " Error: \"no rule for this word\"");
    }

    /** The frames of a panic of Rust: its runtime's, and then those of the program. */
    private static String[] panickedIn(String... frames) {
        Stream<String> runtime =
                Stream.of(
                        "__rust_start_panic",
                        "rust_panic",
                        "std::panicking::rust_panic_with_hook",
                        "std::panicking::begin_panic_handler::{{closure}}",
                        "std::sys_common::backtrace::__rust_end_short_backtrace",
                        "rust_begin_unwind",
                        "core::panicking::panic_fmt");
        return Stream.concat(runtime, Stream.of(frames)).toArray(String[]::new);
    }

    private TextProcessor rustProgram() throws Exception {
        return processor(GuestCompiler.RUST, "words.rs", "--target=wasm32-wasi");
    }

    @Test
    void aLibraryOfRustAnswersAndTellsWhereItPanics() throws Exception {
        TextProcessor library =
                processor(
                        GuestCompiler.RUST,
                        "library.rs",
                        "--target=wasm32-unknown-unknown",
                        "--crate-type=cdylib",
                        "-Cpanic=abort");

        assertThat(answer(library, "straße")).isEqualTo("STRASSE");
        GuestException failure = failure(library, "boom");
        assertThat(failure).hasMessage(TRAP);
        assertThat(GuestFrames.of(failure))
                .containsExactly(panickedIn("library::shout", "process"));
        assertThat(answer(library, "boom.")).isEqualTo("BOOM.");
    }

    @Test
    void aProgramOfRustSetsUpTheFunctionBesideIt() throws Exception {
        TextProcessor table =
                processor(
                        GuestCompiler.RUST,
                        "table.rs",
                        "--target=wasm32-wasi",
                        "-Clink-args=--export=process --export=malloc --export=free");

        assertThat(answer(table, "colour")).isEqualTo("color");
        assertThat(answer(table, "color")).isEqualTo("color");
    }

    @Test
    void cWaitsByItsClocks() throws Exception {
        TextProcessor waits = processor(GuestCompiler.C, "waits.c");

        for (String way : List.of("look", "look at the time of day", "usleep")) {
            assertThat(answer(waits, way)).isEqualTo(way + ": 10 ms are over");
        }
    }

    @Test
    void cTellsWhichAssertionFails() throws Exception {
        TextProcessor waits = processor(GuestCompiler.C, "waits.c");
        GuestException failure = failure(waits, "");

        assertThat(failure)
                .hasMessage(
                        TRAP
                                + "; the guest's last line on stderr: Assertion failed: length > 0"
                                + " (waits.c: main: 27)");
        assertThat(GuestFrames.of(failure))
                .containsExactly(
                        "abort",
                        "__assert_fail",
                        "__original_main",
                        "_start",
                        "_start.command_export");
        assertThat(failure(waits, "abort")).hasMessage(TRAP);
    }

    @Test
    void cxxCountsWordsByItsStreams() throws Exception {
        assertThat(answer(processor(GuestCompiler.CXX, "words.cc"), "b a b"))
                .isEqualTo("a=1 b=2 \n");
    }

    @Test
    void assemblyScriptFillsItsTableWhenItStarts() throws Exception {
        TextProcessor table =
                processor(
                        GuestCompiler.ASSEMBLYSCRIPT,
                        "table.ts",
                        "--exportRuntime",
                        "--exportStart",
                        "_start");

        assertThat(answer(table, "colour")).isEqualTo("color");
        assertThat(answer(table, "color")).isEqualTo("color");
        assertThat(failure(table, "boom"))
                .hasMessage("the guest aborted: guest: no rule for this text (table.ts:7:23)");
    }
}
