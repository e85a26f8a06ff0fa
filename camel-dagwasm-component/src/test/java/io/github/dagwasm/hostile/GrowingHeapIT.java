package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Many guests grow at the same time in a JVM that ends with its heap: each call is answered or told
 * that the sandbox is full, and the next message is answered.
 */
class GrowingHeapIT {

    @TempDir Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "two that grow at once in a small heap,     17, G1,     256m, IN_STEPS,      2",
        "a crowd in a small heap,                   17, G1,     256m, IN_STEPS,      200",
        "a crowd that doubles without regions,      17, Serial, 256m, DOUBLING,      200",
        "a crowd on a newer JVM,                    25, G1,     256m, AT_ONCE,       200",
        "tables too on a newer JVM without regions, 25, Serial, 512m, WITH_A_TABLE,  32",
        "images in a larger heap,                   17, G1,     1g,   IN_INITIALIZE, 32"
    })
    @Tag("ci")
    void holds(
            String corner, int jdk, String collector, String heap, GrowingGuest guest, int threads)
            throws Exception {
        assertHolds(new ChildJvm(jdk, collector, heap), guest, threads);
    }

    static Stream<Arguments> matrix() {
        return Stream.of("256m", "512m", "1g")
                .flatMap(
                        heap ->
                                Stream.of("G1", "Serial")
                                        .flatMap(
                                                collector ->
                                                        Stream.of(17, 25)
                                                                .map(
                                                                        jdk ->
                                                                                new ChildJvm(
                                                                                        jdk,
                                                                                        collector,
                                                                                        heap))))
                .flatMap(jvm -> Stream.of(1, 2, 8, 32, 200).map(n -> Arguments.of(jvm, n)));
    }

    @ParameterizedTest
    @MethodSource("matrix")
    @Tag("full")
    void holdsWhereverGuestsGrowInSteps(ChildJvm jvm, int threads) throws Exception {
        assertHolds(jvm, GrowingGuest.IN_STEPS, threads);
    }

    static Stream<Arguments> guests() {
        return Stream.of(GrowingGuest.values())
                .flatMap(
                        guest ->
                                Stream.of("G1", "Serial")
                                        .map(collector -> Arguments.of(guest, collector)));
    }

    @ParameterizedTest
    @MethodSource("guests")
    @Tag("full")
    void holdsHoweverGuestsGrow(GrowingGuest guest, String collector) throws Exception {
        for (int jdk : List.of(17, 25)) {
            assertHolds(new ChildJvm(jdk, collector, "256m"), guest, 32);
        }
    }

    private void assertHolds(ChildJvm jvm, GrowingGuest guest, int threads) throws Exception {
        ChildJvm.Counts counts =
                jvm.run(
                                GrowingMessages.class,
                                folder.toString(),
                                guest.name(),
                                String.valueOf(threads))
                        .counts();

        assertThat(counts.answered() + counts.full()).isEqualTo(threads * GrowingMessages.MESSAGES);
        assertThat(counts.answered()).as("a call that has all the room is answered").isPositive();
        if (threads == 1) {
            assertThat(counts.full()).isZero();
        }
    }
}
