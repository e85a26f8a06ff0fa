package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.hostile.ChildJvm;
import java.nio.file.Path;
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
        ChildJvm.Counts counts =
                new ChildJvm(jdk, collector, "256m")
                        .run(LargeMessages.class, folder.toString(), kind, String.valueOf(messages))
                        .counts();

        assertThat(counts.answered()).isPositive();
        assertThat(counts.answered() + counts.full()).isEqualTo(messages);
    }

    @ParameterizedTest
    @CsvSource({
        "17, G1,     MEMORY,   bytes",
        "17, Serial, MEMORY,   string",
        "25, G1,     STREAM,   string",
        "25, Serial, ENDPOINT, bytes",
        "17, G1,     ENDPOINT, string"
    })
    void answersThatAreFarLargerThanTheirMessagesEndAlike(
            int jdk, String collector, LargeAnswers.Source source, String resultType)
            throws Exception {
        int threads = 200;

        ChildJvm.Counts counts =
                new ChildJvm(jdk, collector, "256m")
                        .run(
                                LargeAnswers.class,
                                folder.toString(),
                                source.name(),
                                resultType,
                                String.valueOf(threads))
                        .counts();

        assertThat(counts.answered()).isPositive();
        assertThat(counts.answered() + counts.full()).isEqualTo(LargeAnswers.messages(threads));
    }
}
