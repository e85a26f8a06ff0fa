package io.github.dagwasm.benchmarks;

import io.github.dagwasm.spi.Strategy;
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
 * What the executor adds to a loop, by JMH. In a round every contender of a case has one fresh JVM,
 * one right after the other, every second round in the opposite order.
 */
final class ExecutorCases {

    private ExecutorCases() {}

    static List<Row> measure(Effort effort) throws RunnerException {
        Map<Case, Map<Contender, List<Sample>>> samples = new LinkedHashMap<>();
        List<Case> cases = cases(effort);
        for (int round = 0; round < effort.jmhRounds(); round++) {
            for (Case of : cases) {
                System.err.printf(
                        "benchmarks: executor, %s, round %d of %d%n",
                        of.label(), round + 1, effort.jmhRounds());
                Map<Contender, List<Sample>> ofCase =
                        samples.computeIfAbsent(of, key -> new LinkedHashMap<>());
                List<Contender> contenders = new ArrayList<>(of.contenders());
                if (round % 2 == 1) {
                    Collections.reverse(contenders);
                }
                for (Contender contender : contenders) {
                    ofCase.computeIfAbsent(contender, key -> new ArrayList<>())
                            .add(sample(effort, contender));
                }
            }
        }
        List<Row> rows = new ArrayList<>();
        samples.forEach(
                (of, ofCase) ->
                        ofCase.forEach(
                                (contender, own) ->
                                        rows.add(row(of, contender, own, ofCase.get(of.floor())))));
        return rows;
    }

    private static Row row(Case of, Contender contender, List<Sample> own, List<Sample> floor) {
        return new Row(of.label(), contender.label(), 1, contender.processors(), own, floor);
    }

    private static List<Case> cases(Effort effort) {
        int[] sizes = effort == Effort.QUICK ? new int[] {10} : new int[] {1, 3, 10, 100};
        List<Case> cases = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int size : sizes) {
                cases.add(new Case(shape.key() + " of " + size, ways(shape, size)));
            }
        }
        return cases;
    }

    /** A chain never has two processors ready, so one bound tells as much as two. */
    private static List<Contender> ways(Shape shape, int size) {
        Map<String, String> work = Map.of("shape", shape.name(), "size", Integer.toString(size));
        List<Contender> ways = new ArrayList<>();
        ways.add(new Contender("loop", "loop", size, work));
        for (int bound : shape == Shape.CHAIN ? new int[] {2} : new int[] {1, 2}) {
            for (Strategy strategy : Strategy.values()) {
                ways.add(
                        new Contender(
                                strategy.key() + " x" + bound,
                                "executor",
                                size,
                                Map.of(
                                        "shape",
                                        shape.name(),
                                        "size",
                                        Integer.toString(size),
                                        "strategy",
                                        strategy.name(),
                                        "maxConcurrency",
                                        Integer.toString(bound))));
            }
        }
        return ways;
    }

    /** The fastest iteration counts, the mean of its many runs: other load only ever adds. */
    private static Sample sample(Effort effort, Contender contender) throws RunnerException {
        RunResult result =
                new Runner(
                                effort.applyTo(contender.applyTo(new OptionsBuilder()))
                                        .forks(1)
                                        .addProfiler(GCProfiler.class)
                                        .shouldFailOnError(true)
                                        .verbosity(VerboseMode.SILENT)
                                        .build())
                        .runSingle();
        return new Sample(
                result.getPrimaryResult().getStatistics().getMin(),
                Double.NaN,
                result.getSecondaryResults().get("gc.alloc.rate.norm").getScore());
    }
}
