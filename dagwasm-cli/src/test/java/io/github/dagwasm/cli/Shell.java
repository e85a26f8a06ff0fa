package io.github.dagwasm.cli;

import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;

/** Runs the command line in this process. */
final class Shell {

    /** What a command said, and its exit code. */
    record Answer(int code, String out, String err) {}

    private Shell() {}

    static Answer dagwasm(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int code =
                Dagwasm.commandLine(new PrintWriter(out, true), new PrintWriter(err, true))
                        .execute(args);
        return new Answer(code, out.toString(), err.toString());
    }

    static Answer dagwasmReading(byte[] input, String... args) {
        return dagwasmReading(new ByteArrayInputStream(input), args);
    }

    static Answer dagwasmReading(InputStream input, String... args) {
        InputStream before = System.in;
        System.setIn(input);
        try {
            return dagwasm(args);
        } finally {
            System.setIn(before);
        }
    }
}
