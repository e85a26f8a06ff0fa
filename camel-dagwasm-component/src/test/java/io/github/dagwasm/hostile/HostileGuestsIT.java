package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Guests that are loaded and then turn on their host. */
@Tag("hostile")
class HostileGuestsIT {

    private static final Path TABLE = Path.of("target", "hostile-overshoot.md");
    private static final int ROUNDS = 3;
    private static final long MOST_KEPT_BYTES = 4 << 20;

    @TempDir static Path folder;

    private static final Overshoots OVERSHOOTS = new Overshoots();
    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox(folder, OVERSHOOTS);
    }

    @AfterAll
    static void close() {
        sandbox.close();
        OVERSHOOTS.writeTo(TABLE);
        assertThat(Leftovers.liveInstances()).isEmpty();
    }

    static List<Attack> attacks() {
        List<Attack> all = new ArrayList<>(Loops.all());
        all.addAll(Pointers.all());
        all.addAll(Growth.all());
        all.addAll(Traps.all());
        all.addAll(Recursions.all());
        all.addAll(WasiCalls.all());
        return all;
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("attacks")
    @Timeout(600)
    void endsAsItShouldAndTheNextGoodMessageIsAnswered(Attack attack) {
        sandbox.suffer(attack);
    }

    @Tag("ci")
    @Test
    @Timeout(600)
    void roundsOfTheWholeSuiteLeaveNothingBehind() {
        // The first round is warm-up: of the JVM, not of us.
        Set<String> threads = Leftovers.threads();
        long used = 0;
        int classes = 0;
        for (int round = 0; round <= ROUNDS; round++) {
            try (Sandbox own = new Sandbox(folder, OVERSHOOTS)) {
                attacks().forEach(own::suffer);
            }
            Leftovers.awaitNoThreadBeside(threads);
            if (round == 0) {
                used = Leftovers.used();
                classes = Leftovers.classes();
            }
        }

        assertThat(Leftovers.used() - used).isLessThan(MOST_KEPT_BYTES);
        assertThat(Leftovers.classes() - classes).isLessThan(attacks().size());
    }
}
