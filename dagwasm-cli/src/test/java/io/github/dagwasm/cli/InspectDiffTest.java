package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.Shell.dagwasm;
import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.cli.Shell.Answer;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code inspect --diff} says of a module that is to take the place of another one. */
class InspectDiffTest {

    @TempDir Path folder;

    private Answer compares(TestModule old, TestModule now, String... options) {
        return compares(old.bytes(), now.bytes(), options);
    }

    private Answer compares(byte[] old, byte[] now, String... options) {
        Path before = TestModule.write(folder.resolve("old.wasm"), old);
        Path after = TestModule.write(folder.resolve("new.wasm"), now);
        String[] args = new String[options.length + 4];
        args[0] = "inspect";
        System.arraycopy(options, 0, args, 1, options.length);
        args[args.length - 3] = "--diff";
        args[args.length - 2] = before.toString();
        args[args.length - 1] = after.toString();
        Answer answer = dagwasm(args);
        return new Answer(answer.code(), answer.out().replace(folder + "/", ""), answer.err());
    }

    private static void assertAnswer(Answer answer, int code, String out) {
        assertThat(answer.err()).isEmpty();
        assertThat(answer.out()).isEqualTo(out);
        assertThat(answer.code()).isEqualTo(code);
    }

    /** The part of an answer that decides. */
    private static String asked(Answer answer) {
        int from = answer.out().indexOf("\nasks for more:\n");
        int to = answer.out().indexOf("\ndiffers besides:\n");
        return from < 0
                ? ""
                : answer.out()
                        .substring(
                                from + "\nasks for more:\n".length(),
                                to < 0 ? answer.out().length() : to);
    }

    private void assertAsks(TestModule old, TestModule now, String... lines) {
        Answer forth = compares(old, now);
        Answer back = compares(now, old);

        assertThat(asked(forth).lines().map(String::strip)).containsExactly(lines);
        assertThat(forth.code()).isEqualTo(1);
        assertThat(asked(back)).isEmpty();
        assertThat(back.code()).isZero();
    }

    private static TestModule guest() {
        return TestModules.guest("", code().get(0));
    }

    /** A guest whose memory and imports are the test's. */
    private static TestModule bare(TestModule begun) {
        return begun.exportMemory("memory")
                .exported("process", 1, 1, 0, code().get(0))
                .exported("malloc", 1, 1, 0, code().get(0))
                .exported("free", 1, 0, 0, code());
    }

    private static TestModule withMemory(int pages, Optional<Integer> maximum) {
        return bare(
                maximum.map(most -> new TestModule().memory(pages, most))
                        .orElseGet(() -> new TestModule().memory(pages)));
    }

    @Test
    void theSameBytes() {
        assertAnswer(compares(guest(), guest()), 0, "new.wasm and old.wasm are the same bytes\n");
    }

    @Test
    void anotherTextIsToldButNotAskedFor() {
        assertAnswer(
                compares(TestModules.append("-x"), TestModules.append("-text")),
                0,
                """
                new.wasm asks for no more than old.wasm

                differs besides:
                  ~ size 232 bytes => 235 bytes
                  - sha256 938f938ff31756dd1ff93540f61627dd229ce062fac9a2838ab8d150ca0aa7fa
                  + sha256 bdffa1bb66d6f8d4d7df6775e46ebbd6339e9a4954f24f27a82451ec2d8fdc3f
                """);
    }

    @Test
    void allThatIsAskedForAndAllThatIsToldBesides() {
        TestModule now =
                TestModules.guest("", code().get(0).op(0xc0)) // i32.extend8_s
                        .table(4)
                        .exported("extra", 0, 0, 0, code())
                        .start(4);

        assertAnswer(
                compares(guest(), now),
                1,
                """
                new.wasm asks for more than old.wasm

                asks for more:
                  + table 0 4 entries, no maximum of its own
                  + start function
                  + feature sign extension

                differs besides:
                  + export "extra" function () -> ()
                  ~ size 193 bytes => 220 bytes
                  - sha256 3a0bc4aa2de82112ee467b1d94bfeb119766f855389eec0980af84573890441b
                  + sha256 1d8c65f102d2f5e1a6922fe51a3447eb204b1d93533231d542b7fdca08d17c25
                  ~ use of types 4 => 5
                  ~ use of signature_pairs 8 => 9
                  ~ use of type_checks 16 => 25
                  ~ use of type_comparisons 24 => 25
                  ~ use of functions 3 => 4
                  ~ use of tables 0 => 1
                  ~ use of exports 4 => 5
                  ~ use of name_bytes 42 => 47
                  ~ use of code_bytes 60 => 65
                """);
        assertAnswer(
                compares(now, guest()),
                0,
                """
                new.wasm asks for no more than old.wasm

                differs besides:
                  - table 0 4 entries, no maximum of its own
                  - start function
                  - feature sign extension
                  - export "extra" function () -> ()
                  ~ size 220 bytes => 193 bytes
                  - sha256 1d8c65f102d2f5e1a6922fe51a3447eb204b1d93533231d542b7fdca08d17c25
                  + sha256 3a0bc4aa2de82112ee467b1d94bfeb119766f855389eec0980af84573890441b
                  ~ use of types 5 => 4
                  ~ use of signature_pairs 9 => 8
                  ~ use of type_checks 25 => 16
                  ~ use of type_comparisons 25 => 24
                  ~ use of functions 4 => 3
                  ~ use of tables 1 => 0
                  ~ use of exports 5 => 4
                  ~ use of name_bytes 47 => 42
                  ~ use of code_bytes 65 => 60
                """);
    }

    @Test
    void anImport() {
        assertAsks(
                bare(new TestModule().memory(1)),
                bare(new TestModule().importFunction("env", "host_log", 2, 0).memory(1)),
                "+ import \"env\" \"host_log\" function (i32, i32) -> ()");
    }

    @Test
    void aLargerMemoryAndOneWithoutMaximum() {
        String before = "- memory 1 page (64 KiB), at most 4 pages (256 KiB)";

        assertAsks(
                withMemory(1, Optional.of(4)),
                withMemory(2, Optional.of(4)),
                before,
                "+ memory 2 pages (128 KiB), at most 4 pages (256 KiB)");
        assertAsks(
                withMemory(1, Optional.of(4)),
                withMemory(1, Optional.of(5)),
                before,
                "+ memory 1 page (64 KiB), at most 5 pages (320 KiB)");
        assertAsks(
                withMemory(1, Optional.of(4)),
                withMemory(1, Optional.empty()),
                "~ memory 1 page (64 KiB), at most 4 pages (256 KiB) => 1 page (64 KiB), no"
                        + " maximum of its own");
    }

    @Test
    void aSmallerStartWithALargerMaximumAsksForMoreBothWays() {
        TestModule low = withMemory(1, Optional.of(8));
        TestModule high = withMemory(2, Optional.of(4));

        assertThat(compares(low, high).code()).isEqualTo(1);
        assertThat(compares(high, low).code()).isEqualTo(1);
    }

    @Test
    void aTableAndALargerOne() {
        assertAsks(guest(), guest().table(1), "+ table 0 1 entry, no maximum of its own");
        assertAsks(
                guest().table(1),
                guest().table(2),
                "~ table 0 1 entry, no maximum of its own => 2 entries, no maximum of its own");
    }

    @Test
    void tablesBehindTheLastOneThatIsListed() {
        TestModule many = guest();
        TestModule more = guest();
        for (int i = 0; i < 100; i++) {
            many.table(1);
            more.table(1);
        }
        more.table(1);

        Answer answer = compares(many, more, "--set=admission.tables=1000");

        assertThat(asked(answer)).isEqualTo("  ~ tables 100 => 101\n");
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void aFunctionThatFallsBackToTheInterpreter() {
        Answer answer =
                compares(TestModules.endlessLoop(), TestModules.endlessLoopInHugeFunction());

        assertThat(asked(answer)).isEqualTo("  ~ interpreted functions none => 1\n");
        assertThat(answer.code()).isEqualTo(1);
    }

    @Test
    void aModuleThatLostItsFunction() {
        TestModule lost =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("proces", 1, 1, 0, code().get(0))
                        .exported("malloc", 1, 1, 0, code().get(0))
                        .exported("free", 1, 0, 0, code());

        assertAnswer(
                compares(bare(new TestModule().memory(1)), lost),
                1,
                """
                new.wasm asks for more than old.wasm

                asks for more:
                  ~ verdict admitted => refused
                  + reason it speaks none of the calling conventions cstring, buffer, assemblyscript, wasi and camel-wasm; exported functions: proces (i32) -> (i32), malloc (i32) -> (i32), free (i32) -> () (option function: did you mean 'proces'?)

                differs besides:
                  + export "proces" function (i32) -> (i32)
                  - export "process" function (i32) -> (i32)
                  ~ size 96 bytes => 95 bytes
                  - sha256 898a083b4971e313078cbb5cf908c5e1772566ebbc671286a6bfcf54f0050edc
                  + sha256 dcf4478a238c1c64302153c07b293140f48d43ac448cc53ad87e8d93c9d46b18
                  ~ use of name_bytes 23 => 22
                """);
        assertAnswer(
                compares(lost, bare(new TestModule().memory(1))),
                0,
                """
                new.wasm asks for no more than old.wasm

                differs besides:
                  ~ verdict refused => admitted
                  - reason it speaks none of the calling conventions cstring, buffer, assemblyscript, wasi and camel-wasm; exported functions: proces (i32) -> (i32), malloc (i32) -> (i32), free (i32) -> () (option function: did you mean 'proces'?)
                  + export "process" function (i32) -> (i32)
                  - export "proces" function (i32) -> (i32)
                  ~ size 95 bytes => 96 bytes
                  - sha256 dcf4478a238c1c64302153c07b293140f48d43ac448cc53ad87e8d93c9d46b18
                  + sha256 898a083b4971e313078cbb5cf908c5e1772566ebbc671286a6bfcf54f0050edc
                  ~ use of name_bytes 22 => 23
                """);
    }

    @Test
    void aModuleThatIsRefusedAsBefore() {
        byte[] component = TestModules.componentHeader();

        assertAnswer(
                compares(component, component),
                1,
                """
                new.wasm and old.wasm are the same bytes

                asks for more:
                  = verdict refused, as before
                """);
    }

    @Test
    void anotherAllocatorIsToldOnly() {
        TestModule old =
                new TestModule()
                        .memory(1)
                        .exportMemory("memory")
                        .exported("process", 1, 1, 0, code().get(0))
                        .exported("allocate", 1, 1, 0, code().get(0))
                        .exported("deallocate", 2, 0, 0, code());

        Answer answer = compares(old, bare(new TestModule().memory(1)));

        assertThat(answer.out())
                .startsWith(
                        """
                        new.wasm asks for no more than old.wasm

                        differs besides:
                          - abi cstring: "process" (i32) -> (i32), "allocate" (i32) -> (i32)
                          + abi cstring: "process" (i32) -> (i32), "malloc" (i32) -> (i32)
                        """);
        assertThat(answer.code()).isZero();
    }

    @Test
    void theSameForPrograms() {
        Answer answer = compares(guest(), guest().table(1), "--output=json");

        assertThat(answer.out())
                .startsWith(
                        "{\"asks_for_more\":true,\"changes\":[{\"what\":\"table"
                                + " 0\",\"before\":null,\"after\":\"1 entry, no maximum of its"
                                + " own\",\"more\":true},{\"what\":\"size\"")
                .contains("],\"old\":{\"module\":\"old.wasm\",\"verdict\":\"admitted\",")
                .contains("},\"new\":{\"module\":\"new.wasm\",\"verdict\":\"admitted\",")
                .endsWith("}}\n");
        assertThat(answer.err()).isEmpty();
        assertThat(answer.code()).isEqualTo(1);
    }
}
