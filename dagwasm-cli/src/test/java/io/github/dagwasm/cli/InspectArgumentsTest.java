package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.Shell.dagwasm;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import io.github.dagwasm.wasm.TestModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} says where there is nothing to inspect: one sentence, and no verdict. */
class InspectArgumentsTest {

    @TempDir Path folder;

    private Answer inspects(byte[] file, String... options) {
        Path path = TestModule.write(folder.resolve("guest.wasm"), file);
        String[] args = new String[options.length + 2];
        args[0] = "inspect";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 1] = path.toString();
        Answer answer = dagwasm(args);
        return new Answer(answer.code(), answer.out(), answer.err().replace(folder + "/", ""));
    }

    private static void assertUnusable(Answer answer, String err) {
        assertThat(answer.out()).isEmpty();
        assertThat(answer.err()).isEqualTo(err + "\n");
        assertThat(answer.code()).isEqualTo(2);
    }

    @Test
    void whatIsNoModuleIsNoVerdict() {
        assertUnusable(
                inspects(new byte[] {0x7f, 'E', 'L', 'F', 2, 1, 1, 0, 0}),
                "guest.wasm: it is not a WebAssembly binary: it looks like an ELF binary");
        assertUnusable(
                inspects("text".getBytes(StandardCharsets.UTF_8), "--output=json"),
                "guest.wasm: it is not a WebAssembly binary: it looks like text");
        assertUnusable(inspects(new byte[0]), "guest.wasm: it is empty");
        Path missing = folder.resolve("missing.wasm");
        assertUnusable(dagwasm("inspect", missing.toString()), missing + ": there is no such file");
        assertUnusable(
                dagwasm("inspect", "classpath:no/such.wasm"),
                "classpath:no/such.wasm: not on the class path");
        assertUnusable(
                dagwasm("inspect", "https://example.org/a.wasm"),
                "https://example.org/a.wasm: scheme 'https' is not allowed; expected a path, file:"
                        + " or classpath:");
        assertUnusable(
                dagwasm("inspect", "--diff", missing.toString(), "x.wasm"),
                missing + ": there is no such file");
    }

    @Test
    void argumentsThatMakeNoSense() {
        assertUnusable(
                dagwasm("inspect"),
                "Missing required parameter: 'MODULE' (see 'dagwasm inspect --help')");
        assertUnusable(
                dagwasm("inspect", "--diff", "a.wasm"),
                "Missing required parameter: 'MODULE' (see 'dagwasm inspect --help')");
        assertUnusable(
                dagwasm("inspect", "a.wasm", "b.wasm"),
                "Unmatched argument at index 2: 'b.wasm' (see 'dagwasm inspect --help')");
        assertUnusable(
                dagwasm("inspect", "--set=wasm.admission.locls=1", "a.wasm"),
                "--set: no setting 'wasm.admission.locls' (did you mean 'admission.locals'?) (see"
                        + " 'dagwasm inspect --help')");
        assertUnusable(
                dagwasm("inspect", "--set=memory_mb=1", "a.wasm"),
                "--set: no setting 'memory_mb' (did you mean 'limits.memory_mb'?) (see 'dagwasm"
                        + " inspect --help')");
        assertUnusable(
                dagwasm("inspect", "--set=zebra=1", "a.wasm"),
                "--set: no setting 'zebra' (see 'dagwasm inspect --help')");
        for (String value : new String[] {"many", "0", "1.5", "1e99", "-1"}) {
            assertUnusable(
                    dagwasm("inspect", "--set=limits.memory_mb=" + value, "a.wasm"),
                    "--set: limits.memory_mb: '"
                            + value
                            + "' is not a whole number from 1 to 2047 (see 'dagwasm inspect"
                            + " --help')");
        }
        assertUnusable(
                dagwasm("inspect", "--set=load_timeout_seconds=0", "a.wasm"),
                "--set: load_timeout_seconds: '0' is not a number from 0.001 to 3600 (see 'dagwasm"
                        + " inspect --help')");
    }

    @Test
    void helpTellsTheOptionsAndTheExitCodes() {
        Answer answer = dagwasm("inspect", "--help");

        assertThat(answer.out())
                .isEqualTo(
                        """
                        Usage: dagwasm inspect [-hV] [--abi=NAME] [--diff=OLD] [--function=NAME]
                                               [--output=<output>] [--set=KEY=VALUE]... MODULE
                        Tells whether a WebAssembly module would be admitted, why not, and what it is
                        and asks for. None of its code is run.
                        With --diff, tells how MODULE differs from OLD, and whether it asks for more.
                              MODULE              The module: a path, looked for in the working
                                                    directory, then on the class path, or a file: or
                                                    classpath: resource.
                              --abi=NAME          The calling convention: cstring, buffer,
                                                    assemblyscript, wasi, camel-wasm. Default: found
                                                    out.
                              --diff=OLD          The module that MODULE is to take the place of.
                              --function=NAME     The exported function that takes the text. Default:
                                                    the convention's own.
                          -h, --help              Show this help message and exit.
                              --output=<output>   What to print: text, json. Default: text.
                              --set=KEY=VALUE     A number of a pipeline's block wasm:, called as in a
                                                    refusal: a limit, a budget or the time to load.
                                                  As in --set limits.memory_mb=128
                                                  or --set wasm.admission.locals=9000000
                          -V, --version           Print version information and exit.

                        Exit codes:
                          0   the module is admitted; with --diff, it is and asks for no more than OLD
                          1   the module is refused; with --diff, it is or asks for more than OLD
                          2   the arguments are at fault, or a file that is not there, cannot be read
                                or is no WebAssembly
                        """);
        assertThat(answer.code()).isZero();
    }
}
