package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Random modules do the same in all ways in which a module can run. */
class FlowTrialTest {

    private static final int FEW = 8;
    private static final int MANY = 250;

    @ParameterizedTest
    @EnumSource
    void runsAlikeInAllWays(FlowSearch.Kind kind) throws Exception {
        requireMostSucceed(kind, 0, FEW);
    }

    @ParameterizedTest
    @EnumSource
    @Tag("ci")
    void runsAlikeInAllWaysHundredsOfTimes(FlowSearch.Kind kind) throws Exception {
        requireMostSucceed(kind, FEW, MANY);
    }

    private static void requireMostSucceed(FlowSearch.Kind kind, int from, int to)
            throws InterruptedException, IOException {
        FlowSearch search = new FlowSearch(kind, new ChicoryEngine());
        int succeeded = 0;
        for (int seed = from; seed < to; seed++) {
            succeeded += search.succeeds(seed) ? 1 : 0;
        }
        assertThat(succeeded).as("modules without a trap").isGreaterThan((to - from) / 3);
    }

    @Test
    void seesAResetThatForgetsABlock() {
        // The block that the active data segment begins in, and so most of the random ones write.
        FlowSearch search = new FlowSearch(FlowSearch.Kind.RESETTABLE, ForgetfulMemory.engine(1));

        assertThatThrownBy(
                        () -> {
                            for (int seed = 0; seed < MANY; seed++) {
                                search.succeeds(seed);
                            }
                        })
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("of the memory is");
    }

    @ParameterizedTest
    @EnumSource
    @Tag("fuzz")
    void runsAlikeInAllWaysForAGivenTime(FlowSearch.Kind kind) throws Exception {
        FlowSearch search = new FlowSearch(kind, new ChicoryEngine());
        Long given = Long.getLong("dagwasm.fuzz.seed");
        if (given != null) {
            search.succeeds(given);
            return;
        }
        Duration each =
                Duration.ofSeconds(Integer.getInteger("dagwasm.fuzz.seconds", 60))
                        .dividedBy(FlowSearch.Kind.values().length);
        long seed = new Random().nextInt();
        long begin = System.nanoTime();
        long tried = 0;
        for (; System.nanoTime() - begin < each.toNanos(); tried++) {
            search.succeeds(seed + tried);
        }
        System.out.printf("%s: %d modules run alike, from seed %d on%n", kind, tried, seed);
    }
}
