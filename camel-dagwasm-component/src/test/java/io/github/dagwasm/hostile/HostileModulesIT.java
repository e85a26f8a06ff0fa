package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Modules that are not to be loaded at all: the heap is as it was, and so is the class path. */
@Tag("hostile")
class HostileModulesIT {

    private static final long MOST_KEPT_BYTES = 4 << 20;

    @TempDir static Path folder;

    private static Sandbox sandbox;

    @BeforeAll
    static void open() {
        sandbox = new Sandbox(folder, new Overshoots());
    }

    @AfterAll
    static void close() {
        sandbox.close();
        assertThat(Leftovers.liveInstances()).isEmpty();
    }

    static List<Attack> bombs() {
        return Bombs.all();
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("bombs")
    @Timeout(600)
    void isRefusedAndKeepsNothing(Attack attack) {
        long before = Leftovers.used();

        sandbox.suffer(attack);

        assertThat(Leftovers.used() - before).as(attack.name()).isLessThan(MOST_KEPT_BYTES);
    }
}
