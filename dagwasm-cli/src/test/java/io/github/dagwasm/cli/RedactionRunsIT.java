package io.github.dagwasm.cli;

import static io.github.dagwasm.cli.StandInRedactor.SECRET;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.runtime.PipelineRuntime;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.WasmBackend;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Whatever fails, the pipeline of the example redaction gives out no text that is not redacted:
 * under every strategy and failure strategy, with and without retries, alone and with an optional
 * step before, beside or behind the redactor that fails, or that has a text of its own to offer.
 */
@Tag("ci")
class RedactionRunsIT {

    private static final Text LETTER = Text.of("Card " + SECRET + ".\n");
    private static final String REDACTED = "Card [card].\n";
    private static final String FOOTER = "-- redacted and counted\n";
    private static final int MOST_INPUT = 1 << 20;

    @TempDir private static Path folder;

    private static ExecutorService pool;
    private static ScheduledExecutorService scheduler;
    private static PipelineRuntime runtime;

    /** Holds its modules for as long as the tests run, so that they are compiled once. */
    private static Pipeline example;

    /** Where one more optional step stands, and whether it fails. */
    private enum Step {
        NONE,
        BROKEN_BEFORE,
        BROKEN_BESIDE,
        BROKEN_AFTER,
        WORKING_BEFORE,
        WORKING_BESIDE;

        RedactionVariant in(RedactionVariant variant) {
            return switch (this) {
                case NONE -> variant;
                case BROKEN_BEFORE -> variant.brokenBefore();
                case BROKEN_BESIDE -> variant.brokenBeside();
                case BROKEN_AFTER -> variant.brokenAfter();
                case WORKING_BEFORE -> variant.workingBefore();
                case WORKING_BESIDE -> variant.workingBeside();
            };
        }

        /** What the letter becomes where the redactor works, empty where nothing comes out. */
        Optional<String> outcome(boolean goesOn) {
            return switch (this) {
                case NONE, WORKING_BESIDE -> Optional.of(REDACTED + FOOTER);
                case WORKING_BEFORE -> Optional.of(REDACTED.toLowerCase(Locale.ROOT) + FOOTER);
                case BROKEN_BEFORE -> Optional.empty();
                case BROKEN_BESIDE -> Optional.of(REDACTED + FOOTER).filter(out -> goesOn);
                case BROKEN_AFTER -> Optional.of(REDACTED).filter(out -> goesOn);
            };
        }
    }

    /** A way to run the pipeline. */
    private record Way(String strategy, String failureStrategy, int retries, Step step) {

        static List<Way> all() {
            List<Way> ways = new ArrayList<>();
            for (String strategy : List.of("work_queue", "level", "reactive")) {
                for (String failures : List.of("fail_fast", "continue_on_error", "best_effort")) {
                    for (Step step : Step.values()) {
                        ways.add(new Way(strategy, failures, ways.size() % 2, step));
                    }
                }
            }
            return ways;
        }

        boolean goesOn() {
            return failureStrategy.equals("best_effort");
        }

        Pipeline load(RedactionVariant variant) {
            return RedactionRunsIT.load(step.in(variant.run(strategy, failureStrategy, retries)));
        }
    }

    @BeforeAll
    static void loadTheExample() throws IOException {
        Path modules = Files.createDirectory(folder.resolve("wasm_modules"));
        for (String module : List.of("redact.wasm", "text_stats.wasm")) {
            Files.copy(RedactionVariant.REDACTOR.resolveSibling(module), modules.resolve(module));
        }
        TestModule.write(folder.resolve(RedactionVariant.BROKEN), TestModules.trap());
        pool = Executors.newFixedThreadPool(2);
        scheduler = Executors.newSingleThreadScheduledExecutor();
        runtime =
                new PipelineRuntime(
                        List.of(
                                LocalBackend.load(RedactionRunsIT.class.getClassLoader()),
                                new WasmBackend()),
                        pool,
                        scheduler);
        example = load(RedactionVariant.example());
    }

    @AfterAll
    static void close() {
        example.close();
        runtime.close();
        pool.shutdownNow();
        scheduler.shutdownNow();
    }

    static List<StandInRedactor> guests() {
        return StandInRedactor.all();
    }

    @Test
    void redacts() {
        assertThat(out(example, LETTER)).isEqualTo(REDACTED + FOOTER);
    }

    @ParameterizedTest
    @MethodSource("guests")
    void aRedactorThatFailsLetsNothingOut(StandInRedactor guest) {
        TestModule.write(folder.resolve(guest.name() + ".wasm"), guest.module().bytes());
        RedactionVariant redacted = RedactionVariant.example().redactedBy(guest);
        String expected =
                "pipeline 'redaction': processor 'redact' ("
                        + guest.name()
                        + ".wasm): "
                        + guest.failure();

        // Holds the guest's module for all ways, so that it is compiled once.
        try (Pipeline first = load(redacted)) {
            assertThat(failure("first", first, LETTER)).isEqualTo(expected);
            for (Way way : Way.all()) {
                try (Pipeline pipeline = way.load(redacted)) {
                    String reason = failure(way.toString(), pipeline, LETTER);

                    if (way.step() == Step.NONE) {
                        assertThat(reason).as("%s", way).isEqualTo(expected);
                    }
                }
            }
        }
    }

    @Test
    void whateverAnOptionalStepDoesTheTextIsRedactedOrNotOut() {
        for (Way way : Way.all()) {
            try (Pipeline pipeline = way.load(RedactionVariant.example())) {
                Optional<String> outcome = way.step().outcome(way.goesOn());
                if (outcome.isEmpty()) {
                    failure(way.toString(), pipeline, LETTER);
                } else {
                    assertThat(out(pipeline, LETTER)).as("%s", way).isEqualTo(outcome.get());
                }
            }
        }
    }

    @Test
    void aRedactorThatIsSkippedFailsTheRun() {
        Way way = new Way("work_queue", "best_effort", 0, Step.BROKEN_BEFORE);

        try (Pipeline pipeline = way.load(RedactionVariant.example())) {
            assertThat(failure("before", pipeline, LETTER))
                    .isEqualTo(
                            "pipeline 'redaction': processor 'early' (broken.wasm): the guest"
                                    + " trapped: Trapped on unreachable instruction; processor"
                                    + " 'redact' (wasm_modules/redact.wasm): skipped, but required");
        }
    }

    @Test
    void aTextThatIsTooLongOrNoTextLetsNothingOut() {
        byte[] malformed = ("Card " + SECRET + " ?").getBytes(StandardCharsets.UTF_8);
        malformed[malformed.length - 1] = (byte) 0xff;
        Text tooLong = Text.of((SECRET + "\n").repeat(MOST_INPUT / SECRET.length()));

        for (Way way : Way.all()) {
            try (Pipeline pipeline = way.load(RedactionVariant.example())) {
                assertThat(failure(way.toString(), pipeline, Text.ofUtf8(malformed)))
                        .as("%s", way)
                        .isEqualTo(
                                "pipeline 'redaction': the input: malformed UTF-8 at byte 25"
                                        + " (0xff)");
                assertThat(failure(way.toString(), pipeline, tooLong))
                        .as("%s", way)
                        .isEqualTo(
                                "pipeline 'redaction': the input: the limit of 1048576 input bytes is"
                                        + " exceeded: 1103760 asked for (option max_input_bytes)");
            }
        }
    }

    @Test
    void aRedactorOfAnotherDigestOrThatIsNotThereIsNotLoaded() {
        TestModule.write(folder.resolve("other.wasm"), TestModules.echo());

        assertThat(refusal(RedactionVariant.example().naming("other.wasm")))
                .isEqualTo(
                        folder
                                + "/redaction.dagwasm.yaml:27:13: processors[0].module: processor"
                                + " 'redact' (other.wasm): its sha256 is"
                                + " 3a0bc4aa2de82112ee467b1d94bfeb119766f855389eec0980af84573890441b,"
                                + " but pinned is"
                                + " "
                                + RedactionVariant.PIN);
        assertThat(refusal(RedactionVariant.example().naming("missing.wasm")))
                .isEqualTo(
                        folder
                                + "/redaction.dagwasm.yaml:27:13: processors[0].module: processor"
                                + " 'redact' (missing.wasm): not found: neither beside the"
                                + " pipeline file ("
                                + folder
                                + "/missing.wasm) nor in the working directory ("
                                + Path.of("missing.wasm").toAbsolutePath()
                                + ") nor on the class path");
    }

    @Test
    void aTransformBesideTheRedactorIsAFault() {
        RedactionVariant variant =
                RedactionVariant.example()
                        .with(
                                "  - id: redact\n",
                                "  - { id: raw, backend: local, impl: reverse_text }\n  - id: redact\n");

        assertThat(refusal(variant))
                .isEqualTo(
                        folder
                                + "/redaction.dagwasm.yaml:3:1: the output is the text of 'footer',"
                                + " while the text of 'raw' is discarded; write 'output:' with the"
                                + " processor that is meant (a fault because of 'strict: true')");
    }

    /** The example lets guests log nothing; and its redactor imports nothing to speak with. */
    @Test
    void aRedactorThatSaysTheTextWhenItFailsIsNotHeard() {
        StandInRedactor guest = StandInRedactor.speaking();
        TestModule.write(folder.resolve(guest.name() + ".wasm"), guest.module().bytes());

        try (Pipeline pipeline = load(RedactionVariant.example().redactedBy(guest))) {
            assertThat(failure("speaking", pipeline, LETTER))
                    .isEqualTo(
                            "pipeline 'redaction': processor 'redact' (speaking.wasm): "
                                    + guest.failure());
        }
        assertThat(Shell.dagwasm("inspect", RedactionVariant.REDACTOR.toString()).out())
                .contains("\nimports: none\n");
    }

    /** Runs it and returns why it failed. */
    private static String failure(String way, Pipeline pipeline, Text text) {
        DagWasmException failure =
                catchThrowableOfType(
                        DagWasmException.class,
                        () -> pipeline.run(text, RunOptions.DEFAULTS).text());

        assertThat(failure).as("%s", way).isNotNull();
        assertThat(failure.getMessage()).as("%s", way).doesNotContain(SECRET);
        if (failure instanceof RunFailedException run) {
            assertThat(run.report().toJson()).as("%s", way).doesNotContain(SECRET);
        }
        return failure.getMessage();
    }

    private static String out(Pipeline pipeline, Text text) {
        return pipeline.run(text, RunOptions.DEFAULTS).text().string();
    }

    private static String refusal(RedactionVariant variant) {
        return catchThrowableOfType(DagWasmException.class, () -> load(variant).close())
                .getMessage();
    }

    private static Pipeline load(RedactionVariant variant) {
        try {
            Path file = folder.resolve("redaction.dagwasm.yaml");
            Files.writeString(file, variant.yaml());
            Placeholders values = Placeholders.of(key -> Optional.of(folder.toString()));
            return runtime.load(runtime.reader(values).read(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
