package io.github.dagwasm.benchmarks.worker;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;

/**
 * Measures one subject when told to, on standard input and output, a line each. {@code
 * WARM_UP_MILLIS} comes first and is answered by {@code ready}, or by {@code absent} and the reason
 * where there is nothing to measure. Then each line {@code THREADS NANOS} is answered by the
 * nanoseconds that pass for each call, of all threads together, those for which the calling threads
 * have a processor for it, and the bytes that they allocate for it.
 */
public final class Worker {

    private static final long SLICE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);

    private Worker() {}

    /**
     * Measures until the input ends.
     *
     * @param args a {@link Subject} and its detail
     * @throws Exception if it cannot be measured, or does not do what it should
     */
    public static void main(String[] args) throws Exception {
        // Whatever a library prints must not be taken for an answer.
        PrintStream answers = System.out;
        System.setOut(System.err);
        BufferedReader commands =
                new BufferedReader(new InputStreamReader(System.in, StandardCharsets.US_ASCII));
        long warmUpMillis = Long.parseLong(commands.readLine());
        Assignment assignment;
        try {
            assignment = Subject.valueOf(args[0]).assigned(args[1]);
        } catch (AbsentException e) {
            answers.println("absent " + e.getMessage());
            return;
        }
        try (Crew crew = new Crew(assignment)) {
            warmUp(crew, TimeUnit.MILLISECONDS.toNanos(warmUpMillis));
            answers.println("ready");
            answer(commands, answers, crew);
        }
    }

    /** By the time on a processor: a busy machine makes it longer and not cooler. */
    private static void warmUp(Crew crew, long nanos) throws Exception {
        long spent = 0;
        while (spent < nanos) {
            for (Crew.Sight sight : crew.call(1, SLICE_NANOS)) {
                // A thread that waits for a deadline spends nothing.
                spent += Math.max(sight.cpuNanos(), SLICE_NANOS / 5);
            }
        }
    }

    private static void answer(BufferedReader commands, PrintStream answers, Crew crew)
            throws Exception {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            String[] words = line.split(" ", -1);
            List<Crew.Sight> sights =
                    crew.call(Integer.parseInt(words[0]), Long.parseLong(words[1]));
            answers.println(told(sights));
        }
    }

    /** Threads end at different moments: their rates are added, not their calls. */
    private static String told(List<Crew.Sight> sights) throws IOException {
        double rate = 0;
        long calls = 0;
        long cpuNanos = 0;
        long bytes = 0;
        for (Crew.Sight sight : sights) {
            rate += (double) sight.calls() / sight.nanos();
            calls += sight.calls();
            cpuNanos += sight.cpuNanos();
            bytes += sight.bytes();
        }
        return String.format(
                Locale.ROOT,
                "%.3f %.3f %.3f",
                1 / rate,
                (double) cpuNanos / calls,
                (double) bytes / calls);
    }
}
