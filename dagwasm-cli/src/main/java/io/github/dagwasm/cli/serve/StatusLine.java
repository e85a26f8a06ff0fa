package io.github.dagwasm.cli.serve;

import java.io.PrintWriter;

/**
 * Standard error of a server: lines that stay and, on a terminal, a last one that changes. Safe for
 * use by any threads.
 */
final class StatusLine {

    private static final String ERASE = "\r\u001b[K";

    private final PrintWriter err;
    private String status = "";

    StatusLine(PrintWriter err) {
        this.err = err;
    }

    /** Says something that stays. */
    synchronized void println(String line) {
        err.print(status.isEmpty() ? line + "\n" : ERASE + line + "\n" + status);
        err.flush();
    }

    /** Changes the last line; nothing takes it away. */
    synchronized void show(String text) {
        if (!text.equals(status)) {
            err.print(ERASE + text);
            err.flush();
            status = text;
        }
    }
}
