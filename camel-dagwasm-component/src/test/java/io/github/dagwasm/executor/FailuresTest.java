package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.analyze;
import static io.github.dagwasm.executor.Plans.append;
import static io.github.dagwasm.executor.Plans.fail;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.Metadata;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.io.EOFException;
import java.io.IOException;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FailuresTest extends RunFixture {

    private static List<String> outcomes(RunResult result) {
        return result.report().processors().stream().map(ProcessorReport::toString).toList();
    }

    @Test
    void failFastCancelsWhatHasNotStartedAndNamesTheFirstFailure() {
        RunResult result =
                run(new Plans().add("a", fail("broken")).add("b", append("b"), "a"), "in");

        assertThat(outcomes(result)).containsExactly("a: failed", "b: cancelled");
        assertThatThrownBy(result::text)
                .isInstanceOf(RunFailedException.class)
                .hasMessage(
                        "pipeline 'test': processor 'a': java.lang.IllegalStateException: broken")
                .hasRootCauseMessage("broken");
    }

    @Test
    void failFastInterruptsWhatRuns() {
        Plans plans = new Plans().add("endless", Plans.endless()).add("a", fail("broken"));

        RunResult result = run(plans, "in");

        assertThat(outcomes(result)).containsExactly("endless: cancelled", "a: failed");
        assertThat(Thread.currentThread().isInterrupted()).isFalse();
    }

    @Test
    void continueOnErrorRunsTheRestAndReportsAllFailures() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.CONTINUE_ON_ERROR)
                        .add("a", fail("one"))
                        .add("b", append("b"))
                        .add("c", append("c"), "a", "b")
                        .add("d", fail("two"), "b");

        RunResult result = run(plans, "in");

        assertThat(outcomes(result))
                .containsExactly("a: failed", "b: succeeded", "c: skipped", "d: failed");
        assertThat(result.failure())
                .get()
                .satisfies(failure -> assertThat(failure.causes()).hasSize(2));
        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'a': java.lang.IllegalStateException: one;"
                                + " processor 'd': java.lang.IllegalStateException: two");
    }

    @Test
    void bestEffortMergesOverWhatSucceededAndSaysSo() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .add("a", fail("one"))
                        .add("b", append("b"))
                        .merging("c", Merge.JSON, append("!"), "a", "b");

        RunResult result = run(plans, "in");

        assertThat(result.text().string()).isEqualTo("{\"a\":null,\"b\":\"inb\"}!");
        assertThat(result.report().outcome()).isEqualTo(RunOutcome.PARTIAL);
        assertThat(result.report().executed()).isEqualTo(3);
    }

    @Test
    void bestEffortFallsBackToTheDeepestTransformWhenNoSinkSucceeds() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .add("a", append("a"))
                        .add("b", append("b"), "a")
                        .add("other", append("o"))
                        .add("c", fail("broken"), "b", "other");

        RunResult result = run(plans, "in");

        assertThat(result.text().string()).isEqualTo("inab");
        assertThat(result.report().outputFrom()).contains("b");
    }

    @Test
    void bestEffortFailsWhenNothingSucceeds() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .add("a", fail("x"))
                        .add("b", append("b"), "a");

        assertThatThrownBy(run(plans, "in")::text)
                .hasMessage(
                        "pipeline 'test': processor 'a': java.lang.IllegalStateException: x; no processor succeeded");
    }

    @Test
    void aNamedOutputThatFailsIsNotReplaced() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .output("c")
                        .add("a", append("a"))
                        .add("b", fail("broken"), "a")
                        .add("c", append("c"), "b");

        assertThatThrownBy(run(plans, "in")::text)
                .hasMessage(
                        "pipeline 'test': processor 'b': java.lang.IllegalStateException: broken;"
                                + " processor 'c': skipped, but the output");
    }

    @Test
    void aRequiredProcessorThatIsSkippedFailsTheRun() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .add("a", fail("broken"))
                        .required("redact", append("r"), "a")
                        .add("b", append("b"));

        assertThatThrownBy(run(plans, "in")::text)
                .hasMessage(
                        "pipeline 'test': processor 'a': java.lang.IllegalStateException: broken;"
                                + " processor 'redact': skipped, but required");
    }

    @Test
    void aFailureDoesNotLeadAroundARequiredTransform() {
        // 'publish' gets the redacted text through 'polish'; when that fails, only the raw branch
        // is left to merge.
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .add("raw", append(" raw"))
                        .required("redact", append(" redacted"), "raw")
                        .add("polish", fail("broken"), "redact")
                        .add("publish", append(" published"), "polish", "raw");

        assertThatThrownBy(run(plans, "in")::text)
                .hasMessage(
                        "pipeline 'test': processor 'polish': java.lang.IllegalStateException: broken;"
                                + " no text is left that has passed through all that is required ('redact')");
        assertThatThrownBy(run(plans.output("publish"), "in")::text)
                .hasMessageContaining(
                        "no text is left that has passed through all that is required ('redact')");
    }

    @Test
    void aJoinedTextDescendsFromARequiredTransformOnlyIfAllOfItDoes() {
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.BEST_EFFORT)
                        .add("raw", append(" raw"))
                        .required("redact", append(" redacted"), "raw")
                        .merging("joined", Merge.CONCAT, append("!"), "redact", "raw")
                        .add("last", fail("broken"), "joined");

        RunResult result = run(plans, "in");

        assertThat(result.text().string()).isEqualTo("in raw redacted");
    }

    @Test
    void aFailedAnalyzerCountsAsFailedThoughItsTextIsKnown() {
        TextProcessor broken =
                new TextProcessor() {
                    @Override
                    public ProcessorResult process(ProcessorCall call) {
                        throw new IllegalStateException("cannot count");
                    }

                    @Override
                    public Intent intent() {
                        return Intent.ANALYZE;
                    }
                };
        Plans plans =
                new Plans()
                        .failing(FailureStrategy.CONTINUE_ON_ERROR)
                        .add("count", broken)
                        .add("next", append("n"), "count");

        assertThat(outcomes(run(plans, "in"))).containsExactly("count: failed", "next: skipped");
    }

    @Test
    void aTextThatIsNotWellFormedIsTheFailureOfItsMaker() {
        TextProcessor broken = call -> ProcessorResult.of("ab\uD800");

        RunResult result =
                run(new Plans().add("maker", broken).add("next", append("n"), "maker"), "in");

        assertThat(result.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'maker': unpaired surrogate at character 2 (U+D800)");
    }

    @Test
    void aProcessorThatReturnsNothingFails() {
        assertThat(
                        run(new Plans().add("a", (TextProcessor) call -> null), "in")
                                .failure()
                                .orElseThrow())
                .hasMessage("pipeline 'test': processor 'a': returned null instead of a result");
    }

    @Test
    void aFailureWithoutWordsOfItsOwnTellsItsCause() {
        TextProcessor mute =
                call -> {
                    IOException cause = new EOFException();
                    throw new ProcessorFailureException(cause.getMessage(), cause, false);
                };

        RunResult result = run(new Plans().add("a", mute), "in");

        assertThat(result.failure().orElseThrow())
                .hasMessage("pipeline 'test': processor 'a': java.io.EOFException");
        assertThat(result.report().toJson()).contains("\"message\":\"java.io.EOFException\"");
    }

    @Test
    void metadataWithoutAValueIsAFailureOfItsProcessor() {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("count", null);
        TextProcessor careless = call -> ProcessorResult.of(call.text(), metadata);

        assertThat(run(new Plans().add("a", careless), "in").failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'a': java.lang.NullPointerException: the value of 'count' is null");
    }

    @Test
    void anErrorOfTheJvmIsAFailureToo() {
        TextProcessor hungry =
                call -> {
                    throw new OutOfMemoryError("pretended");
                };

        assertThat(run(new Plans().add("a", hungry), "in").failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'a': java.lang.OutOfMemoryError: pretended");
    }

    @Test
    void onlyFailuresThatSaySoAreRetried() {
        AtomicInteger calls = new AtomicInteger();
        TextProcessor stubborn =
                call -> {
                    throw new ProcessorFailureException(
                            "try " + calls.incrementAndGet(), null, calls.get() < 3);
                };

        RunResult result = run(new Plans().retried("a", 5, stubborn), "in");

        assertThat(result.failure().orElseThrow())
                .hasMessage("pipeline 'test': processor 'a': try 3");
        assertThat(result.report().processors().get(0).tries()).isEqualTo(3);
    }

    @Test
    void aRetryThatSucceedsLeavesNoTraceButTheTries() {
        AtomicInteger calls = new AtomicInteger();
        TextProcessor shaky =
                call -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new ProcessorFailureException("not yet", null, true);
                    }
                    return ProcessorResult.of(call.text().string() + " at last");
                };

        RunResult result = run(new Plans().retried("a", 2, shaky).add("b", append("!"), "a"), "in");

        assertThat(result.text().string()).isEqualTo("in at last!");
        assertThat(result.report().processors().get(0).tries()).isEqualTo(3);
        assertThat(result.report().processors().get(0).failure()).isEmpty();
    }

    @Test
    void metadataComesBackInItsOwnOrder() {
        Map<String, String> metadata = new LinkedHashMap<>();
        List.of("zulu", "alpha", "mike")
                .forEach(key -> metadata.put(key, key.toUpperCase(Locale.ROOT)));

        RunResult result = run(new Plans().add("a", analyze(metadata)), "in");

        assertThat(result.report().processors().get(0).metadata().keySet())
                .containsExactly("zulu", "alpha", "mike");
        assertThat(result.text().string()).isEqualTo("in");
    }

    @Test
    void textsAreKeptOnlyOnRequest() {
        Plan plan = new Plans().add("a", append("a")).add("b", append("b"), "a").plan();

        RunResult plain = run(plan, "in");
        RunResult kept = executor.run(plan, Text.of("in"), RunOptions.DEFAULTS.keepingTexts());

        assertThat(plain.texts()).isEmpty();
        assertThat(kept.texts().keySet()).containsExactly("a", "b");
        assertThat(Optional.of(kept.texts().get("a").string())).contains("ina");
    }

    @Test
    void tooMuchMetadataIsAFailureOfWhoeverAddsIt() {
        Map<String, String> many = new HashMap<>();
        for (int i = 0; i <= MetadataLimits.MOST_ENTRIES; i++) {
            many.put("key" + i, "");
        }
        Map<String, String> large = Map.of("key", "x".repeat((int) Metadata.MOST_CHARACTERS - 2));

        RunResult ofMany = run(new Plans().add("a", analyze(many)), "in");
        RunResult ofLarge = run(new Plans().add("a", analyze(large)), "in");

        assertThat(ofMany.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'a': the limit of 100000 metadata entries is"
                                + " exceeded: 100001 asked for (option none, it is fixed; have the"
                                + " processor add less)");
        assertThat(ofLarge.failure().orElseThrow())
                .hasMessage(
                        "pipeline 'test': processor 'a': the limit of 4194304 metadata characters"
                                + " is exceeded: 4194305 asked for (option none, it is fixed; have"
                                + " the processor add less)");
    }
}
