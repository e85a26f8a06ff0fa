package io.github.dagwasm.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes that are no text go where they are carried, and nowhere else. */
class CarriedBytesTest extends RunFixture {

    private static final byte[] NO_TEXT = {'a', (byte) 0xff};
    private static final String FAULT = "malformed UTF-8 at byte 1 (0xff)";

    /** Gives what it gets, be it a text or not. */
    private record Carrier(Intent intent) implements TextProcessor {

        @Override
        public ProcessorResult process(ProcessorCall call) {
            return new ProcessorResult(Text.ofUtf8(call.text().bytes()), Map.of(), Map.of());
        }

        @Override
        public boolean carriesBytes() {
            return true;
        }
    }

    private static final Carrier CARRIER = new Carrier(Intent.TRANSFORM);
    private static final TextProcessor BROKEN =
            call -> new ProcessorResult(Text.ofUtf8(NO_TEXT), Map.of(), Map.of());

    private RunResult run(Plans plans) {
        return executor.run(plans.plan(), Text.ofUtf8(NO_TEXT), RunOptions.DEFAULTS);
    }

    private static List<String> outcomes(RunResult result) {
        return result.report().processors().stream().map(ProcessorReport::toString).toList();
    }

    /** With a retry it is no chain. */
    private static Plans first(boolean chain, TextProcessor processor) {
        return chain ? new Plans().add("a", processor) : new Plans().retried("a", 1, processor);
    }

    private static void assertFailed(RunResult result, String message) {
        RunFailedException failure = result.failure().orElseThrow();
        assertThat(failure).hasMessage(message);
        assertThat(failure.causes())
                .singleElement()
                .isInstanceOfSatisfying(
                        MalformedTextException.class,
                        cause -> assertThat(cause.offset()).isEqualTo(1));
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void bytesGoFromOneCarrierToTheNext(boolean chain) {
        RunResult result = run(first(chain, CARRIER).add("b", CARRIER, "a"));

        assertThat(result.text().bytes()).isEqualTo(NO_TEXT);
        assertThat(result.report().processors())
                .allSatisfy(
                        processor -> {
                            assertThat(processor.bytesIn()).isEqualTo(2);
                            assertThat(processor.bytesOut()).isEqualTo(2);
                        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessorOfTextsIsNotCalledWithThem(boolean chain) {
        RunResult result = run(first(chain, CARRIER).add("b", Plans.append("!"), "a"));

        assertThat(outcomes(result)).containsExactly("a: succeeded", "b: failed");
        assertFailed(result, "pipeline 'test': processor 'b': the input is no text: " + FAULT);
        assertThat(result.report().processors().get(1).tries()).isZero();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void aProcessorOfTextsThatGivesThemFails(boolean chain) {
        RunResult result = run(first(chain, CARRIER).add("b", CARRIER, "a"));
        RunResult broken =
                executor.run(first(chain, BROKEN).plan(), Text.EMPTY, RunOptions.DEFAULTS);

        assertThat(result.failure()).isEmpty();
        assertFailed(broken, "pipeline 'test': processor 'a': " + FAULT);
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void theyPassACarrierThatAnalyzes(boolean chain) {
        RunResult result = run(first(chain, new Carrier(Intent.ANALYZE)).add("b", CARRIER, "a"));

        assertThat(result.text().bytes()).isEqualTo(NO_TEXT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"CONCAT", "JSON"})
    void theyAreJoinedToNoText(String merge) {
        Plans plans =
                new Plans()
                        .add("a", CARRIER)
                        .add("b", CARRIER)
                        .merging("c", Merge.valueOf(merge), CARRIER, "a", "b");

        assertFailed(
                run(plans),
                "pipeline 'test': processor 'c': the input cannot be merged: processor 'a' gave no"
                        + " text: "
                        + FAULT);
    }

    @ParameterizedTest
    @ValueSource(strings = {"FIRST", "LAST", "DEEPEST"})
    void aChoiceAmongThemIsMade(String merge) {
        Plans plans =
                new Plans()
                        .add("a", CARRIER)
                        .add("b", CARRIER)
                        .merging("c", Merge.valueOf(merge), CARRIER, "a", "b");

        assertThat(run(plans).text().bytes()).isEqualTo(NO_TEXT);
    }

    @Test
    void theyStandInForTheTextOfAProcessorThatCouldNotTakeThem() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .add("a", CARRIER)
                        .add("b", Plans.append("!"), "a");

        RunResult result = run(plans);

        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PARTIAL);
        assertThat(result.text().bytes()).isEqualTo(NO_TEXT);
    }
}
