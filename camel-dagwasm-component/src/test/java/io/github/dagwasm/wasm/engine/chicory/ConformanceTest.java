package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.engine.WasmEngine;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
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

        for (SpecScript script : SpecSuite.read(Path.of(System.getenv(ARCHIVE)))) {
            run(script, engine, tally);
        }

        Path report = Path.of("target", "conformance-" + way.heading() + ".txt");
        Files.write(report, tally.lines(), StandardCharsets.UTF_8);
        List<String> differences = SpecExpectations.differences(way.heading(), tally.lines());
        assertThat(differences)
                .as(
                        "%s functions: - is expected, + is what came; all of it is in %s",
                        way.heading(), report)
                .isEmpty();
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
