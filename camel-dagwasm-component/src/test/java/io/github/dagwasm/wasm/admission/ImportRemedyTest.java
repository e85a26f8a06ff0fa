package io.github.dagwasm.wasm.admission;

import static io.github.dagwasm.wasm.TestModule.bytes;
import static io.github.dagwasm.wasm.TestModule.join;
import static io.github.dagwasm.wasm.TestModule.name;
import static io.github.dagwasm.wasm.TestModule.section;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.Map;
import java.util.stream.Stream;
import org.assertj.core.api.AbstractThrowableAssert;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** A refused import is told with the way to do without it. */
class ImportRemedyTest {

    private static final String OFFER =
            "env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI"
                    + " preview 1";
    private static final Map<String, String> PROVIDED =
            Map.of(
                    "env.host_log", "(i32, i32) -> ()",
                    "env.abort", "(i32, i32, i32, i32) -> ()",
                    "env.trace", "(i32, i32, f64, f64, f64, f64, f64) -> ()",
                    "wasi_snapshot_preview1.fd_write", "(i32, i32, i32, i32) -> (i32)");

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
env|parse_line|; define it, or link the library that has it
env|_ZN4text5parseEPKc|; define it, or link the library that has it
env|tracer|; define it, or link the library that has it
env|Abort|; define it, or link the library that has it
env|Math.sin|; that is JavaScript's: use what AssemblyScript has of its own
env|hostLog|' (did you mean env.host_log?)'
env|fd_write|' (did you mean wasi_snapshot_preview1.fd_write?)'
host|host_log|' (did you mean env.host_log?)'
js|trace|' (did you mean env.trace?)'
js|alert|; build it without this import
wasi_snapshot_preview1|sock_open|; WASI preview 1 has no such function: build it without extensions of another runtime
""")
    void ofAFunctionThatIsNotProvided(String module, String name, String remedy) {
        refused(new TestModule().importFunction(module, name, 1, 1).bytes())
                .hasMessage(
                        "import %s.%s is not provided; provided: %s%s",
                        module, name, OFFER, remedy);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
"""
env|host_log|(i32, i32) -> ()|; declare it with this type
env|abort|(i32, i32, i32, i32) -> ()|, which is AssemblyScript's; if another function is meant, define it, or link the library that has it
wasi_snapshot_preview1|fd_write|(i32, i32, i32, i32) -> (i32)|; declare it with this type
""")
    void ofAFunctionOfAnotherType(String module, String name, String provided, String remedy) {
        refused(new TestModule().importFunction(module, name, 0, 0).bytes())
                .hasMessage(
                        "import %s.%s has the type () -> (); provided: %s%s",
                        module, name, provided, remedy);
    }

    static Stream<Arguments> others() {
        return Stream.of(
                arguments(
                        "memory",
                        bytes(2, 0, 1),
                        "define the memory in the module (asc without --importMemory, clang without"
                                + " -Wl,--import-memory)"),
                arguments(
                        "table",
                        bytes(1, 0x70, 0, 1),
                        "define the table in the module (asc without --importTable, clang without"
                                + " -Wl,--import-table)"),
                arguments("global", bytes(3, 0x7f, 0), "define the global in the module"));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("others")
    void ofAnythingElse(String kind, byte[] type, String remedy) {
        byte[] entry = join(bytes(1), name("env"), name("x"), type);
        byte[] wasm = join(bytes(0, 'a', 's', 'm', 1, 0, 0, 0), section(2, entry));

        refused(wasm)
                .hasMessage(
                        "import env.x (%s) is not provided; provided: %s; %s", kind, OFFER, remedy);
    }

    private static AbstractThrowableAssert<?, ?> refused(byte[] wasm) {
        return assertThatThrownBy(
                        () ->
                                Admission.scan(
                                        wasm, Budgets.DEFAULTS, GuestLimits.DEFAULTS, PROVIDED))
                .isInstanceOf(ModuleRefusedException.class);
    }
}
