package io.github.dagwasm.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
     * Measures, prints the table and writes {@code results.json} and {@code results.md}.
     *
     * @param args the folder to write to; then {@code --quick}, or nothing
     * @throws IOException if the results cannot be written
     * @throws RunnerException if a benchmark fails
     */
    public static void main(String[] args) throws IOException, RunnerException {
        Effort effort = List.of(args).contains("--quick") ? Effort.QUICK : Effort.FULL;
        Results results = new Results(effort, measure(effort));
        Path folder = Files.createDirectories(Path.of(args[0]));
        Files.writeString(folder.resolve("results.json"), results.json());
        Files.writeString(folder.resolve("results.md"), results.markdown());
        System.out.print(results.markdown());
    }

    private static List<Row> measure(Effort effort) throws RunnerException {
        Map<Case, Map<Contender, List<Row.Sample>>> samples = new LinkedHashMap<>();
        for (int round = 0; round < effort.rounds(); round++) {
            for (Case of : Case.all()) {
                System.err.printf(
                        "benchmarks: round %d of %d, %s%n", round + 1, effort.rounds(), of.label());
                Map<Contender, List<Row.Sample>> ofCase =
                        samples.computeIfAbsent(of, key -> new LinkedHashMap<>());
                List<Contender> contenders = new ArrayList<>(Contender.of(of.shape()));
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
                                                        ofCase.get(new Contender.Loop())))));
        return rows;
    }

    /** The fastest iteration counts, the mean of its many runs: other load only ever adds. */
    private static Row.Sample sample(Effort effort, Case of, Contender contender)
            throws RunnerException {
        RunResult result =
                new Runner(
                                effort.applyTo(contender.applyTo(of.applyTo(new OptionsBuilder())))
                                        .forks(1)
                                        .addProfiler(GCProfiler.class)
                                        .shouldFailOnError(true)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .runSingle();
        return new Row.Sample(
                result.getPrimaryResult().getStatistics().getMin(),
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
}
