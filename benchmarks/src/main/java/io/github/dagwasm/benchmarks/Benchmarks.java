package io.github.dagwasm.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.openjdk.jmh.profile.GCProfiler;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.VerboseMode;

/**
 * Measures in rounds. In a round every contender of a case has one fresh JVM, one right after the
 * other, every second round in the opposite order: what disturbs the machine then disturbs all of
 * them, and their ratio stands.
 */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Measures, prints the tables and writes {@code results.json} and {@code results.md}.
     *
     * @param args the folder to write to; then {@code --quick} and the suites to measure, in any
     *     order; without a suite all of them
     * @throws IOException if the results cannot be written
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] args) throws IOException, RunnerException {
        List<String> words = List.of(args).subList(1, args.length);
        Effort effort = words.contains("--quick") ? Effort.QUICK : Effort.FULL;
        List<Suite> named =
                Arrays.stream(Suite.values()).filter(s -> words.contains(s.key())).toList();
        Map<Suite, List<Row>> rows = new LinkedHashMap<>();
        for (Suite suite : named.isEmpty() ? List.of(Suite.values()) : named) {
            rows.put(suite, measure(effort, suite));
        }
        Results results = new Results(effort, rows);
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("results.json"), results.json());
        Files.writeString(folder.resolve("results.md"), results.markdown());
        System.out.print(results.markdown());
    }

    private static List<Row> measure(Effort effort, Suite suite) throws RunnerException {
        Map<Case, Map<Contender, List<Row.Sample>>> samples = new LinkedHashMap<>();
        List<Case> cases = suite.cases();
        for (int round = 0; round < effort.rounds(); round++) {
            for (Case of : cases) {
                System.err.printf(
                        "benchmarks: %s, round %d of %d, %s%n",
                        suite.key(), round + 1, effort.rounds(), of.label());
                Map<Contender, List<Row.Sample>> ofCase =
                        samples.computeIfAbsent(of, key -> new LinkedHashMap<>());
                List<Contender> contenders = new ArrayList<>(of.contenders());
                if (round % 2 == 1) {
                    Collections.reverse(contenders);
                }
                for (Contender contender : contenders) {
                    ofCase.computeIfAbsent(contender, key -> new ArrayList<>())
                            .add(sample(effort, of, contender));
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        samples.forEach(
                (of, ofCase) ->
                        ofCase.forEach(
                                (contender, rounds) ->
                                        rows.add(
                                                new Row(
                                                        of,
                                                        contender,
                                                        rounds,
                                                        ofCase.get(of.floor())))));
        return rows;
    }

    /**
     * The fastest iteration counts, the mean of its many runs: other load only ever adds. JMH tells
     * the time that a call takes; of several threads each makes calls meanwhile.
     */
    private static Row.Sample sample(Effort effort, Case of, Contender contender)
            throws RunnerException {
        RunResult result =
                new Runner(
                                effort.applyTo(contender.applyTo(new OptionsBuilder()))
                                        .threads(of.threads())
                                        .forks(1)
                                        .addProfiler(GCProfiler.class)
                                        .shouldFailOnError(true)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .runSingle();
        return new Row.Sample(
                result.getPrimaryResult().getStatistics().getMin() / of.threads(),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
}
