package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.Shell.dagwasm;
import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect} prints, beside what the README shows. */
class InspectCommandTest {

    @TempDir Path folder;

    private Answer inspects(byte[] module, String... options) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module);
        String[] args = new String[options.length + 2];
        args[0] = "inspect";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 1] = file.toString();
        Answer answer = dagwasm(args);
        return new Answer(answer.code(), unnamed(answer.out()), unnamed(answer.err()));
    }

    private String unnamed(String text) {
        return text.replace(folder + "/", "");
    }

    private static void assertAnswer(Answer answer, int code, String out) {
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo(out);
        assertThat(answer.code()).isEqualTo(code);
    }

    @Test
    void tellsAllOfAModuleThatUsesMuch() {
        byte[] module =
                TestModules.guest("a text", code().get(0))
                        .table(4)
                        .custom("producers \"x\"", new byte[0])
                        .start(4)
                        .function(0, 0, 0, code().i32(0).i32(0).i32(0).memoryFill())
                        .bytes();

        assertAnswer(
                inspects(module, "--set=limits.memory_mb=1"),
                0,
                """
                guest.wasm: admitted

                size        242 bytes
                sha256      bfd311c19a97522de1dd816c4639df5268ab73935ae5515382016abd27299b6a
                abi         cstring: "process" (i32) -> (i32), "allocate" (i32) -> (i32)
                memory      1 page (64 KiB), no maximum of its own; limit 1 MiB
                table 0     4 entries, no maximum of its own
                globals     1
                start       a function, which runs when an instance is made
                features    bulk memory
                interpreted none
                isolation   reset of the instance after each message
                load        about 4.1 MiB of heap
                custom      "producers \\"x\\""

                imports: 1
                  granted  function  "env" "host_log"  (i32, i32) -> ()

                exports: 4
                  function  "allocate"    (i32) -> (i32)
                  function  "deallocate"  (i32, i32) -> ()
                  function  "process"     (i32) -> (i32)
                  memory    "memory"      1 page

                budgets                           used          budget     share
                  type_values                          2             100       2 %
                  tables                               1             100       1 %
                  below 1 %:
                    imports 1, type_comparison 3, custom_sections 1, types 5, nesting 2, exports 4, globals 1,
                    body_bytes 50, signature_pairs 9, functions 4, name_bytes 55, code_bytes 73,
                    module_bytes 242, function_stack_values 2, constant_instructions 2, data_segments 1,
                    type_checks 25, locals 3, type_comparisons 25, frame_slots 17, stack_values 3,
                    branch_depths 3
                """);
    }

    @Test
    void aBomb() {
        assertAnswer(
                inspects(TestModules.localsBomb(1000, 50_000)),
                1,
                """
                guest.wasm: refused
                  - locals over all functions: 50000000, over the budget of 5000000 (option wasm.admission.locals)

                size        8,024 bytes (7.8 KiB)
                sha256      b3e778bc0ae08a59d1cb633628a477aa8145ba8b313b4f4cfd71e3eeb80b21ad
                abi         not known: the module was not loaded
                memory      none
                globals     0
                start       none
                features    none beyond WebAssembly 1.0
                interpreted not known
                isolation   not known
                load        about 1.8 GiB of heap

                imports: none

                exports: none

                budgets                           used          budget     share
                  locals                      50,000,000       5,000,000    1000 %  over
                  frame_slots                 50,000,000      50,000,000     100 %
                  functions                        1,000          50,000       2 %
                  signature_pairs                  1,000         100,000       1 %
                  below 1 %:
                    code_bytes 6,000, type_comparison 1, module_bytes 8,024, types 1, type_checks 1,000,
                    type_comparisons 1,000, body_bytes 6
                """);
    }

    @Test
    void aComponent() {
        assertAnswer(
                inspects(TestModules.componentHeader()),
                1,
                """
                guest.wasm: refused
                  - it is a WebAssembly component; only core modules are supported (what it is made of can be taken out with `wasm-tools component unbundle`)

                Only a part of it could be read, in which was found:

                size        8 bytes
                sha256      24eaf3439a60c96764c4f2c92a0a81b52bd4fe5d5b91f090184a0f6486b1bf29
                abi         not known: the module was not loaded
                memory      none
                globals     0
                start       none
                features    none beyond WebAssembly 1.0
                interpreted not known
                isolation   not known
                load        about 4 MiB of heap

                imports: none

                exports: none

                budgets                           used          budget     share
                  below 1 %:
                    module_bytes 8
                """);
    }

    @Test
    void aTruncatedModule() {
        byte[] module = TestModules.append("-x");

        assertAnswer(
                inspects(Arrays.copyOf(module, module.length - 10)),
                1,
                """
                guest.wasm: refused
                  - it is truncated or malformed: the module ends early, at byte 222

                Only a part of it could be read, in which was found:

                size        222 bytes
                sha256      65b597c9ecd721ddc038c730dbaf3e71958fc4a49bb33d19f9e732c9c1d43617
                abi         not known: the module was not loaded
                memory      1 page (64 KiB), no maximum of its own; limit 64 MiB
                globals     1
                start       none
                features    bulk memory
                interpreted not known
                isolation   not known
                load        about 4.1 MiB of heap

                imports: 1
                  granted  function  "env" "host_log"  (i32, i32) -> ()

                exports: 4
                  function  "allocate"    (i32) -> (i32)
                  function  "deallocate"  (i32, i32) -> ()
                  function  "process"     (i32) -> (i32)
                  memory    "memory"      1 page

                budgets                           used          budget     share
                  type_values                          2             100       2 %
                  below 1 %:
                    imports 1, type_comparison 3, types 4, nesting 2, exports 4, globals 1, body_bytes 50,
                    signature_pairs 8, functions 3, name_bytes 42, code_bytes 97, module_bytes 222,
                    function_stack_values 2, constant_instructions 1, type_checks 16, frame_slots 35, locals 3,
                    type_comparisons 24, stack_values 3, loop_neighbours 1, branch_depths 6
                """);
    }

    @Test
    void anImportThatIsNotProvidedAndWantsToPaintTheTerminal() {
        byte[] module =
                new TestModule()
                        .importFunction("\u001b[2J\u202e\" granted", "fd_write", 4, 1)
                        .memory(1, 3)
                        .exportMemory("memory\n\"")
                        .bytes();

        assertAnswer(
                inspects(module),
                1,
                """
                guest.wasm: refused
                  - import \\u{1b}[2J\\u{202e}" granted.fd_write is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1 (did you mean wasi_snapshot_preview1.fd_write?)

                size        70 bytes
                sha256      54aa302124685673755b57a0585b70e4a79ba3611fbb2b51a5180ccd4072d216
                abi         not known: the module was not loaded
                memory      1 page (64 KiB), at most 3 pages (192 KiB); limit 64 MiB
                globals     0
                start       none
                features    none beyond WebAssembly 1.0
                interpreted not known
                isolation   not known
                load        about 4 MiB of heap

                imports: 1
                  not granted  function  "\\u{1b}[2J\\u{202e}\\" granted" "fd_write"  (i32, i32, i32, i32) -> (i32)  not provided

                exports: 1
                  memory  "memory\\u{a}\\""  1 to 3 pages

                budgets                           used          budget     share
                  type_values                          5             100       5 %
                  below 1 %:
                    type_comparison 6, imports 1, types 1, exports 1, name_bytes 32, module_bytes 70
                """);
    }

    @Test
    void aModuleWithVectors() {
        byte[] module =
                TestModules.guest(
                                "",
                                code().i32(0)
                                        .op(0xfd, 0x0f) // i8x16.splat
                                        .drop()
                                        .get(0))
                        .bytes();

        assertAnswer(
                inspects(module),
                1,
                """
                guest.wasm: refused
                  - it uses a proposal that is not supported: SIMD (a function body); build it without vector instructions (-msimd128, simd128)

                size        198 bytes
                sha256      02e25b748a2142577fc3bcfd3348d841e4a21f10b8d1872915ee2d97dcda3b56
                abi         not known: the module was not loaded
                memory      1 page (64 KiB), no maximum of its own; limit 64 MiB
                globals     1
                start       none
                features    bulk memory, SIMD (not supported)
                interpreted not known
                isolation   not known
                load        about 4 MiB of heap

                imports: 1
                  granted  function  "env" "host_log"  (i32, i32) -> ()

                exports: 4
                  function  "allocate"    (i32) -> (i32)
                  function  "deallocate"  (i32, i32) -> ()
                  function  "process"     (i32) -> (i32)
                  memory    "memory"      1 page

                budgets                           used          budget     share
                  type_values                          2             100       2 %
                  below 1 %:
                    imports 1, type_comparison 3, types 4, nesting 2, exports 4, globals 1, body_bytes 50,
                    signature_pairs 8, functions 3, name_bytes 42, code_bytes 65, module_bytes 198,
                    function_stack_values 2, constant_instructions 2, data_segments 1, type_checks 16, locals 3,
                    type_comparisons 24, frame_slots 17, stack_values 3, branch_depths 3
                """);
    }

    @Test
    void aModuleWhoseFunctionIsInterpreted() {
        assertAnswer(
                inspects(TestModules.endlessLoopInHugeFunction()),
                0,
                """
                guest.wasm: admitted

                size        171,946 bytes (167.9 KiB)
                sha256      7de45ddc36b4c4bcf409fda1bf7a021c9614be677840df44e0ef0f82dde0151b
                abi         cstring: "process" (i32) -> (i32), "allocate" (i32) -> (i32)
                memory      1 page (64 KiB), no maximum of its own; limit 64 MiB
                globals     1
                start       none
                features    bulk memory
                interpreted 1 function, too large for a JVM method, many times slower, fuel not countable: 3
                isolation   a fresh instance for each message: its function 3 runs in the interpreter
                load        about 33.7 MiB of heap

                imports: 1
                  granted  function  "env" "host_log"  (i32, i32) -> ()

                exports: 4
                  function  "allocate"    (i32) -> (i32)
                  function  "deallocate"  (i32, i32) -> ()
                  function  "process"     (i32) -> (i32)
                  memory    "memory"      1 page

                budgets                           used          budget     share
                  body_bytes                     171,755         524,288      32 %
                  code_bytes                     171,809       4,194,304       4 %
                  type_values                          2             100       2 %
                  module_bytes                   171,946      16,777,216       1 %
                  below 1 %:
                    imports 1, type_comparison 3, types 4, nesting 2, exports 4, globals 1, signature_pairs 8,
                    functions 3, name_bytes 42, function_stack_values 2, constant_instructions 2,
                    data_segments 1, type_checks 16, locals 3, frame_slots 26, type_comparisons 24,
                    stack_values 3, loop_neighbours 1, branch_depths 4
                """);
    }

    @Test
    void aModuleWithoutTheFunction() {
        assertAnswer(
                inspects(TestModules.append("-x"), "--function=proces"),
                1,
                """
                guest.wasm: refused
                  - it exports no function 'proces'; exported functions: allocate (i32) -> (i32), deallocate (i32, i32) -> (), process (i32) -> (i32) (option function: did you mean 'process'?)

                size        232 bytes
                sha256      938f938ff31756dd1ff93540f61627dd229ce062fac9a2838ab8d150ca0aa7fa
                abi         none fits
                memory      1 page (64 KiB), no maximum of its own; limit 64 MiB
                globals     1
                start       none
                features    bulk memory
                interpreted none
                isolation   reset of the instance after each message
                load        about 4.1 MiB of heap

                imports: 1
                  granted  function  "env" "host_log"  (i32, i32) -> ()

                exports: 4
                  function  "allocate"    (i32) -> (i32)
                  function  "deallocate"  (i32, i32) -> ()
                  function  "process"     (i32) -> (i32)
                  memory    "memory"      1 page

                budgets                           used          budget     share
                  type_values                          2             100       2 %
                  below 1 %:
                    imports 1, type_comparison 3, types 4, nesting 2, exports 4, globals 1, body_bytes 50,
                    signature_pairs 8, functions 3, name_bytes 42, code_bytes 97, module_bytes 232,
                    function_stack_values 2, constant_instructions 2, data_segments 1, type_checks 16,
                    frame_slots 35, locals 3, type_comparisons 24, stack_values 3, loop_neighbours 1,
                    branch_depths 6
                """);
    }

    @Test
    void theSameForPrograms() {
        byte[] module =
                new TestModule()
                        .importFunction("env", "a\u001b\"", 1, 1)
                        .memory(1, 3)
                        .table(4)
                        .start(0)
                        .bytes();

        assertAnswer(
                inspects(module, "--output=json"),
                1,
                """
                {"module":"guest.wasm","verdict":"refused","reasons":["import env.a\\\\u{1b}\\" is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1; define it, or link the library that has it"],"whole":true,"size_bytes":44,"sha256":"1c2cc3607f3f7a1d6bacde50d44284aa46760d742b6fa299a282f50876740c1a","abi":null,"imports":[{"module":"env","name":"a\\\\u{1b}\\"","kind":"function","type":"(i32) -> (i32)","granted":false,"reason":"not provided"}],"exports":[],"memory":{"initial_pages":1,"maximum_pages":3},"tables":[{"initial_entries":4,"maximum_entries":null}],"globals":0,"start_function":true,"features":[],"custom_sections":[],"interpreted_functions":null,"isolation":null,"load_bytes":4199520,"budgets":{"module_bytes":{"used":44,"budget":16777216},"types":{"used":1,"budget":10000},"type_values":{"used":2,"budget":100},"signature_pairs":{"used":0,"budget":100000},"type_checks":{"used":0,"budget":20000000},"type_comparison":{"used":3,"budget":1000},"type_comparisons":{"used":0,"budget":50000000},"imports":{"used":1,"budget":200},"functions":{"used":0,"budget":50000},"tables":{"used":1,"budget":100},"tags":{"used":0,"budget":100},"globals":{"used":0,"budget":10000},"constant_instructions":{"used":0,"budget":250000},"exports":{"used":0,"budget":20000},"name_bytes":{"used":6,"budget":1048576},"element_segments":{"used":0,"budget":1000},"element_entries":{"used":0,"budget":100000},"locals":{"used":0,"budget":5000000},"code_bytes":{"used":0,"budget":4194304},"body_bytes":{"used":0,"budget":524288},"nesting":{"used":0,"budget":8000},"branch_targets":{"used":0,"budget":16000},"branch_depths":{"used":0,"budget":200000000},"loop_neighbours":{"used":0,"budget":10000000},"function_stack_values":{"used":0,"budget":200000},"stack_values":{"used":0,"budget":10000000},"frame_slots":{"used":0,"budget":50000000},"handler_edges":{"used":0,"budget":2000000},"data_segments":{"used":0,"budget":250000},"custom_sections":{"used":0,"budget":1000}},"limits":{"memory_bytes":67108864,"table_entries":100000}}
                """);
    }

    @Test
    void howMessagesAreKeptApart() {
        byte[] reset = TestModules.append("-x");
        byte[] fresh =
                TestModules.guest("", code().refNull().i32(1).tableGrow().drop().get(0))
                        .table(1)
                        .bytes();

        assertThat(inspects(reset, "--output=json").out())
                .contains(",\"isolation\":{\"mode\":\"reset\",\"reason\":null},");
        assertThat(inspects(fresh, "--output=json").out())
                .contains(
                        ",\"isolation\":{\"mode\":\"fresh\",\"reason\":\"it can change a table"
                                + " (table.grow in function 3)\"},");
        assertThat(inspects(fresh).out())
                .contains(
                        """
                        isolation   a fresh instance for each message: it can change a table (table.grow in function 3)
                        """);
    }

    @Test
    void reasonsOtherThanImportsAreNotLostAmongThem() {
        TestModule module = new TestModule();
        for (String name : new String[] {"a", "b", "c", "d", "e"}) {
            module.importFunction("js", name, 0, 0);
        }
        module.memory(32);

        assertThat(inspects(module.bytes(), "--set=limits.memory_mb=1").out())
                .startsWith(
                        """
                        guest.wasm: refused
                          - import js.a is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1; build it without this import
                          - import js.b is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1; build it without this import
                          - import js.c is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1; build it without this import
                          - initial memory bytes: 2097152, over the limit of 1048576 (option limits.memory_mb)
                          - 2 imports more, which the list of imports marks as not granted
                        """);
    }

    @Test
    void aBudgetThatIsRaisedAdmits() {
        byte[] module = TestModules.append("-x");

        Answer refused = inspects(module, "--set=wasm.admission.exports=3");
        Answer raised = inspects(module, "--set=wasm.admission.exports=4");

        assertThat(refused.out())
                .startsWith(
                        "guest.wasm: refused\n  - exports: 4, over the budget of 3 (option"
                                + " wasm.admission.exports)\n");
        assertThat(refused.code()).isEqualTo(1);
        assertThat(raised.out()).startsWith("guest.wasm: admitted\n");
        assertThat(raised.code()).isZero();
    }
}
