package io.github.dagwasm.hostile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.runtime.PipelineRuntime;
import io.github.dagwasm.spi.ResourceFolder;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.Code;
import io.github.dagwasm.wasm.LoadedModules;
import io.github.dagwasm.wasm.TestModule;
import io.github.dagwasm.wasm.TestModules;
import io.github.dagwasm.wasm.WasmBackend;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/**
 * A runtime with the default policy, a good guest that logs and answers, and whatever is loaded
 * beside it. For one thread.
 */
final class Sandbox implements AutoCloseable {

    /** No guest may run longer than this after its time is up. */
    static final long MOST_OVERSHOOT_NANOS = TimeUnit.MINUTES.toNanos(1);

    private static final RunOptions HERE = RunOptions.DEFAULTS.stayingOnCallersThread();
    private static final String LOGGED = "I am well";

    private final Path folder;
    private final Overshoots overshoots;
    private final ScheduledThreadPoolExecutor scheduler = new ScheduledThreadPoolExecutor(1);
    private final WasmBackend backend = new WasmBackend();
    private final PipelineRuntime runtime;
    private final Pipeline good;
    private int goodMessages;

    /**
     * Makes a sandbox.
     *
     * @param folder where modules are written
     * @param overshoots told of every guest that is stopped
     */
    Sandbox(Path folder, Overshoots overshoots) {
        this.folder = folder;
        this.overshoots = overshoots;
        scheduler.setRemoveOnCancelPolicy(true);
        runtime =
                new PipelineRuntime(
                        List.of(backend),
                        task -> {
                            throw new AssertionError("nothing here leaves the caller's thread");
                        },
                        scheduler);
        good = load(goodGuest(), Attack.Setting.DEFAULTS);
    }

    /** Logs, and appends {@code -good}. */
    static byte[] goodGuest() {
        Code log = Code.code().i32(1024).i32(LOGGED.length()).call(TestModules.HOST_LOG);
        return TestModules.appending(log, "-good").data(1024, LOGGED).bytes();
    }

    /** Loads a module as a pipeline of one processor. */
    Pipeline load(byte[] module, Attack.Setting setting) {
        TestModule.write(folder.resolve("guest.wasm"), module);
        String yaml =
                """
                wasm: { %s }
                processors:
                  - id: guest
                    backend: wasm
                    module: guest.wasm
                    timeout_seconds: %s
                    limits: { %s }
                    options: { %s }
                """
                        .formatted(
                                setting.wasm(),
                                setting.seconds(),
                                setting.limits(),
                                setting.options());
        return runtime.load(
                runtime.reader(Placeholders.NONE)
                        .read("hostile.yaml", yaml, Optional.of(ResourceFolder.of(folder))));
    }

    /** What all guests have of the heap, by the count that bounds them, in bytes. */
    long countedBytes() {
        return backend.sandboxUse().memoryBytes();
    }

    /** Runs a pipeline on this thread. */
    static RunResult run(Pipeline pipeline, String input) {
        return pipeline.run(Text.of(input), HERE);
    }

    /** Lets an attack happen, and holds it to its ending; then everything works as before. */
    void suffer(Attack attack) {
        byte[] module = attack.module().get();
        if (attack.ending() instanceof Attack.Ending.Refused refused) {
            assertThatThrownBy(() -> load(module, attack.setting()).close())
                    .as(attack.name())
                    .satisfies(refusal -> PlainWords.hold(refusal.getMessage()))
                    .isInstanceOf(refused.kind())
                    .hasMessageMatching(
                            place("hostile.yaml:5:13: processors[0].module: ") + refused.message());
        } else {
            try (Pipeline pipeline = load(module, attack.setting())) {
                held(attack, pipeline);
            }
        }
        worksAsBefore();
    }

    private void held(Attack attack, Pipeline pipeline) {
        long start = System.nanoTime();
        RunResult result = run(pipeline, attack.setting().input());
        long elapsed = System.nanoTime() - start;
        if (attack.ending() instanceof Attack.Ending.Failed failed) {
            assertThat(result.failure()).as(attack.name()).isPresent();
            assertThat(result.failure().get())
                    .as(attack.name())
                    .satisfies(failure -> PlainWords.hold(failure.getMessage()))
                    .hasMessageMatching(place("pipeline 'hostile': ") + failed.message())
                    .cause()
                    .isInstanceOf(failed.kind());
        } else if (attack.ending() instanceof Attack.Ending.Answered answered) {
            assertThat(result.text().string()).as(attack.name()).isEqualTo(answered.text());
        }
        long deadline = (long) (attack.setting().seconds() * TimeUnit.SECONDS.toNanos(1));
        if (attack.setting().seconds() == Attack.SHORT) {
            overshoots.add(attack.name(), elapsed - deadline);
        }
        assertThat(elapsed - deadline).isLessThan(MOST_OVERSHOOT_NANOS);
    }

    private static String place(String where) {
        return Pattern.quote(where + "processor 'guest' (guest.wasm): ");
    }

    /** The next good message on this thread is logged and answered, and no interrupt is left. */
    void worksAsBefore() {
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
        String message = "message " + ++goodMessages;

        String log = captured(() -> answersGood(message));

        assertThat(log).isEqualTo("INFO dagwasm.guest.guest - guest: " + LOGGED + "\n");
    }

    private void answersGood(String message) {
        assertThat(run(good, message).text().string()).isEqualTo(message + "-good");
    }

    /** What is logged in the meantime, without the thread's name. */
    static String captured(Runnable action) {
        PrintStream before = System.err;
        ByteArrayOutputStream error = new ByteArrayOutputStream();
        System.setErr(new PrintStream(error, true, UTF_8));
        try {
            action.run();
        } finally {
            System.setErr(before);
        }
        return error.toString(UTF_8).replaceAll("(?m)^\\[[^\\]]*\\] ", "");
    }

    @Override
    public void close() {
        good.close();
        assertThat(LoadedModules.of(backend)).isZero();
        runtime.close();
        scheduler.shutdownNow();
    }
}
