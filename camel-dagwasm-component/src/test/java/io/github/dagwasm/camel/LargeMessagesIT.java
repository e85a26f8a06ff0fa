package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.hostile.ChildJvm;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Many messages of 10 MB at the same time in a JVM that ends with its heap: each is answered or
 * told that the sandbox is full, and the next message is answered.
 */
@Tag("ci")
class LargeMessagesIT {

    private static final Pattern COUNTS = Pattern.compile("answered (\\d+), full (\\d+)\n");

    @TempDir Path folder;

    @ParameterizedTest
    @CsvSource({
        "17, G1,     file,   200",
        "17, Serial, stream, 200",
        "25, G1,     string, 200",
        "25, Serial, file,   200",
        "17, G1,     stream, 1"
    })
    void endInAnswersOrLearnThatTheSandboxIsFull(
            int jdk, String collector, String kind, int messages) throws Exception {
        ChildJvm.Ended ended =
                new ChildJvm(jdk, collector, "256m")
                        .run(
                                LargeMessages.class,
                                folder.toString(),
                                kind,
                                String.valueOf(messages));

        assertThat(ended.status()).as(ended.output()).isZero();
        Matcher counts = COUNTS.matcher(ended.output());
        assertThat(counts.matches()).as(ended.output()).isTrue();
        int answered = Integer.parseInt(counts.group(1));
        assertThat(answered).isPositive();
        assertThat(answered + Integer.parseInt(counts.group(2))).isEqualTo(messages);
    }
}
