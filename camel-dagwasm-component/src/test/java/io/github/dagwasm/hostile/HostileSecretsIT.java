package io.github.dagwasm.hostile;

import static io.github.dagwasm.wasm.Code.code;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.hostile.Attack.Setting;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.assertj.core.util.Throwables;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests that look for other people's texts, and failures that might tell of them. */
@Tag("hostile")
@Timeout(600)
class HostileSecretsIT {

    private static final String SECRET = "s3cr3t-0f-a-message";
    private static final String SEEN = "seen";
    private static final String CLEAN = "nothing";
    private static final int ONE_IN = 5;
    private static final int SEEN_AT = 64;
    private static final int CLEAN_AT = 80;

    /** Behind the guest's own texts, its input and whatever it allocates. */
    private static final int LOOK_FROM = 8192;

    private static final int PAGES = 100;
    private static final int LAST_WORD = (1 + PAGES) * 65536 - 4;

    @TempDir Path folder;

    private Sandbox sandbox;

    @BeforeEach
    void open() {
        sandbox = new Sandbox(folder, new Overshoots());
    }

    @AfterEach
    void close() {
        sandbox.close();
    }

    @Test
    void nothingThatAGuestLeavesBehindIsThereForTheNextCall() {
        try (Pipeline spy = sandbox.load(spy(), new Setting(0.5, "", "", "", ""));
                Pipeline sameModule = sandbox.load(spy(), Setting.DEFAULTS)) {
            for (String ending : List.of("answer", "trap", "loop", "answer")) {
                assertThat(Sandbox.run(spy, ending).failure().isPresent())
                        .as(ending)
                        .isEqualTo(!ending.equals("answer"));

                assertThat(Sandbox.run(spy, "look").text().string()).isEqualTo(CLEAN);
                assertThat(Sandbox.run(sameModule, "look").text().string()).isEqualTo(CLEAN);
            }
        }
    }

    @Test
    void theSpySeesWhatIsThere() {
        Code twice = look().then(leave()).then(look()).i32(CLEAN_AT);

        try (Pipeline spy = sandbox.load(spying(twice), Setting.DEFAULTS)) {
            assertThat(Sandbox.run(spy, "look").text().string()).isEqualTo(SEEN);
        }
    }

    /** Looks for what a call has left, leaves something everywhere, and ends as its input says. */
    private static byte[] spy() {
        Code trap = code().get(0).load8().i32('t').op(0x46).if_().unreachable().end();
        Code loop = code().get(0).load8().i32('l').op(0x46).if_();
        // "look" and "loop" differ in their last letter.
        loop.get(0).op(0x2d, 0, 3).i32('p').op(0x46).if_().loop().br(0).end().end().end();
        return spying(look().then(leave()).then(trap).then(loop).i32(CLEAN_AT));
    }

    private static byte[] spying(Code process) {
        TestModule module =
                TestModules.guest("", code().i32(PAGES).memoryGrow().drop().then(process));
        return module.data(SEEN_AT, SEEN)
                .data(CLEAN_AT, CLEAN)
                .global(0)
                .table(1)
                .passiveData(new byte[8])
                .passiveElements(0)
                .bytes();
    }

    private static Code look() {
        Code found = code().globalGet(1).then(returnIfNotZero());
        found.i32(0).op(0x25, 0).op(0xd1).eqz().then(returnIfNotZero());
        found.i32(LOOK_FROM).set(1).loop();
        found.get(1).op(0x28, 0, 0).then(returnIfNotZero());
        found.get(1).i32(4).add().tee(1).i32(LAST_WORD).op(0x48).brIf(0).end();
        // Traps where the segment was dropped.
        return found.i32(32).i32(0).i32(8).memoryInit(3);
    }

    private static Code leave() {
        Code left = code().i32(1).globalSet(1);
        left.i32(0).i32(0).i32(1).tableInit(0);
        left.i32(LOOK_FROM).i32('S').i32(LAST_WORD - LOOK_FROM).memoryFill();
        return left.op(0xfc, 0x09, 3).op(0xfc, 0x0d, 0);
    }

    private static Code returnIfNotZero() {
        return code().if_().i32(SEEN_AT).return_().end();
    }

    /** One in a few of them. */
    static List<Attack> someFailures() {
        return divided(true);
    }

    static List<Attack> otherFailures() {
        return divided(false);
    }

    private static List<Attack> divided(boolean some) {
        List<Attack> part = new ArrayList<>();
        List<Attack> all = failures().toList();
        for (int i = 0; i < all.size(); i++) {
            if ((i % ONE_IN == 0) == some) {
                part.add(all.get(i));
            }
        }
        return part;
    }

    private static Stream<Attack> failures() {
        return HostileGuestsIT.attacks().stream()
                .filter(attack -> attack.ending() instanceof Attack.Ending.Failed)
                .filter(attack -> attack.setting().input().equals("abc"))
                .filter(attack -> attack.setting().seconds() != Attack.SHORT);
    }

    @Tag("ci")
    @ParameterizedTest(name = "{0}")
    @MethodSource("otherFailures")
    void noOtherFailureReportOrLogTellsTheText(Attack attack) {
        noFailureReportOrLogTellsTheText(attack);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("someFailures")
    void noFailureReportOrLogTellsTheText(Attack attack) {
        StringBuilder told = new StringBuilder();
        String log =
                Sandbox.captured(
                        () -> {
                            try (Pipeline pipeline =
                                    sandbox.load(attack.module().get(), attack.setting())) {
                                RunResult result = Sandbox.run(pipeline, SECRET);
                                told.append(result.report().toJson()).append(result);
                                result.failure()
                                        .map(Throwables::getStackTrace)
                                        .ifPresent(told::append);
                            }
                        });

        assertThat(told + log).doesNotContain(SECRET).contains("guest");
    }

    @Test
    void aLogOfNoBytesShowsNothing() {
        byte[] module = TestModules.logFlood(3, SECRET);

        try (Pipeline pipeline =
                sandbox.load(module, new Setting(Attack.LONG, "log_bytes: 0", "", "", "abc"))) {
            assertThat(Sandbox.captured(() -> Sandbox.run(pipeline, SECRET)))
                    .isEqualTo(
                            "WARN dagwasm.guest.guest - the limit of 0 log bytes is exceeded: "
                                    + 3 * (SECRET.length() + 1)
                                    + " asked for, the rest is dropped (option limits.log_bytes)\n");
        }
    }

    @Test
    void aTimeoutTellsNothingOfTheTextEither() {
        noFailureReportOrLogTellsTheText(Attack.stopped("a loop", TestModules::endlessLoop));
    }
}
