package io.github.dagwasm.hostile;

import static io.github.dagwasm.hostile.Attack.answered;
import static io.github.dagwasm.hostile.Attack.refused;
import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.HOST_LOG;
import static io.github.dagwasm.wasm.TestModules.TEXT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.hostile.Attack.Setting;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Texts that guests make for who reads logs, messages and metadata. */
@Tag("hostile")
@Timeout(600)
class HostileTextsIT {

    private static final String GUEST = "INFO dagwasm.guest.guest - guest: ";
    private static final int MOST_SHOWN = 8192;
    private static final Setting ANALYZE =
            new Setting(Attack.LONG, "", "intent: analyze", "", "abc");

    @TempDir Path folder;

    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(folder, new Overshoots());
    }

    @AfterEach
    void theNextGoodMessageIsLoggedAndAnswered() {
        sandbox.worksAsBefore();
        sandbox.close();
    }

    @Test
    void aLoggedLineStaysOneLineAndIsNoFormat() {
        byte[] text = Names.EVIL.getBytes(UTF_8);
        byte[] module = logging(text, code().i32(TEXT).i32(text.length).call(HOST_LOG));

        assertThat(loggedBy(module)).isEqualTo(GUEST + Names.SHOWN + "\n");
    }

    @Test
    void aLogThatIsNotUtf8IsShownAllTheSame() {
        byte[] text = {'a', (byte) 0xff, (byte) 0xc0, (byte) 0x8a, (byte) 0xed, (byte) 0xa0, 'b'};
        byte[] module = logging(text, code().i32(TEXT).i32(text.length).call(HOST_LOG));

        assertThat(loggedBy(module)).matches(GUEST + "a\ufffd+b\n");
    }

    @Test
    void aHugeLineIsCut() {
        byte[] module = logging(new byte[0], code().i32(8192).i32(57_000).call(HOST_LOG));

        assertThat(loggedBy(module)).isEqualTo(GUEST + "\\u{0}".repeat(MOST_SHOWN) + "…\n");
    }

    @Test
    void whatIsOverTheQuotaIsDroppedAndTheLogSaysSo() {
        Code twice = code().row(2, code().i32(TEXT).i32(40_000).call(HOST_LOG));

        assertThat(loggedBy(logging(new byte[0], twice)).lines())
                .hasSize(3)
                .last()
                .isEqualTo(
                        "WARN dagwasm.guest.guest - the limit of 65536 log bytes is exceeded: 80002"
                                + " asked for, the rest is dropped (option limits.log_bytes)");
    }

    @Test
    void manyEmptyLinesAreHeldToTheRate() {
        byte[] module = TestModules.logFlood(60_000, "");

        String log = loggedBy(module);

        assertThat(log.lines().filter(line -> line.equals(GUEST))).hasSize(200);
        assertThat(log.lines()).hasSizeLessThan(203);
    }

    @Test
    void callsInARowAreHeldToTheRateToo() {
        byte[] module = TestModules.logFlood(50, "x");

        try (Pipeline flood = sandbox.load(module, Setting.DEFAULTS)) {
            long start = System.nanoTime();
            String log =
                    Sandbox.captured(
                            () -> {
                                for (int i = 0; i < 100; i++) {
                                    Sandbox.run(flood, "abc");
                                }
                            });
            long seconds = 1 + (System.nanoTime() - start) / 1_000_000_000;

            // A line a second tells of those that are suppressed.
            assertThat(log.lines().count()).isLessThanOrEqualTo((seconds + 1) * 201);
        }
    }

    @Test
    void hostileMetadataIsEscapedAndBounded() {
        byte[] text = Names.EVIL.replace("\0", "").getBytes(UTF_8);
        byte[] module = TestModules.guest("", code().i32(2048)).data(2048, text).bytes();

        assertThat(analyzed(module)).isEqualTo(Names.SHOWN.replace("\\u{0}", ""));
    }

    @Test
    void metadataOfTenMegabytesIsCut() {
        Code large = code().i32(200).memoryGrow().drop();
        large.i32(TEXT).i32('\n').i32(10 << 20).memoryFill().i32(TEXT);

        assertThat(analyzed(TestModules.guest("", large).bytes()))
                .isEqualTo("\\u{a}".repeat(4096) + "…");
    }

    @Test
    void namesOfExportsAreEscaped() {
        sandbox.suffer(
                refused(
                        "an export",
                        () -> Names.export(Names.shortName()),
                        "function '"
                                + Names.shownShortName()
                                + "' could take the text (option function), but it exports no memory"
                                + " named 'memory', in which the text would be; export its memory by"
                                + " that name"));
        sandbox.suffer(
                refused(
                        "two exports",
                        () -> Names.twice(Names.shortName()),
                        "it exports " + Names.shownShortName() + " twice"));
    }

    @Test
    void namesOfImportsAreEscaped() {
        sandbox.suffer(
                refused(
                        "an import",
                        () -> Names.importOf(Names.shortName(), Names.shortName()),
                        "import "
                                + Names.shownShortName()
                                + "."
                                + Names.shownShortName()
                                + " is not provided; provided: env.abort, env.host_log, AssemblyScript's console, trace, seed and clocks, WASI preview 1; build it without this import"));
    }

    @Test
    void namesOfCustomSectionsAreHarmless() {
        sandbox.suffer(
                answered(
                        "a custom section",
                        () ->
                                Guests.doing(code())
                                        .custom(Names.EVIL, Names.EVIL.getBytes(UTF_8))
                                        .custom("name", Names.EVIL.getBytes(UTF_8))
                                        .bytes(),
                        "abc"));
    }

    @Test
    void namesOfAMillionCharactersMakeShortMessages() {
        for (byte[] module : Names.huge()) {
            assertThatThrownBy(() -> sandbox.load(module, Setting.DEFAULTS).close())
                    .isInstanceOf(ModuleRefusedException.class)
                    .satisfies(
                            e ->
                                    assertThat(e.getMessage())
                                            .hasSizeLessThan(2000)
                                            .matches("[^\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]*"));
        }
    }

    private static byte[] logging(byte[] text, Code log) {
        TestModule guest = TestModules.guest("", log.get(0));
        return guest.data(TEXT, text).bytes();
    }

    private String loggedBy(byte[] module) {
        try (Pipeline pipeline = sandbox.load(module, Setting.DEFAULTS)) {
            return Sandbox.captured(
                    () ->
                            assertThat(Sandbox.run(pipeline, "abc").text().string())
                                    .isEqualTo("abc"));
        }
    }

    private String analyzed(byte[] module) {
        try (Pipeline pipeline = sandbox.load(module, ANALYZE)) {
            RunResult result = Sandbox.run(pipeline, "abc");

            assertThat(result.text().string()).isEqualTo("abc");
            return result.report().processors().get(0).metadata().get("result");
        }
    }
}
