package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static io.github.dagwasm.executor.Plans.endless;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.lang.ref.WeakReference;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What only a run of a chain, without a lock, can get wrong. */
class ChainRunTest extends RunFixture {

    private static final String CANCELLED = "pipeline 'test': the run was cancelled";

    private final AtomicReference<RunResult> settled = new AtomicReference<>();

    private RunHandle chain(Plans plans) {
        Plan plan = plans.plan();
        assertThat(plan.chain()).isPresent();
        return executor.prepare(plan, Text.of("in"), RunOptions.DEFAULTS, settled::set);
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void cancellingInterruptsTheProcessorAndLeavesTheFlagAsItWas(boolean flag) throws Exception {
        CountDownLatch inside = new CountDownLatch(1);
        TextProcessor guest =
                call -> {
                    inside.countDown();
                    return endless().process(call);
                };
        RunHandle run = chain(new Plans().add("guest", guest).add("next", append("!"), "guest"));
        Future<?> canceller =
                pool.submit(
                        () -> {
                            inside.await();
                            run.cancel();
                            return null;
                        });
        if (flag) {
            Thread.currentThread().interrupt();
        }

        run.start();

        assertThat(Thread.interrupted()).isEqualTo(flag);
        canceller.get();
        assertThat(settled.get().failure().orElseThrow()).hasMessage(CANCELLED);
        assertThat(settled.get().report().processors())
                .extracting(ProcessorReport::outcome)
                .containsExactly(ProcessorOutcome.CANCELLED, ProcessorOutcome.CANCELLED);
    }

    @Test
    void cancellingAtAnyMomentIsHeededWholeOrNotAtAll() throws Exception {
        Random random = new Random(1);
        int cancelled = 0;
        CyclicBarrier both = new CyclicBarrier(2);
        AtomicReference<RunHandle> current = new AtomicReference<>();
        int rounds = 20_000;
        Future<?> canceller =
                pool.submit(
                        () -> {
                            for (int round = 0; round < rounds; round++) {
                                both.await();
                                for (int spin = random.nextInt(300); spin > 0; spin--) {
                                    Thread.onSpinWait();
                                }
                                current.get().cancel();
                                both.await();
                            }
                            return null;
                        });

        for (int round = 0; round < rounds; round++) {
            boolean flag = round % 3 == 0;
            current.set(chain(new Plans().add("a", append("a")).add("b", append("b"), "a")));
            both.await();
            if (flag) {
                Thread.currentThread().interrupt();
            }
            current.get().start();
            assertThat(Thread.interrupted()).isEqualTo(flag);
            both.await();
            assertThat(Thread.interrupted()).as("an interrupt that came late").isFalse();
            if (settled.get().failure().isPresent()) {
                cancelled++;
                assertThat(settled.get().failure().get()).hasMessage(CANCELLED);
            } else {
                assertThat(settled.get().text().string()).isEqualTo("inab");
            }
        }

        canceller.get();
        assertThat(cancelled).isPositive();
    }

    @Test
    void aResultThatComesInSpiteOfACancellationIsKeptInTheReport() {
        AtomicReference<RunHandle> run = new AtomicReference<>();
        TextProcessor cancelling =
                call -> {
                    run.get().cancel();
                    assertThat(call.cancelled()).isTrue();
                    return ProcessorResult.of(call.text());
                };
        run.set(chain(new Plans().add("a", cancelling).add("b", append("b"), "a")));

        run.get().start();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(settled.get().failure().orElseThrow()).hasMessage(CANCELLED);
        assertThat(settled.get().report().processors())
                .extracting(ProcessorReport::outcome)
                .containsExactly(ProcessorOutcome.SUCCEEDED, ProcessorOutcome.CANCELLED);
    }

    @Test
    void cancellingARunThatIsOverChangesNothing() {
        RunHandle run = chain(new Plans().add("a", append("a")));

        run.start();
        run.cancel();

        assertThat(Thread.interrupted()).isFalse();
        assertThat(settled.get().text().string()).isEqualTo("ina");
    }

    @Test
    void aProcessorThatBreaksTheRunItselfEndsIt() {
        AtomicReference<RuntimeException> broken = new AtomicReference<>();
        TextProcessor breaking =
                new TextProcessor() {
                    @Override
                    public ProcessorResult process(ProcessorCall call) {
                        broken.set(new IllegalStateException("no intent"));
                        return ProcessorResult.of(call.text());
                    }

                    @Override
                    public Intent intent() {
                        if (broken.get() != null) {
                            throw broken.get();
                        }
                        return Intent.TRANSFORM;
                    }
                };

        RunHandle run = chain(new Plans().add("a", breaking).add("b", append("b"), "a"));
        run.start();

        assertThat(settled.get().failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': the run broke off: java.lang.IllegalStateException: no intent");
        assertThat(settled.get().report().processors())
                .extracting(ProcessorReport::outcome)
                .containsExactly(ProcessorOutcome.CANCELLED, ProcessorOutcome.CANCELLED);
    }

    @Test
    void aCallThatAProcessorKeepsStaysWhatItWas() {
        AtomicReference<ProcessorCall> kept = new AtomicReference<>();
        AtomicReference<String> later = new AtomicReference<>();
        TextProcessor keeping =
                call -> {
                    kept.set(call);
                    call.usedFuel(7);
                    return ProcessorResult.of(call.text());
                };
        TextProcessor looking =
                call -> {
                    later.set(kept.get().text().string());
                    return ProcessorResult.of(call.text());
                };
        Plans plans = new Plans().add("keeping", keeping).add("mark", append("!"), "keeping");

        chain(plans.add("looking", looking, "mark")).start();
        kept.get().usedFuel(8);

        assertThat(later).hasValue("in");
        assertThat(kept.get().text().string()).isEqualTo("in");
        assertThat(settled.get().report().processors())
                .extracting(ProcessorReport::fuel)
                .containsExactly(7L, ProcessorReport.NOT_MEASURED, ProcessorReport.NOT_MEASURED);
    }

    @Test
    void theReportOutlivesTheTextsOfItsRun() {
        AtomicReference<WeakReference<Text>> made = new AtomicReference<>();
        TextProcessor maker =
                call -> {
                    Text text = Text.of(call.text().string() + " made");
                    made.set(new WeakReference<>(text));
                    return ProcessorResult.of(text);
                };

        RunReport report = run(new Plans().add("maker", maker), "in").report();

        await().until(
                        () -> {
                            System.gc();
                            return made.get().get() == null;
                        });
        assertThat(report.processors().get(0).bytesOut()).isEqualTo(7);
        assertThat(report.processors()).isSameAs(report.processors());
    }

    @Test
    void theReportOutlivesTheProcessorsOfItsPlan() {
        AtomicReference<WeakReference<TextProcessor>> processor = new AtomicReference<>();

        RunReport report = reportOf(processor);

        await().until(
                        () -> {
                            System.gc();
                            return processor.get().get() == null;
                        });
        assertThat(report.outputFrom()).contains("a");
        assertThat(report.criticalPath()).containsExactly("a");
    }

    private RunReport reportOf(AtomicReference<WeakReference<TextProcessor>> processor) {
        String suffix = new String("!");
        TextProcessor appending = call -> ProcessorResult.of(call.text().string() + suffix);
        processor.set(new WeakReference<>(appending));
        return run(new Plans().add("a", appending), "in").report();
    }
}
