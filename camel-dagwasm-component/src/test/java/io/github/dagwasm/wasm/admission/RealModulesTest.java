package io.github.dagwasm.wasm.admission;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.engine.GuestLimits;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/** Modules that people use, against the default budgets; {@code .ci/real-modules} fetches them. */
@EnabledIfSystemProperty(
        named = RealModulesTest.FOLDER,
        matches = ".+",
        disabledReason = "no folder of real modules is named: see .ci/real-modules")
class RealModulesTest {

    static final String FOLDER = "dagwasm.real.modules";

    private static final Budgets LARGE_MODULES =
            Budgets.DEFAULTS
                    .with(Budget.MODULE_BYTES, 64L << 20)
                    .with(Budget.CODE_BYTES, 64L << 20);
    private static final GuestLimits LIMITS =
            new GuestLimits(64L << 20, 100_000, 10_000, 0, 0, 0, 0);

    @Test
    void areWithinTheDefaultBudgets() throws IOException {
        for (Path file : modules()) {
            Terms terms = new Terms(LARGE_MODULES, LIMITS, Map.of(), 16L << 30);

            Examination examination = Admission.examine(Files.readAllBytes(file), terms);

            System.out.println(file.getFileName() + " " + examination.facts().used());
            assertThat(examination.whole()).as(file.toString()).isTrue();
            // Neither what they import nor how much memory they ask for is in question here.
            assertThat(examination.refusals())
                    .as(file.toString())
                    .noneMatch(reason -> reason.contains("over the budget"))
                    .noneMatch(reason -> reason.contains("is not supported"));
        }
    }

    private static List<Path> modules() throws IOException {
        try (Stream<Path> files = Files.list(Path.of(System.getProperty(FOLDER)))) {
            List<Path> modules =
                    files.filter(file -> file.toString().endsWith(".wasm")).sorted().toList();
            assertThat(modules).isNotEmpty();
            return modules;
        }
    }
}
