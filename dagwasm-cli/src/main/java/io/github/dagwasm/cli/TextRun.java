package io.github.dagwasm.cli;

import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.GuestFrames;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunReport;
import io.github.dagwasm.text.Text;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * One text on its way through a pipeline, and what is printed of it.
 *
 * @param file the pipeline file, as the user wrote it
 * @param texts the text; several are joined by blanks, a single - is standard input
 * @param output what to print
 */
record TextRun(String file, List<String> texts, Output output) {

    /** What to print. */
    enum Output {
        /** Everything, for people. */
        REPORT,
        /** The resulting text alone. */
        TEXT,
        /** The report of the run, for programs. */
        JSON;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static final String STANDARD_INPUT = "-";

    /**
     * Runs the pipeline.
     *
     * @return the exit code
     */
    int answer(Pipeline pipeline, PrintWriter out, PrintWriter err) {
        RunOptions options =
                output == Output.REPORT ? RunOptions.DEFAULTS.keepingTexts() : RunOptions.DEFAULTS;
        Text input;
        RunResult result;
        try {
            input = input(pipeline);
            result = pipeline.run(input, options);
        } catch (MalformedTextException | LimitExceededException e) {
            err.println(e.getMessage());
            return Dagwasm.NO;
        } catch (IOException e) {
            err.println("standard input cannot be read: " + e.getMessage());
            return Dagwasm.NO;
        }
        switch (output) {
            case REPORT -> out.print(new ReportText(file, input, result));
            case JSON -> out.println(result.report().toJson());
            case TEXT -> {
                if (result.failure().isEmpty()) {
                    print(result.text(), out);
                }
            }
        }
        out.flush();
        result.failure()
                .ifPresent(
                        failure -> {
                            err.println(failure.getMessage());
                            GuestFrames.of(failure).forEach(name -> err.println("    at " + name));
                        });
        if (result.report().outcome() == RunOutcome.PARTIAL) {
            err.println(partial(result.report()));
        }
        return result.failure().isPresent() ? Dagwasm.NO : Dagwasm.OK;
    }

    /** A text that stands in for another must not pass for it, whatever is printed. */
    private static String partial(RunReport report) {
        String failures =
                report.processors().stream()
                        .filter(processor -> processor.failure().isPresent())
                        .map(
                                p ->
                                        "processor '"
                                                + p.id()
                                                + "': "
                                                + p.failure().orElseThrow().message())
                        .collect(Collectors.joining("; "));
        return "pipeline '"
                + report.pipeline()
                + "' succeeded in part, the output is the text of '"
                + report.outputFrom().orElseThrow()
                + "': "
                + failures;
    }

    /** Bytes that are no text are written as they are, so that a file takes them unchanged. */
    private static void print(Text text, PrintWriter out) {
        if (text.wellFormed()) {
            out.println(text.string());
            return;
        }
        out.flush();
        byte[] bytes = text.bytes();
        System.out.write(bytes, 0, bytes.length);
        System.out.flush();
    }

    /**
     * Reads no more than it takes to know that the input is too large. The newline at the end of a
     * text is the shell's; bytes that are no text are taken whole.
     */
    private Text input(Pipeline pipeline) throws IOException {
        if (!texts.equals(List.of(STANDARD_INPUT))) {
            return Text.of(String.join(" ", texts));
        }
        long maxInputBytes = pipeline.maxInputBytes();
        int newline = 2;
        byte[] bytes =
                System.in.readNBytes(
                        (int) Math.min(maxInputBytes + newline + 1, Integer.MAX_VALUE - 8));
        Text whole = Text.ofUtf8(bytes);
        int end = whole.wellFormed() ? withoutNewline(bytes) : bytes.length;
        if (end > maxInputBytes) {
            throw pipeline.inputTooLarge();
        }
        return end == bytes.length ? whole : Text.ofUtf8(Arrays.copyOf(bytes, end));
    }

    private static int withoutNewline(byte[] bytes) {
        int end = bytes.length;
        if (end > 0 && bytes[end - 1] == '\n') {
            end--;
            if (end > 0 && bytes[end - 1] == '\r') {
                end--;
            }
        }
        return end;
    }
}
