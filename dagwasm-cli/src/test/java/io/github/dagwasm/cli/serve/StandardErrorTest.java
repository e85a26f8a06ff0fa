package io.github.dagwasm.cli.serve;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.cli.serve.Tally.Counts;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** The status line, the log that runs through it, and progress. */
class StandardErrorTest {

    private static final String ERASE = "\r\u001b[K";

    private final StringWriter written = new StringWriter();
    private final StatusLine status = new StatusLine(new PrintWriter(written));

    @Test
    void linesGoAboveTheStatus() {
        status.println("first");
        status.show("1 done");
        status.show("1 done");
        status.println("second");
        status.show("");
        status.println("third");

        assertThat(written)
                .hasToString(
                        "first\n"
                                + ERASE
                                + "1 done"
                                + ERASE
                                + "second\n1 done"
                                + ERASE
                                + "third\n");
    }

    @Test
    void aLoggedExceptionIsOneLine() {
        PrintStream log = new LogStream(status::println);

        log.println("WARN Some - it went wrong");
        print(new IllegalStateException("out\nside", new RuntimeException("inside")), log);

        assertThat(written)
                .hasToString(
                        "WARN Some - it went wrong\n  java.lang.IllegalStateException: out; side\n");
    }

    @Test
    void whatTheServerTellsItselfIsNotLogged() {
        PrintStream log = new LogStream(status::println);

        log.println("WARN TimerConsumer - Error processing exchange. Exchange[1]. Caused by: [x]");
        print(new IllegalStateException("told"), log);
        log.println("WARN Other - näher");
        log.print("half");
        log.println(" a line");

        assertThat(written).hasToString("WARN Other - näher\nhalf a line\n");
    }

    @Test
    void whatIsLoggedNeitherSteersTheTerminalNorLooksLikeTheServersOwnLine() {
        PrintStream log = new LogStream(status::println);

        log.println("WARN File - skipped a\u001b[2J\u202e\rb\tc \\u{1b}\nfailed: route x");

        assertThat(written)
                .hasToString(
                        """
                        WARN File - skipped a\\u{1b}[2J\\u{202e}\\u{d}b    c \\u{1b}
                          failed: route x
                        """);
    }

    /** As a logger does it. */
    private static void print(Throwable thrown, PrintStream log) {
        log.println((Object) thrown);
        for (StackTraceElement element : thrown.getStackTrace()) {
            log.println((Object) ("\tat " + element));
        }
        log.println((Object) "Caused by: java.lang.RuntimeException: inside");
        log.println((Object) "\t... 29 more");
    }

    @Test
    void theRateIsThatSinceTheLastTime() {
        assertThat(Progress.text(new Counts(10, 1), new Counts(13, 2), Duration.ofSeconds(8)))
                .isEqualTo("13 done, 2 failed, 0.5/s");
    }

    @Test
    void progressIsToldOnceWhereNothingHappensAfterwards() {
        Tally tally = new Tally(status::println);
        try (Progress progress = new Progress(tally, status, false, Duration.ofMillis(1))) {
            progress.start();
            tally.done();

            await().until(() -> written.toString().contains("\n"));
            tally.failed();
            await().until(() -> written.toString().contains("1 failed"));
        }

        assertThat(written.toString())
                .matches(
                        "so far: 1 done, 0 failed, [0-9.]+/s\nso far: 1 done, 1 failed, [0-9.]+/s\n");
    }

    @Test
    void theLiveLineIsGoneInTheEnd() {
        Tally tally = new Tally(status::println);
        try (Progress progress = new Progress(tally, status, true, Duration.ofMillis(1))) {
            progress.start();

            await().until(() -> written.toString().contains("/s"));
        }

        assertThat(written.toString()).endsWith(ERASE);
    }
}
