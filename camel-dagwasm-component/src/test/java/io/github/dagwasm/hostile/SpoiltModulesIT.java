package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.hostile.Attack.Setting;
import io.github.dagwasm.runtime.Pipeline;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Spoilt modules: each is refused, fails or answers, and leaves nothing behind. */
@Tag("hostile")
class SpoiltModulesIT {

    private static final long SEED = 20261123;
    private static final int MODULES = 1_000;
    private static final int MORE_MODULES = 5_000;
    private static final int MOST_MODULES = 20_000;
    private static final int WARM_UP = 250;
    private static final int GOOD_MESSAGE_EVERY = 100;
    private static final int MOST_MESSAGE = 2000;
    private static final long MOST_KEPT_BYTES = 4 << 20;
    private static final Setting BRIEF = new Setting(0.05, "memory_mb: 8", "", "", "text");

    @TempDir Path folder;

    private final SpoiltModules modules = new SpoiltModules(SEED);
    private final Map<String, Integer> endings = new TreeMap<>();

    @Test
    @Timeout(600)
    void theSoundOnesAnswer() {
        try (Sandbox sandbox = new Sandbox(folder, new Overshoots())) {
            for (byte[] module : modules.sound()) {
                try (Pipeline pipeline = sandbox.load(module, Setting.DEFAULTS)) {
                    assertThat(Sandbox.run(pipeline, "text").text().string()).startsWith("text");
                }
            }
        }
    }

    @Test
    @Timeout(600)
    void everyCutOfAGuestIsRefused() {
        byte[] guest = SpoiltModules.guest();
        try (Sandbox sandbox = new Sandbox(folder, new Overshoots())) {
            for (int length = 0; length < guest.length; length++) {
                byte[] cut = Arrays.copyOf(guest, length);

                assertThat(ending(sandbox, cut)).as("cut at " + length).isEqualTo("module_refused");
            }
        }
    }

    @Test
    @Timeout(1200)
    void eachOfThemEndsInAFailureOfOursOrInAnAnswer() {
        assertThatEachEndsInAFailureOfOursOrInAnAnswer(MODULES);
    }

    @Tag("ci")
    @Test
    @Timeout(1200)
    void eachOfManyMoreEndsInAFailureOfOursOrInAnAnswer() {
        assertThatEachEndsInAFailureOfOursOrInAnAnswer(MORE_MODULES);
    }

    @Tag("full")
    @Test
    @Timeout(1200)
    void eachOfMostEndsInAFailureOfOursOrInAnAnswer() {
        assertThatEachEndsInAFailureOfOursOrInAnAnswer(MOST_MODULES);
    }

    private void assertThatEachEndsInAFailureOfOursOrInAnAnswer(int number) {
        Set<String> threads = Leftovers.threads();
        long used = 0;
        try (Sandbox sandbox = new Sandbox(folder, new Overshoots())) {
            for (int i = 0; i < number; i++) {
                if (i == WARM_UP) {
                    used = Leftovers.used();
                }
                endings.merge(ending(sandbox, modules.next()), 1, Integer::sum);
                assertThat(Thread.currentThread().isInterrupted()).isFalse();
                if (i % GOOD_MESSAGE_EVERY == 0) {
                    sandbox.worksAsBefore();
                }
            }
            sandbox.worksAsBefore();
        }

        assertThat(Leftovers.used() - used).isLessThan(MOST_KEPT_BYTES);
        assertThat(Leftovers.liveInstances()).isEmpty();
        Leftovers.awaitNoThreadBeside(threads);
        System.out.println("spoilt modules: " + endings);
    }

    /** The kind of the failure, or that there was none. */
    private static String ending(Sandbox sandbox, byte[] module) {
        Optional<? extends DagWasmException> failure;
        try (Pipeline pipeline = sandbox.load(module, BRIEF)) {
            RunResult result = Sandbox.run(pipeline, BRIEF.input());
            failure = result.failure().map(e -> e.causes().get(0));
        } catch (DagWasmException e) {
            failure = Optional.of(e);
        }
        failure.ifPresent(
                e ->
                        assertThat(e.getMessage())
                                .isNotEmpty()
                                .hasSizeLessThan(MOST_MESSAGE)
                                .matches("[^\\p{Cntrl}\\p{Cf}\\p{Zl}\\p{Zp}]*")
                                .satisfies(PlainWords::hold));
        return failure.map(DagWasmException::kind).orElse("answer");
    }
}
