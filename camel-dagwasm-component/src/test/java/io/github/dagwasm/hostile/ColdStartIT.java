package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The first guest of a JVM is a hostile one. */
@Tag("hostile")
@Timeout(600)
class ColdStartIT {

    private static final List<Long> STACK_BYTES = List.of(256L << 10, 1L << 20);
    private static final List<Long> MORE_STACK_BYTES = List.of(512L << 10, 4L << 20);

    @TempDir Path folder;

    @ParameterizedTest
    @ValueSource(classes = {ColdStart.class, ColdAbort.class})
    void classesAreNotInitialisedWhereTheStackEnds(Class<? extends ColdStart> start)
            throws Exception {
        startOnStacks(STACK_BYTES, start);
    }

    @Tag("ci")
    @ParameterizedTest
    @ValueSource(classes = {ColdStart.class, ColdAbort.class})
    void norOnOtherStacks(Class<? extends ColdStart> start) throws Exception {
        startOnStacks(MORE_STACK_BYTES, start);
    }

    private void startOnStacks(List<Long> stacks, Class<? extends ColdStart> start)
            throws Exception {
        for (long stack : stacks) {
            try (ColdClasses cold = new ColdClasses()) {
                FutureTask<String> answer =
                        new FutureTask<>(() -> cold.coldStart(start).apply(folder));

                new Thread(null, answer, "cold", stack).start();

                assertThat(answer.get()).as("stack of " + stack + " bytes").isEmpty();
            }
        }
    }
}
