package io.github.dagwasm.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.pipeline.ProcessorParameters;
import io.github.dagwasm.pipeline.ProcessorParameters.Parameter;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.ResourceFolder;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.WasmBackend;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Files, real modules and the executor together. */
class PipelineRuntimeTest {

    private static final String APPEND_AND_ENDLESS =
            """
            processors:
              - { id: endless, backend: wasm, module: endless.wasm, timeout_seconds: 60 }
              - { id: append, backend: wasm, module: append.wasm }
            output: append
            """;

    @TempDir Path folder;

    private final ExecutorService pool = Executors.newFixedThreadPool(2);
    private final ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
    private final PipelineRuntime runtime =
            new PipelineRuntime(
                    List.of(LocalBackend.load(getClass().getClassLoader()), new WasmBackend()),
                    pool,
                    scheduler);

    @AfterEach
    void close() {
        runtime.close();
        pool.shutdownNow();
        scheduler.shutdownNow();
    }

    private Pipeline load(String yaml) {
        TestModule.write(folder.resolve("append.wasm"), TestModules.append("-x"));
        TestModule.write(folder.resolve("endless.wasm"), TestModules.endlessLoop());
        TestModule.write(folder.resolve("trap.wasm"), TestModules.trap());
        return runtime.load(
                runtime.reader(Placeholders.NONE)
                        .read("test.yaml", yaml, Optional.of(ResourceFolder.of(folder))));
    }

    private static List<String> outcomes(RunResult result) {
        return result.report().processors().stream().map(ProcessorReport::toString).toList();
    }

    @Test
    void aFailureElsewhereReachesAGuestInAnEndlessLoop() {
        try (Pipeline pipeline =
                load(
                        """
                        executor_options: { max_concurrency: 2 }
                        processors:
                          - { id: endless, backend: wasm, module: endless.wasm, timeout_seconds: 60 }
                          - { id: trap, backend: wasm, module: trap.wasm }
                        output: trap
                        """)) {

            RunResult result = pipeline.run(Text.of("in"), RunOptions.DEFAULTS);

            assertThat(outcomes(result)).containsExactly("endless: cancelled", "trap: failed");
            assertThat(result.failure().orElseThrow().getMessage())
                    .startsWith(
                            "pipeline 'test': processor 'trap' (trap.wasm): the guest trapped: ");
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void theRunsTimeoutReachesAGuestInAnEndlessLoop() {
        try (Pipeline pipeline =
                load("executor_options: { run_timeout_seconds: 0.1 }\n" + APPEND_AND_ENDLESS)) {

            RunResult result = pipeline.run(Text.of("in"), RunOptions.DEFAULTS);

            assertThat(result.failure().orElseThrow().getMessage())
                    .contains("stopped after 0.1 s (executor_options.run_timeout_seconds)");
        }
    }

    @Test
    void anInterruptFromOutsideReachesAGuestInAnEndlessLoop() throws InterruptedException {
        AtomicReference<RunResult> settled = new AtomicReference<>();
        String oneAtATime = "executor_options: { max_concurrency: 1 }\n" + APPEND_AND_ENDLESS;
        try (Pipeline pipeline = load(oneAtATime)) {
            Thread caller =
                    new Thread(() -> settled.set(pipeline.run(Text.of("in"), RunOptions.DEFAULTS)));

            caller.start();
            await().until(() -> isInGuest(caller));
            caller.interrupt();
            caller.join();

            assertThat(settled.get().failure().orElseThrow())
                    .hasMessage(
                            "pipeline 'test': processor 'endless' (endless.wasm): interrupted from outside the run");
        }
    }

    private static boolean isInGuest(Thread thread) {
        for (StackTraceElement frame : thread.getStackTrace()) {
            if (frame.getClassName().contains("chicory")) {
                return true;
            }
        }
        return false;
    }

    @Test
    void allModulesThatAreRefusedAreToldOfAtOnceEachAtItsPlace() {
        assertThatThrownBy(
                        () ->
                                load(
                                        """
                                        processors:
                                          - { id: one, backend: wasm, module: classpath:none.wasm }
                                          - { id: two, backend: wasm, module: append.wasm }
                                          - id: three
                                            backend: wasm
                                            module: ftp://example.org/x.wasm
                                        """))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage(
                        """
                        test.yaml:2:39: processors[0].module: processor 'one' (classpath:none.wasm): not on the class path
                        test.yaml:6:13: processors[2].module: processor 'three' (ftp://example.org/x.wasm): scheme 'ftp' is not allowed; expected a path, file: or classpath:""")
                .cause()
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessage("processor 'one' (classpath:none.wasm): not on the class path");
    }

    @Test
    void aProcessorThatCannotBeMadeIsToldOfAtItsPlaceWithItsCause() {
        IllegalStateException cause = new IllegalStateException("no licence");
        TextProcessorFactory broken =
                new TextProcessorFactory() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public TextProcessor create(KeyValues options) {
                        throw cause;
                    }
                };
        String yaml =
                """
                processors:
                  - { id: one, backend: local, impl: broken }
                  - { id: two, backend: wasm, module: classpath:none.wasm }
                """;

        try (PipelineRuntime own =
                new PipelineRuntime(
                        List.of(new LocalBackend(List.of(broken)), new WasmBackend()),
                        pool,
                        scheduler)) {
            PipelineDefinition definition =
                    own.reader(Placeholders.NONE).read("test.yaml", yaml, Optional.empty());

            assertThatThrownBy(() -> own.load(definition))
                    .isInstanceOf(ProcessorFailureException.class)
                    .hasMessage(
                            "test.yaml:2:5: processors[0]: processor 'one': "
                                    + broken.getClass().getName()
                                    + " failed: java.lang.IllegalStateException: no licence\n"
                                    + "test.yaml:3:39: processors[1].module: processor 'two'"
                                    + " (classpath:none.wasm): not on the class path")
                    .hasRootCause(cause)
                    .satisfies(
                            e ->
                                    assertThat(e.getSuppressed())
                                            .singleElement()
                                            .isInstanceOf(ModuleRefusedException.class));
        }
    }

    @Test
    void aThousandProcessorsThatCannotBeMadeAreListedAndTheOthersCounted() {
        StringBuilder yaml = new StringBuilder("processors:\n");
        for (int i = 0; i < UnmadeProcessors.MAX_LISTED + 2; i++) {
            yaml.append("  - { id: p").append(i).append(", backend: wasm, module: classpath:x }\n");
        }

        assertThatThrownBy(() -> load(yaml.toString()))
                .isInstanceOf(ModuleRefusedException.class)
                .hasMessageEndingWith(
                        "test.yaml:1001:40: processors[999].module: processor 'p999' (classpath:x):"
                                + " not on the class path\n2 more faults are not listed");
    }

    @Test
    void aDefaultThatDiscardsATextIsAWarningAndInAStrictFileAFault() {
        String yaml =
                """
                processors:
                  - { id: a, backend: local, impl: reverse_text }
                  - { id: b, backend: local, impl: reverse_text, depends_on: [a] }
                  - { id: c, backend: local, impl: reverse_text, depends_on: [a] }
                """;

        try (Pipeline pipeline = load(yaml)) {
            assertThat(pipeline.warnings())
                    .containsExactly(
                            "the output is the text of 'c', while the text of 'b' is discarded;"
                                    + " write 'output:' with the processor that is meant");
        }
        assertThatThrownBy(() -> load("strict: true\n" + yaml))
                .isInstanceOf(PipelineFileException.class)
                .hasMessage(
                        "test.yaml:1:1: the output is the text of 'c', while the text of 'b' is discarded;"
                                + " write 'output:' with the processor that is meant (a fault because of 'strict: true')");
        try (Pipeline pipeline = load("strict: true\noutput: c\n" + yaml)) {
            assertThat(pipeline.warnings()).isEmpty();
        }
    }

    @Test
    void anInputThatIsNotWellFormedOrTooLargeRunsNothing() {
        try (Pipeline pipeline =
                load(
                        """
                        max_input_bytes: 4
                        processors:
                          - { id: a, backend: local, impl: reverse_text }
                        """)) {
            assertThatThrownBy(
                            () ->
                                    pipeline.run(
                                            Text.ofUtf8(new byte[] {'a', (byte) 0x80}),
                                            RunOptions.DEFAULTS))
                    .isInstanceOf(MalformedTextException.class)
                    .hasMessage("pipeline 'test': the input: malformed UTF-8 at byte 1 (0x80)");
            assertThatThrownBy(() -> pipeline.run(Text.of("12345"), RunOptions.DEFAULTS))
                    .isInstanceOf(LimitExceededException.class)
                    .hasMessage(
                            "pipeline 'test': the input: the limit of 4 input bytes is exceeded: 5 asked for"
                                    + " (option max_input_bytes)");
            assertThat(pipeline.run(Text.of("1234"), RunOptions.DEFAULTS).text().string())
                    .isEqualTo("4321");
        }
    }

    private Pipeline loadModule(String module, Parameter... keys) {
        List<Parameter> all = new ArrayList<>(List.of(keys));
        all.add(new Parameter("module", folder.resolve(module).toString()));
        ProcessorParameters parameters =
                new ProcessorParameters(
                        "dagwasm:wasm:" + module,
                        "one",
                        "wasm",
                        all,
                        List.of(),
                        Map.of(
                                "module", "",
                                "timeout_seconds", "timeout",
                                "limits.input_bytes", "inputBytes",
                                "max_input_bytes", "maxInputBytes"));
        return runtime.load(runtime.reader(Placeholders.NONE).read(parameters));
    }

    @Test
    void aProcessorWithoutAFileIsToldOfItsLimitsByTheNamesItsUserKnows() {
        TestModule.write(folder.resolve("append.wasm"), TestModules.append("-x"));
        TestModule.write(folder.resolve("endless.wasm"), TestModules.endlessLoop());
        String resource = folder.resolve("append.wasm").toString();

        try (Pipeline pipeline =
                loadModule(
                        "append.wasm",
                        new Parameter("limits.input_bytes", "2"),
                        new Parameter("max_input_bytes", "3"))) {
            RunResult failed = pipeline.run(Text.of("123"), RunOptions.DEFAULTS);

            assertThat(pipeline.run(Text.of("12"), RunOptions.DEFAULTS).text().string())
                    .isEqualTo("12-x");
            assertThat(failed.failure().orElseThrow())
                    .hasMessage(
                            "pipeline 'one': processor 'one' (%s): the limit of 2 input bytes is exceeded: 3 asked for (option inputBytes)"
                                    .formatted(resource));
            assertThatThrownBy(() -> pipeline.run(Text.of("1234"), RunOptions.DEFAULTS))
                    .hasMessage(
                            "pipeline 'one': the input: the limit of 3 input bytes is exceeded: 4 asked for (option maxInputBytes)");
        }
        try (Pipeline pipeline =
                loadModule("endless.wasm", new Parameter("timeout_seconds", "0.1"))) {
            RunResult late = pipeline.run(Text.of("in"), RunOptions.DEFAULTS);

            assertThat(late.failure().orElseThrow())
                    .hasMessage(
                            "pipeline 'one': processor 'one' (%s): stopped after 0.1 s (timeout)"
                                    .formatted(folder.resolve("endless.wasm")));
        }
        try (Pipeline pipeline = loadModule("append.wasm")) {
            assertThat(pipeline.plan().processors().get(0).timeout().orElseThrow().option())
                    .isEqualTo("default of backend wasm; set timeout");
        }
    }

    @Test
    void limitsOfTheProcessorGoBeforeThoseOfThePipeline() {
        try (Pipeline pipeline =
                load(
                        """
                        wasm: { limits: { input_bytes: 4, output_bytes: 4 } }
                        failure_strategy: continue_on_error
                        processors:
                          - { id: small, backend: wasm, module: append.wasm }
                          - { id: large, backend: wasm, module: append.wasm, limits: { output_bytes: 100 } }
                        output: large
                        """)) {

            RunResult result = pipeline.run(Text.of("1234"), RunOptions.DEFAULTS);

            assertThat(outcomes(result)).containsExactly("small: failed", "large: succeeded");
            assertThat(result.failure().orElseThrow())
                    .hasMessageContaining(
                            "processor 'small' (append.wasm): the limit of 4 output bytes is exceeded");
        }
    }

    @Test
    void textOfEveryPlaneComesThroughAGuestUnchanged() {
        String text = "aé漢🦀" + new String(Character.toChars(0x10FFFD)) + "\uFFFD";
        try (Pipeline pipeline =
                load("processors:\n  - { id: append, backend: wasm, module: append.wasm }\n")) {
            RunResult result =
                    pipeline.run(
                            Text.ofUtf8(text.getBytes(StandardCharsets.UTF_8)),
                            RunOptions.DEFAULTS);

            assertThat(result.text().string()).isEqualTo(text + "-x");
        }
    }
}
