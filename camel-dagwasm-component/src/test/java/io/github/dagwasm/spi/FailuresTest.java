package io.github.dagwasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class FailuresTest {

    private static final RunReport REPORT =
            new RunReport(
                    new GivenRun(
                            "demo",
                            Strategy.WORK_QUEUE,
                            FailureStrategy.FAIL_FAST,
                            1,
                            RunOutcome.FAILED,
                            0,
                            Optional.empty(),
                            List.of(),
                            List.of()));

    @Test
    void everyFailureHasAKindOfItsOwnAndFewAreRetryable() {
        List<DagWasmException> failures =
                List.of(
                        new PipelineFileException(List.of()),
                        new ModuleRefusedException("x"),
                        new ResourceRefusedException("x"),
                        new TrapException("x"),
                        new LimitExceededException("fuel", 1, 2, "fuel"),
                        new GuestFailureException("x"),
                        new MalformedTextException("x", 0),
                        new ProcessorTimeoutException(Duration.ofSeconds(1), "timeout", false),
                        new ProcessorFailureException("x", null, false),
                        new EndpointFailureException("file:x", "x", null, false),
                        new RunFailedException("x", REPORT, List.of(), Map.of()));

        assertThat(failures)
                .extracting(DagWasmException::kind)
                .containsExactly(
                        "pipeline_file",
                        "module_refused",
                        "resource_refused",
                        "trap",
                        "limit",
                        "guest_failure",
                        "malformed_text",
                        "timeout",
                        "processor_failure",
                        "endpoint_failure",
                        "run_failed");
        assertThat(failures).noneMatch(DagWasmException::retryable);
    }

    @Test
    void aProcessorsOwnWordOnRetryingIsKept() {
        assertThat(new ProcessorFailureException("x", null, true).retryable()).isTrue();
        assertThat(
                        new ProcessorTimeoutException(
                                        Duration.ofMillis(1500), "timeout_seconds", true)
                                .retryable())
                .isTrue();
    }

    @Test
    void anotherRunMayHelpWhereAllThatMadeThisOneFailMayPass() {
        DagWasmException passing = new ProcessorFailureException("x", null, true);
        DagWasmException lasting = new GuestFailureException("x");

        assertThat(failedBy(passing, passing).retryable()).isTrue();
        assertThat(failedBy(passing, lasting).retryable()).isFalse();
        assertThat(failedBy().retryable()).isFalse();
    }

    private static RunFailedException failedBy(DagWasmException... causes) {
        return new RunFailedException("x", REPORT, List.of(causes), Map.of());
    }

    @Test
    void aTimeoutSaysHowLongAndWhatSetsIt() {
        assertThat(new ProcessorTimeoutException(Duration.ofMillis(1500), "timeout_seconds", false))
                .hasMessage("stopped after 1.5 s (timeout_seconds)");
        assertThat(
                        new ProcessorTimeoutException(
                                Duration.ofSeconds(100), "run_timeout_seconds", false))
                .hasMessage("stopped after 100 s (run_timeout_seconds)");
    }

    @Test
    void aLimitIsToldInOtherWordsWithAllThatCameWithIt() {
        TrapException trap = new TrapException("unreachable");
        LimitExceededException exceeded =
                new LimitExceededException("input bytes", 4, 5, "limits.input_bytes");
        exceeded.addSuppressed(trap);

        LimitExceededException told = exceeded.withOption("inputBytes").at("pipeline 'x'");

        assertThat(told)
                .hasMessage(
                        "pipeline 'x': the limit of 4 input bytes is exceeded: 5 asked for (option"
                                + " inputBytes)")
                .hasSuppressedException(trap);
        assertThat(told.getStackTrace()).isEqualTo(exceeded.getStackTrace());
        assertThat(told.limit()).isEqualTo("input bytes");
        assertThat(told.value()).isEqualTo(4);
        assertThat(told.asked()).isEqualTo(5);
        assertThat(told.option()).isEqualTo("inputBytes");
        assertThat(LimitExceededException.byMore("fuel", 4, "fuel").withOption("f"))
                .hasMessage("the limit of 4 fuel is exceeded (option f)");
        assertThat(exceeded.withOption("limits.input_bytes")).isSameAs(exceeded);
    }

    @Test
    void aFaultOfNoFileHasNoLine() {
        assertThat(new Fault("dagwasm:local:x", 0, 0, "option.a", "p"))
                .hasToString("dagwasm:local:x: option.a: p");
        assertThat(new Fault("dagwasm:local:x", 0, 0, "", "p")).hasToString("dagwasm:local:x: p");
    }

    @Test
    void aFileExceptionHasALineForEachFault() {
        List<Fault> faults =
                List.of(
                        new Fault(
                                "demo.dagwasm.yaml",
                                12,
                                19,
                                "processors[2].depends_on[0]",
                                "no processor 'uper' (did you mean 'upper'?)"),
                        new Fault("demo.dagwasm.yaml", 1, 1, "", "the file is empty"));

        PipelineFileException failure = new PipelineFileException(faults);

        assertThat(failure)
                .hasMessage(
                        "demo.dagwasm.yaml:12:19: processors[2].depends_on[0]:"
                                + " no processor 'uper' (did you mean 'upper'?)\n"
                                + "demo.dagwasm.yaml:1:1: the file is empty");
        assertThat(failure.faults()).isEqualTo(faults);
    }

    @Test
    void aFailedRunCarriesItsReportAndEveryCause() {
        TrapException trap = new TrapException("unreachable");
        GuestFailureException guest = new GuestFailureException("no");

        RunFailedException failure =
                new RunFailedException(
                        "demo: two failures", REPORT, List.of(trap, guest), Map.of());

        assertThat(failure)
                .hasMessage("demo: two failures")
                .hasCause(trap)
                .hasSuppressedException(guest);
        assertThat(failure.causes()).containsExactly(trap, guest);
        assertThat(failure.report()).isSameAs(REPORT);
    }

    @Test
    void aFailureWithoutAMessageOrCauseSaysSo() {
        ProcessorFailureException failure = new ProcessorFailureException(null, null, true);

        assertThat(FailureReport.of(failure))
                .isEqualTo(
                        new FailureReport(
                                "processor_failure",
                                Optional.empty(),
                                "failed without a message",
                                true,
                                List.of()));
    }

    @Test
    void aProcessorIsCalledByItsIdAndResource() {
        assertThat(ProcessorDefinition.label("p", Optional.empty())).isEqualTo("processor 'p'");
        assertThat(ProcessorDefinition.label("p", Optional.of("a.wasm")))
                .isEqualTo("processor 'p' (a.wasm)");
    }

    @Test
    void aNegativeLimitIsRefusedByItsName() {
        assertThatThrownBy(() -> new GuestLimits(1, 1, 1, 1, 1, -1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("outputBytes must be >= 0, but is -1");
        assertThat(GuestLimits.DEFAULTS)
                .isEqualTo(
                        new GuestLimits(67108864, 100000, 4000, 655360, 10485760, 10485760, 65536));
    }
}
