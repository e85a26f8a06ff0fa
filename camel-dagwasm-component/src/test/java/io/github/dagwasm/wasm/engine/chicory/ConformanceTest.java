package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.engine.WasmEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.condition.EnabledIfEnvironmentVariable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The WebAssembly test suite on the path that guests take: admission, the engine with its memory,
 * counters and tables, and the reset. All that the suite says holds, but for what the list in
 * {@code conformance.txt} names; and all of that list happens.
 */
@Tag("ci")
@EnabledIfEnvironmentVariable(named = ConformanceTest.ARCHIVE, matches = ".+")
class ConformanceTest {

    /** Names the archive with the suite. */
    static final String ARCHIVE = "WASM_SPEC_SUITE";

    private static final long STACK_BYTES = 32L << 20;

    private enum Way {
        COMPILED,
        INTERPRETED;

        WasmEngine engine() {
            return this == COMPILED ? new ChicoryEngine() : new InterpretedEngine();
        }

        String heading() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    @ParameterizedTest
    @EnumSource
    void answersAsTheSuiteSaysButForWhatIsListed(Way way) throws Exception {
        SpecTally tally = new SpecTally();
        WasmEngine engine = way.engine();

        List<SpecScript> suite = SpecSuite.read(Path.of(System.getenv(ARCHIVE)));
        onLargeStack(
                () -> {
                    for (SpecScript script : suite) {
                        run(script, engine, tally);
                    }
                    return tally;
                });

        Path report = Path.of("target", "conformance-" + way.heading() + ".txt");
        Files.write(report, tally.lines(), StandardCharsets.UTF_8);
        List<String> differences = SpecExpectations.differences(way.heading(), tally.lines());
        assertThat(differences)
                .as(
                        "%s functions: - is expected, + is what came; all of it is in %s",
                        way.heading(), report)
                .isEmpty();
    }

    /** A limit ends each recursion there, and not what the JVM has compiled by then. */
    private static void onLargeStack(Callable<SpecTally> task) throws Exception {
        FutureTask<SpecTally> done = new FutureTask<>(task);
        new Thread(null, done, "suite", STACK_BYTES).start();
        done.get();
    }

    private static void run(SpecScript script, WasmEngine engine, SpecTally tally)
            throws InterruptedException {
        SpecRun run = new SpecRun(script, engine);
        for (SpecCommand command : script.commands()) {
            tally.add(script.name(), command, run.judge(command));
        }
        for (SpecInstance instance : run.instances()) {
            instance.repeat(script.name(), tally);
        }
    }
}
