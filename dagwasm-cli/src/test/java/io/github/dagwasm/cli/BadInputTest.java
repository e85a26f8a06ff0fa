package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.Shell.dagwasm;
import static io.github.dagwasm.cli.Shell.dagwasmReading;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Bad input of every kind gets one clear sentence, the right exit code, and nothing on standard
 * output.
 */
class BadInputTest {

    @TempDir Path folder;
    private Path file;

    @BeforeEach
    void nameTheFile() {
        file = folder.resolve("demo.dagwasm.yaml");
    }

    private Answer runs(String yaml, String... args) throws IOException {
        Files.writeString(file, yaml);
        String[] all = new String[args.length + 5];
        System.arraycopy(
                new String[] {"run", "--output", "text", file.toString(), "text"}, 0, all, 0, 5);
        System.arraycopy(args, 0, all, 5, args.length);
        return dagwasm(all);
    }

    private Answer runsModule(byte[] module) throws IOException {
        return runsModule(module, "600");
    }

    private Answer runsModule(byte[] module, String seconds) throws IOException {
        TestModule.write(folder.resolve("guest.wasm"), module);
        return runs(
                """
                processors:
                  - id: guest
                    backend: wasm
                    module: guest.wasm
                    timeout_seconds: %s
                """
                        .formatted(seconds));
    }

    private void assertUnusable(Answer answer, String... lines) {
        assertSaid(answer, 2, lines);
    }

    private void assertSaid(Answer answer, int code, String... lines) {
        assertThat(answer.err())
                .isEqualTo(String.join("\n", lines).replace("FILE", file.toString()) + "\n");
        assertThat(answer.out()).isEmpty();
        assertThat(answer.code()).isEqualTo(code);
    }

    private void assertRefused(Answer answer, String problem) {
        assertRefused(answer, "4:13", problem);
    }

    private void assertRefused(Answer answer, String at, String problem) {
        assertUnusable(
                answer,
                "FILE:"
                        + at
                        + ": processors[0].module: processor 'guest' (guest.wasm): "
                        + problem);
    }

    private void assertFailed(Answer answer, String problem) {
        assertSaid(answer, 1, "pipeline 'demo': processor 'guest' (guest.wasm): " + problem);
    }

    @Test
    void noSuchFile() {
        assertUnusable(
                dagwasm("run", "no/such.yaml", "text"),
                "no/such.yaml:1:1: no such file; expected it at "
                        + Path.of("no/such.yaml").toAbsolutePath());
    }

    @Test
    void yamlThatDoesNotParse() throws IOException {
        assertUnusable(
                runs("processors:\n  - id: [a\n"),
                "FILE:3:1: not YAML: while parsing a flow sequence, expected ',' or ']', but got <stream end>");
    }

    @Test
    void aCycleAsItsPath() throws IOException {
        assertUnusable(
                runs(
                        """
                        processors:
                          - { id: a, backend: local, impl: reverse_text, depends_on: [c] }
                          - { id: b, backend: local, impl: reverse_text, depends_on: [a] }
                          - { id: c, backend: local, impl: reverse_text, depends_on: [b] }
                        """),
                "FILE:2:63: processors[0].depends_on[0]: cycle of dependencies: a -> c -> b -> a");
    }

    @Test
    void aDuplicateId() throws IOException {
        assertUnusable(
                runs(
                        """
                        processors:
                          - { id: a, backend: local, impl: reverse_text }
                          - { id: a, backend: local, impl: reverse_text }
                        """),
                "FILE:3:11: processors[1].id: processor 'a' is declared twice; the first is in line 2");
    }

    @Test
    void unknownProcessorsKeysOptionsAndStrategiesAllAtOnceWithSuggestions() throws IOException {
        assertUnusable(
                runs(
                        """
                        strategy: work_queu
                        procesors: []
                        processors:
                          - id: a
                            backend: local
                            impl: reverse_txt
                          - id: b
                            backend: local
                            impl: prefix_suffix_adder
                            dependson: [a]
                            options: { prefx: x }
                        """),
                "FILE:1:11: strategy: no strategy 'work_queu' (did you mean 'work_queue'?)",
                "FILE:2:1: unknown key 'procesors' (did you mean 'processors'?)",
                "FILE:6:11: processors[0].impl: no impl 'reverse_txt' (did you mean 'reverse_text'?)",
                "FILE:10:5: processors[1]: unknown key 'dependson' (did you mean 'depends_on'?)",
                "FILE:11:16: processors[1].options: unknown key 'prefx' (did you mean 'prefix'?)");
    }

    @Test
    void aMissingModule() throws IOException {
        assertUnusable(
                runs(
                        """
                        processors:
                          - id: guest
                            backend: wasm
                        """),
                "FILE:2:5: processors[0]: processor 'guest' (backend wasm) needs 'module'");
    }

    @Test
    void aPlaceholderThatDoesNotResolve() throws IOException {
        String yaml =
                """
                strategy: "{{no.such.key}}"
                processors:
                  - { id: a, backend: local, impl: reverse_text }
                """;
        assertUnusable(
                runs(yaml),
                "FILE:1:11: strategy: no value for the placeholder {{no.such.key}}; define it or write {{no.such.key:default}}");

        Answer resolved = runs(yaml, "-Dno.such.key=level");
        assertThat(resolved.out()).isEqualTo("txet\n");
        assertThat(resolved.code()).isZero();
    }

    @Test
    void aWarningIsAFaultOfAStrictFile() throws IOException {
        String yaml =
                """
                strict: true
                processors:
                  - { id: left, backend: local, impl: reverse_text }
                  - { id: right, backend: local, impl: reverse_text }
                  - { id: join, backend: local, impl: reverse_text, depends_on: [left, right] }
                """;

        assertUnusable(
                runs(yaml),
                "FILE:5:65: processors[2].depends_on: processor 'join' gets the text of 'right', while the text of 'left' is discarded; write 'merge: deepest' to keep it so, or another merge (a fault because of 'strict: true')");
    }

    @Test
    void aModuleThatIsNotThere() throws IOException {
        Answer answer =
                runs(
                        """
                        processors:
                          - { id: guest, backend: wasm, module: guest.wasm }
                        """);

        assertRefused(
                answer,
                "2:41",
                "not found: neither beside the pipeline file ("
                        + folder.resolve("guest.wasm")
                        + ") nor in the working directory ("
                        + Path.of("guest.wasm").toAbsolutePath()
                        + ") nor on the class path");
    }

    @Test
    void aModuleThatIsNoModule() throws IOException {
        assertRefused(
                runsModule("just text".getBytes(StandardCharsets.UTF_8)),
                "it is not a WebAssembly binary: it looks like text");
    }

    @Test
    void aTruncatedModule() throws IOException {
        byte[] module = TestModules.append("-x");
        assertRefused(
                runsModule(Arrays.copyOf(module, module.length - 10)),
                "it is truncated or malformed: the module ends early, at byte 222");
    }

    @Test
    void aComponent() throws IOException {
        assertRefused(
                runsModule(TestModules.componentHeader()),
                "it is a WebAssembly component; only core modules are supported (what it is made of can be taken out with `wasm-tools component unbundle`)");
    }

    @Test
    void aModuleThatIsTooLarge() throws IOException {
        TestModule.write(folder.resolve("guest.wasm"), TestModules.append("-x"));
        Answer answer =
                runs(
                        """
                        wasm: { admission: { module_bytes: 20 } }
                        processors:
                          - { id: guest, backend: wasm, module: guest.wasm }
                        """);

        assertRefused(
                answer,
                "3:41",
                "module bytes: 232, over the budget of 20 (option wasm.admission.module_bytes)");
    }

    @Test
    void aModuleOfAnotherDigest() throws IOException {
        TestModule.write(folder.resolve("guest.wasm"), TestModules.append("-x"));
        Answer answer =
                runs(
                        """
                        processors:
                          - id: guest
                            backend: wasm
                            module: guest.wasm
                            sha256: 0000000000000000000000000000000000000000000000000000000000000000
                        """);

        assertRefused(
                answer,
                "its sha256 is 938f938ff31756dd1ff93540f61627dd229ce062fac9a2838ab8d150ca0aa7fa, but pinned is 0000000000000000000000000000000000000000000000000000000000000000");
    }

    @Test
    void aModuleWithAnImportThatIsNotProvided() throws IOException {
        byte[] module =
                new TestModule().importFunction("wasi_other", "fd_read", 4, 1).memory(1).bytes();

        assertRefused(
                runsModule(module),
                "import wasi_other.fd_read is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1 (did you mean wasi_snapshot_preview1.fd_read?)");
    }

    @Test
    void aModuleWithoutProcess() throws IOException {
        byte[] module =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("proces", 1, 1, 0, Code.code().get(0))
                        .bytes();

        assertRefused(
                runsModule(module),
                "function 'proces' could take the text (option function), but it exports neither 'allocate' and 'deallocate' nor 'malloc' and 'free', which abi cstring needs; exported functions: proces; if it is AssemblyScript, build it with: asc ... --exportRuntime");
    }

    @Test
    void aGuestThatTraps() throws IOException {
        assertFailed(
                runsModule(TestModules.trap()),
                "the guest trapped: Trapped on unreachable instruction");
    }

    @Test
    void anEndlessLoop() throws IOException {
        assertFailed(
                runsModule(TestModules.endlessLoop(), "0.2"),
                "stopped after 0.2 s (processors[0].timeout_seconds)");
    }

    @Test
    void anEndlessLoopInTheStartFunction() throws IOException {
        assertFailed(
                runsModule(TestModules.endlessStart(), "0.2"),
                "stopped after 0.2 s (processors[0].timeout_seconds)");
    }

    @Test
    void standardInputThatIsNotUtf8() throws IOException {
        Files.writeString(file, "processors:\n  - { id: a, backend: local, impl: reverse_text }\n");

        Answer answer =
                dagwasmReading(
                        new byte[] {'a', (byte) 0xC3, 'b', '\n'}, "run", file.toString(), "-");

        assertSaid(answer, 1, "pipeline 'demo': the input: malformed UTF-8 at byte 1 (0xc3)");
    }

    @Test
    void standardInputThatIsTooLarge() throws IOException {
        Files.writeString(
                file,
                "max_input_bytes: 3\nprocessors:\n  - { id: a, backend: local, impl: reverse_text }\n");

        Answer fits =
                dagwasmReading(
                        "abc\r\n".getBytes(StandardCharsets.UTF_8),
                        "run",
                        "--output=text",
                        file.toString(),
                        "-");
        Answer tooLarge =
                dagwasmReading(
                        "abcdefgh".getBytes(StandardCharsets.UTF_8), "run", file.toString(), "-");

        assertThat(fits.out()).isEqualTo("cba\n");
        assertSaid(
                tooLarge,
                1,
                "pipeline 'demo': the input: the limit of 3 input bytes is exceeded (option max_input_bytes)");
    }

    @Test
    void textWithANulForCstring() throws IOException {
        TestModule.write(folder.resolve("guest.wasm"), TestModules.append("-x"));
        Files.writeString(
                file, "processors:\n  - { id: guest, backend: wasm, module: guest.wasm }\n");

        Answer answer =
                dagwasmReading(
                        new byte[] {'a', 0, 'b'}, "run", "--output=text", file.toString(), "-");

        assertFailed(answer, "the input has a NUL at byte 1, which abi cstring cannot carry");
    }

    @Test
    void twoModulesAreToldOfAtOnce() throws IOException {
        Answer answer =
                runs(
                        """
                        processors:
                          - { id: one, backend: wasm, module: "http://example.org/a.wasm" }
                          - { id: two, backend: wasm, module: "http://example.org/b.wasm" }
                        """);

        String problem =
                "scheme 'http' is not allowed without allowRemoteModules=true on the component and sha256 on the processor; otherwise expected a path, file: or classpath:";
        assertUnusable(
                answer,
                "FILE:2:39: processors[0].module: processor 'one' (http://example.org/a.wasm): "
                        + problem,
                "FILE:3:39: processors[1].module: processor 'two' (http://example.org/b.wasm): "
                        + problem);
    }

    @Test
    void argumentsThatMakeNoSense() {
        assertUnusable(
                dagwasm("run", "x.yaml"),
                "Missing required parameter: 'TEXT' (see 'dagwasm run --help')");
        assertUnusable(
                dagwasm("validat", "x.yaml"),
                "Unmatched arguments from index 0: 'validat', 'x.yaml'; did you mean 'validate'? (see 'dagwasm --help')");
        assertUnusable(
                dagwasm("run", "--output=xml", "x.yaml", "text"),
                "Invalid value for option '--output': expected one of [REPORT, TEXT, JSON] (case-insensitive) but was 'xml' (see 'dagwasm run --help')");
    }

    @Test
    void validateSaysTheSameAndRunsNothing() throws IOException {
        Files.writeString(file, "processors: []\n");
        assertUnusable(
                dagwasm("validate", file.toString()),
                "FILE:1:13: processors: found no processor; expected at least one");
    }
}
