package io.github.dagwasm.cli.serve;

import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/**
 * What loggers take for standard error: an exception that is logged becomes one line instead of its
 * stack trace, and what the server says of failures itself is not said twice. What is logged may
 * come from the sender of a message, such as the name of a file: it neither steers the terminal nor
 * looks like a line of the server's own.
 */
final class LogStream extends PrintStream {

    /** How Camel tells of a failed exchange, or a failed start, beside throwing it. */
    private static final List<String> TOLD =
            List.of(
                    "ERROR AbstractCamelContext - Error starting CamelContext ",
                    "WARN GenericFileOnCompletion - Rollback file strategy: ",
                    " - Error processing exchange. ");

    /** What a Throwable prints after its own line, each as an object. */
    private static final List<String> TRACE =
            List.of("at ", "... ", "Caused by: ", "Suppressed: ", "[CIRCULAR REFERENCE");

    private boolean told;

    LogStream(Consumer<String> lines) {
        super(new Lines(lines), true, StandardCharsets.UTF_8);
    }

    @Override
    public void println(String line) {
        told = TOLD.stream().anyMatch(String.valueOf(line)::contains);
        if (!told) {
            super.println(String.valueOf(line).replace("\n", "\n  "));
        }
    }

    @Override
    public void println(Object part) {
        if (part instanceof Throwable thrown) {
            if (!told) {
                super.println("  " + OneLine.of(thrown.toString()));
            }
        } else if (!isTrace(part)) {
            super.println(part);
        }
    }

    private static boolean isTrace(Object part) {
        return part instanceof String text
                && TRACE.stream().anyMatch(text.stripLeading()::startsWith);
    }

    /** Takes bytes, gives lines. */
    private static final class Lines extends OutputStream {

        private final Consumer<String> lines;
        private final ByteArrayOutputStream line = new ByteArrayOutputStream();

        Lines(Consumer<String> lines) {
            this.lines = lines;
        }

        @Override
        public synchronized void write(int b) {
            if (b == '\n') {
                String text = line.toString(StandardCharsets.UTF_8).replace("\t", "    ");
                lines.accept(OneLine.escaped(text));
                line.reset();
            } else {
                line.write(b);
            }
        }

        @Override
        public synchronized void write(byte[] bytes, int offset, int length) {
            for (int i = offset; i < offset + length; i++) {
                write(bytes[i]);
            }
        }
    }
}
