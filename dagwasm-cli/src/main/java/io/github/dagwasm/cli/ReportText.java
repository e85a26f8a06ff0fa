package io.github.dagwasm.cli;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.text.JsonWriter;
import io.github.dagwasm.text.Text;
import java.util.List;

/**
 * A run as people read it. Texts are quoted and escaped as in JSON; in the chain a line ends after
 * 80 code points, while input and output are always whole.
 */
final class ReportText {

    private static final int LINE_CODE_POINTS = 80;
    private static final long NANOS_PER_MILLI = 1_000_000;

    private final String file;
    private final Text input;
    private final RunResult result;
    private final RunReport report;

    ReportText(String file, Text input, RunResult result) {
        this.file = file;
        this.input = input;
        this.result = result;
        this.report = result.report();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        line(out, "📋 Configuration: " + file);
        line(out, "🔧 Strategy: " + name(report.strategy()));
        line(out, "⚙️  Max Concurrency: " + report.maxConcurrency());
        line(out, "🛡️  Failure Strategy: " + name(report.failureStrategy()));
        line(out, "");
        line(out, "📊 Execution Results:");
        line(out, "⏱️  Execution Time: ~" + millis() + "ms");
        line(out, "🔢 Processors Executed: " + report.executed());
        line(out, "");
        line(out, "🔄 Processor Chain:");
        int number = 1;
        for (ProcessorReport processor : report.processors()) {
            chainEntry(out, number++, processor);
        }
        line(out, "");
        line(out, "🎯 Final Transformation:");
        line(out, "   Input:  " + shown(input));
        if (result.failure().isEmpty()) {
            line(out, "   Output: " + shown(result.text()));
        } else {
            line(out, "   Output: none, the run failed");
        }
        if (report.outcome() == RunOutcome.PARTIAL) {
            line(
                    out,
                    "   Partial: the text of "
                            + unquoted(report.outputFrom().orElseThrow())
                            + ", since not all succeeded");
        }
        metadata(out);
        return out.toString();
    }

    private void chainEntry(StringBuilder out, int number, ProcessorReport processor) {
        String head = "  " + number + ". " + unquoted(processor.id());
        Text text = result.texts().get(processor.id());
        switch (processor.outcome()) {
            case SUCCEEDED -> line(out, cut(head + " → " + shown(text)));
            case FAILED -> line(out, head + " ✗ failed");
            case SKIPPED -> line(out, head + " ✗ skipped");
            case CANCELLED -> line(out, head + " ✗ cancelled");
        }
        processor
                .failure()
                .ifPresent(
                        failure -> {
                            line(out, "     ⚠️  " + unquoted(failure.message()));
                            failure.guestStack()
                                    .forEach(name -> line(out, "        at " + unquoted(name)));
                        });
        if (!processor.metadata().isEmpty()) {
            int count = processor.metadata().size();
            String first = processor.metadata().keySet().iterator().next();
            line(
                    out,
                    "     📝 Metadata: "
                            + count
                            + (count == 1 ? " entry" : " entries")
                            + " (e.g., "
                            + unquoted(first)
                            + ")");
        }
    }

    private static String shown(Text text) {
        return text.wellFormed()
                ? JsonWriter.quote(text.string())
                : text.byteLength() + " bytes that are no text";
    }

    private void metadata(StringBuilder out) {
        List<ProcessorReport> withMetadata =
                report.processors().stream()
                        .filter(processor -> !processor.metadata().isEmpty())
                        .toList();
        if (withMetadata.isEmpty()) {
            return;
        }
        line(out, "   ");
        line(out, "   Pipeline Metadata:");
        for (ProcessorReport processor : withMetadata) {
            line(out, "   " + unquoted(processor.id()) + ":");
            processor
                    .metadata()
                    .forEach(
                            (key, value) ->
                                    line(out, "      • " + unquoted(key) + ": " + unquoted(value)));
        }
    }

    private long millis() {
        return Math.round((double) report.durationNanos() / NANOS_PER_MILLI);
    }

    private static String name(Strategy strategy) {
        return switch (strategy) {
            case WORK_QUEUE -> "WorkQueue";
            case LEVEL -> "Level";
            case REACTIVE -> "Reactive";
        };
    }

    private static String name(FailureStrategy failureStrategy) {
        return switch (failureStrategy) {
            case FAIL_FAST -> "FailFast";
            case CONTINUE_ON_ERROR -> "ContinueOnError";
            case BEST_EFFORT -> "BestEffort";
        };
    }

    private static String cut(String line) {
        if (line.codePointCount(0, line.length()) <= LINE_CODE_POINTS) {
            return line;
        }
        return line.substring(0, line.offsetByCodePoints(0, LINE_CODE_POINTS - 1)) + "…";
    }

    /** Escaped as in JSON, so that a value cannot pretend to be another line. */
    private static String unquoted(String text) {
        String quoted = JsonWriter.quote(text);
        return quoted.substring(1, quoted.length() - 1);
    }

    private static void line(StringBuilder out, String line) {
        out.append(line).append('\n');
    }
}
