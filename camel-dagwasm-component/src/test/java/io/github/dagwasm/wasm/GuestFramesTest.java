package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.WasiGuests.FIRST_MORE;
import static io.github.dagwasm.wasm.WasiGuests.exit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.github.dagwasm.failure.GuestException;
import io.github.dagwasm.failure.GuestFrames;
import io.github.dagwasm.spi.FailureReport;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A failure tells which of the guest's functions were open, by the module's own names. */
class GuestFramesTest {

    private static final int LARGE = 66_000;

    @TempDir Path folder;
    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void close() {
        backend.close();
    }

    private Throwable failure(TestModule module) {
        Path file = TestModule.write(folder.resolve("guest.wasm"), module.bytes());
        TextProcessor guest =
                (TextProcessor)
                        backend.create(Calls.definition(file, Map.of(), Map.of(), Map.of()));
        return catchThrowable(() -> guest.process(Calls.with("text")));
    }

    /** What a name section says of functions: the first imports have the indices before them. */
    private static byte[] names(String... names) {
        List<byte[]> entries = new ArrayList<>();
        entries.add(TestModule.leb(names.length));
        for (int i = 0; i < names.length; i++) {
            entries.add(TestModule.leb(FIRST_MORE + i));
            entries.add(TestModule.name(names[i]));
        }
        return TestModule.section(1, TestModule.join(entries.toArray(byte[][]::new)));
    }

    private static TestModule nested(Code innermost) {
        return WasiGuests.command("", code().call(FIRST_MORE + 1))
                .function(0, 0, 0, code().call(FIRST_MORE + 2))
                .function(0, 0, 0, innermost);
    }

    @Test
    void aTrapTellsThemByTheModulesNames() {
        Throwable failure =
                failure(
                        nested(code().unreachable())
                                .custom(
                                        "name",
                                        names(
                                                "_start",
                                                "app::parse::h0123456789abcdef",
                                                "core::panic")));

        assertThat(GuestFrames.of(failure)).containsExactly("core::panic", "app::parse", "_start");
        assertThat(FailureReport.of((GuestException) failure).guestStack())
                .containsExactly("core::panic", "app::parse", "_start");
        assertThat(failure.getStackTrace())
                .extracting(StackTraceElement::toString)
                .startsWith(
                        "guest.core::panic(wasm)", "guest.app::parse(wasm)", "guest._start(wasm)");
    }

    @Test
    void anExitTellsThem() {
        Throwable failure = failure(nested(exit(3)).custom("name", names("_start", "f", "fail")));

        assertThat(failure).hasMessage("the guest ended itself with exit code 3");
        assertThat(GuestFrames.of(failure)).containsExactly("fail", "f", "_start");
    }

    @Test
    void aFunctionWithoutANameIsToldByItsExportOrItsIndex() {
        TestModule module = nested(code().unreachable());

        assertThat(GuestFrames.of(failure(module.custom("name", names("", "", "core::panic")))))
                .containsExactly("core::panic", "function 4", "_start");
    }

    @Test
    void aModuleWithoutNamesTellsNone() {
        assertThat(GuestFrames.of(failure(nested(code().unreachable())))).isEmpty();
    }

    /** One function is too large for a method of the JVM, and calls a compiled one. */
    @Test
    void interpretedFunctionsAreAmongThem() {
        TestModule module =
                WasiGuests.command("", code().call(FIRST_MORE + 1))
                        .function(0, 0, 0, code().row(LARGE, code().i32(1).drop()).call(5))
                        .function(0, 0, 0, code().row(LARGE, code().i32(1).drop()).call(6))
                        .function(0, 0, 0, code().unreachable());

        assertThat(GuestFrames.of(failure(module.custom("name", names("s", "large", "huge", "t")))))
                .containsExactly("t", "huge", "large", "s");
    }

    @Test
    void manyAreBounded() {
        TestModule module =
                WasiGuests.command("", code().i32(100).call(FIRST_MORE + 1))
                        .function(
                                1,
                                0,
                                0,
                                code().get(0)
                                        .eqz()
                                        .if_()
                                        .unreachable()
                                        .end()
                                        .then(code().get(0).i32(1).sub().call(FIRST_MORE + 1)));

        assertThat(GuestFrames.of(failure(module.custom("name", names("s", "again")))))
                .hasSize(17)
                .startsWith("again", "again")
                .endsWith("and 86 more");
    }

    /** The section is for people, and may hold anything. */
    @Test
    void aMalformedNameSectionTellsNothingAndHarmsNothing() {
        for (byte[] section :
                List.of(
                        new byte[0],
                        TestModule.bytes(1),
                        TestModule.bytes(1, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff),
                        TestModule.bytes(1, 0xff, 0xff, 0xff, 0xff, 0x0f),
                        TestModule.bytes(1, 3, 0xff, 5, 4),
                        TestModule.bytes(1, 6, 1, 5, 0xff, 0xff, 0xff, 0x0f),
                        TestModule.section(1, TestModule.bytes(1, 5, 0)))) {
            assertThat(
                            GuestFrames.of(
                                    failure(nested(code().unreachable()).custom("name", section))))
                    .isEmpty();
        }
    }

    @Test
    void namesAreBoundedAndEscaped() {
        TestModule module =
                nested(code().unreachable())
                        .custom("name", names("_start", "\u001b[1mx\ny", "n".repeat(1000)));

        assertThat(GuestFrames.of(failure(module)))
                .containsExactly("n".repeat(100) + "…", "\\u{1b}[1mx\\u{a}y", "_start");
    }

    @Test
    void aFailureOutsideOfTheGuestTellsNone() {
        TestModule module =
                WasiGuests.command(
                        "",
                        code().i32(WasiGuests.FREE)
                                .i32(255)
                                .store8()
                                .then(WasiGuests.show(WasiGuests.FREE, 1)));

        Throwable failure = failure(module);

        assertThat(failure).hasMessageStartingWith("the guest's output is not UTF-8");
        assertThat(GuestFrames.of(failure)).isEmpty();
    }
}
