package io.github.dagwasm.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** A worker that runs, or that could not be started. For one thread. */
final class WorkerProcess implements AutoCloseable {

    private static final String READY = "ready";
    private static final String ABSENT = "absent ";

    private final String label;
    private final Path log;
    private final Optional<Process> process;
    private final Optional<BufferedReader> answers;
    private Optional<String> absence;

    /** Whether it has said that it is ready, or that there is nothing to measure. */
    private boolean answered;

    private WorkerProcess(
            String label, Path log, Optional<Process> process, Optional<String> absence) {
        this.label = label;
        this.log = log;
        this.process = process;
        this.absence = absence;
        answers = process.map(p -> p.inputReader(StandardCharsets.UTF_8));
        answered = absence.isPresent();
    }

    /** A worker that was started and warms up from now on. */
    static WorkerProcess started(String label, Path log, Process process, long warmUpMillis)
            throws IOException {
        WorkerProcess worker =
                new WorkerProcess(label, log, Optional.of(process), Optional.empty());
        worker.tell(Long.toString(warmUpMillis));
        return worker;
    }

    /** A worker that there cannot be. */
    static WorkerProcess absent(String label, String why) {
        return new WorkerProcess(label, Path.of(""), Optional.empty(), Optional.of(why));
    }

    String label() {
        return label;
    }

    /** Waits until it is ready. Why there is nothing to measure, where that is so. */
    Optional<String> absence() {
        if (!answered) {
            String answer = heard();
            if (answer.startsWith(ABSENT)) {
                absence = Optional.of(answer.substring(ABSENT.length()));
            } else if (!answer.equals(READY)) {
                throw failed("answered '" + answer + "'");
            }
            answered = true;
        }
        return absence;
    }

    /** Has so many threads call for a time, and at least once each. */
    Sample call(int threads, long nanos) throws IOException {
        tell(threads + " " + nanos);
        String[] words = heard().split(" ", -1);
        return new Sample(
                Double.parseDouble(words[0]),
                Double.parseDouble(words[1]),
                Double.parseDouble(words[2]));
    }

    private void tell(String line) throws IOException {
        process.orElseThrow()
                .getOutputStream()
                .write((line + "\n").getBytes(StandardCharsets.US_ASCII));
        process.orElseThrow().getOutputStream().flush();
    }

    private String heard() {
        try {
            String line = answers.orElseThrow().readLine();
            if (line == null) {
                throw failed("ended");
            }
            return line;
        } catch (IOException e) {
            throw new UncheckedIOException(label, e);
        }
    }

    private IllegalStateException failed(String how) {
        String said;
        try {
            said = Files.readString(log);
        } catch (IOException e) {
            said = e.toString();
        }
        return new IllegalStateException("worker '" + label + "' " + how + "; it said:\n" + said);
    }

    /** Ends the process, which by then has nothing left to say. */
    @Override
    public void close() {
        process.ifPresent(
                running -> {
                    running.destroy();
                    try {
                        if (!running.waitFor(5, TimeUnit.SECONDS)) {
                            running.destroyForcibly();
                        }
                    } catch (InterruptedException e) {
                        running.destroyForcibly();
                        Thread.currentThread().interrupt();
                    }
                });
    }
}
