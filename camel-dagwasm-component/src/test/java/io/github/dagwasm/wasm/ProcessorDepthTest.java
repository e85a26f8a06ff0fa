package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.ExecutorService;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The same text ends the same way each time, whatever the JVM has compiled by then. */
class ProcessorDepthTest {

    private static final int FEW = 20;

    /** Enough for a compiler that compiles everything at once, or nothing. */
    private static final int TWICE = 2;

    private static final int OFTEN = 100;
    private static final int MANY = 400;

    @TempDir Path folder;

    private List<String> cold() throws Exception {
        return DeepProcessors.ends(folder, 1, DeepProcessors.THREADS.subList(0, 1));
    }

    @Test
    void eachCallEndsAsTheFirstOneDid() throws Exception {
        List<String> cold = cold();

        assertThat(DeepProcessors.ends(folder, FEW, DeepProcessors.THREADS)).isEqualTo(cold);
        assertThat(cold).hasSize(2 * DeepProcessors.Shape.values().length);
    }

    /** A tail call stays open until its caller returns, as the limits' description says. */
    @Test
    void everyKindOfCallTakesStack() throws Exception {
        assertThat(cold())
                .filteredOn(line -> line.contains(", 100000 deep: "))
                .hasSameSizeAs(DeepProcessors.Shape.values())
                .allMatch(
                        line ->
                                line.matches(
                                        ".*: the limit of 655360 bytes of call stack is exceeded:"
                                                + " \\d+ asked for \\(option limits.stack_kb\\),"
                                                + " fuel \\d+"));
    }

    @Test
    void aCallOfAVirtualThreadEndsLikeAnyOther() throws Exception {
        ExecutorService virtual = VirtualThreads.perTask();

        List<String> ends = DeepProcessors.ends(folder, FEW, List.of(virtual));
        virtual.shutdown();

        assertThat(ends).isEqualTo(cold());
    }

    @Tag("ci")
    @ParameterizedTest
    @ValueSource(strings = {"-Xint", "-XX:TieredStopAtLevel=1", "-Xmixed"})
    void callsEndAlikeUnderEachCompiler(String flag) throws Exception {
        endsAlike(flag, flag.equals("-Xint") ? TWICE : OFTEN);
    }

    @Tag("full")
    @ParameterizedTest
    @ValueSource(strings = {"-Xcomp", "-XX:TieredStopAtLevel=1", "-Xmixed"})
    void manyCallsEndAlikeUnderEachCompiler(String flag) throws Exception {
        endsAlike(flag, flag.equals("-Xcomp") ? TWICE : MANY);
    }

    private void endsAlike(String flag, int times) throws Exception {
        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                flag,
                                "-Dorg.slf4j.simpleLogger.defaultLogLevel=error",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                DeepProcessors.class.getName(),
                                folder.toString(),
                                Integer.toString(times))
                        .redirectError(ProcessBuilder.Redirect.INHERIT)
                        .start();
        String output = new String(java.getInputStream().readAllBytes(), UTF_8);

        assertThat(java.waitFor()).as(output).isZero();
        assertThat(output.lines().toList()).isEqualTo(cold());
    }
}
