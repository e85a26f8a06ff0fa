package io.github.dagwasm.wasm.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.GuestLimits;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Modules that cost as much as the default budgets allow: each is refused, or is loaded in a JVM of
 * its own within the heap that the estimate names and 64 MB for the JVM and this library.
 */
class WorstModulesIT {

    private static final long JVM_MB = 64;

    private static final Terms TERMS =
            new Terms(
                    Budgets.DEFAULTS,
                    new GuestLimits(64L << 20, 100_000, 10_000, 0, 0, 0, 0),
                    Map.of("env.host_log", "(i32, i32) -> ()"),
                    1L << 40);

    static Stream<Arguments> pairs() {
        Burden[] all = Burden.values();
        return IntStream.range(0, all.length * all.length)
                .filter(i -> i / all.length < i % all.length)
                .mapToObj(i -> Arguments.of(all[i / all.length], all[i % all.length]));
    }

    /** Two at a time: each keeps one processor busy. */
    @Test
    @Tag("ci")
    void eachOfThemFitsIntoItsEstimate() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(2);
        try {
            List<Callable<Void>> loads =
                    Arrays.stream(Burden.values()).map(WorstModulesIT::alone).toList();
            for (Future<Void> load : threads.invokeAll(loads)) {
                load.get();
            }
        } finally {
            threads.shutdown();
        }
    }

    private static Callable<Void> alone(Burden burden) {
        return () -> {
            load(Admission.scan(Burden.module(burden), TERMS).loadBytes(), burden);
            return null;
        };
    }

    @ParameterizedTest(name = "{0} and {1}")
    @MethodSource("pairs")
    @Tag("full")
    void twoOfThemFitIntoTheirEstimate(Burden one, Burden other) throws Exception {
        long estimate;
        try {
            estimate = Admission.scan(Burden.module(one, other), TERMS).loadBytes();
        } catch (ModuleRefusedException e) {
            assertThat(e).hasMessageContaining("over the budget of");
            return;
        }
        load(estimate, one, other);
    }

    private static void load(long estimate, Burden... burdens)
            throws IOException, InterruptedException {
        long heap = (estimate >> 20) + JVM_MB;
        Process java =
                new ProcessBuilder(
                                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                                "-Xmx" + heap + "m",
                                // What a load holds is the same, and it takes half the time.
                                "-XX:TieredStopAtLevel=1",
                                "-XX:+ExitOnOutOfMemoryError",
                                "-cp",
                                System.getProperty(
                                        "surefire.test.class.path",
                                        System.getProperty("java.class.path")),
                                Load.class.getName(),
                                Arrays.toString(burdens).replaceAll("[\\[\\] ]", ""))
                        .redirectErrorStream(true)
                        .start();
        String output = new String(java.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        String which = Arrays.toString(burdens) + " in " + heap + " MB";
        assertThat(java.waitFor()).as(which + ": " + output).isZero();
        assertThat(output).as(which).endsWith("done\n").doesNotContain("valid");
    }

    /** What the JVM of its own does. */
    static final class Load {

        private Load() {}

        public static void main(String[] arguments) {
            Burden[] burdens =
                    Arrays.stream(arguments[0].split(","))
                            .map(Burden::valueOf)
                            .toArray(Burden[]::new);
            byte[] module = Burden.module(burdens);
            try {
                new ChicoryEngine().load(module);
            } catch (ModuleRefusedException e) {
                // Whole classes may turn out to be too large; that is told, and costs no more.
                System.out.println(e.getMessage());
            }
            System.out.println("done");
        }
    }
}
