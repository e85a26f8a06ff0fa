package io.github.dagwasm.benchmarks;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.openjdk.jmh.runner.RunnerException;

/** Measures, and tells what it found. */
public final class Benchmarks {

    private Benchmarks() {}

    /**
     * Measures, prints the tables and writes {@code results.json}, {@code results.md} and, where
     * guests were measured, {@code results.svg}.
     *
     * @param args the folder {@code benchmarks}, built; then {@code --quick} and the parts to
     *     measure, in any order; without a part all of them
     * @throws IOException if a worker cannot be started or the results cannot be written
     * @throws RunnerException if a benchmark of JMH fails
     */
    public static void main(String[] args) throws IOException, RunnerException {
        Path folder = Path.of(args[0]);
        Set<String> words = Set.copyOf(List.of(args).subList(1, args.length));
        Effort effort = words.contains("--quick") ? Effort.QUICK : Effort.FULL;
        Workers workers = new Workers(folder, effort.warmUpMillis());
        Map<Part, Outcome> outcomes = new EnumMap<>(Part.class);
        for (Part part : Part.named(words)) {
            outcomes.put(part, part.measure(effort, workers));
        }
        write(new Results(effort, outcomes), folder.resolve("target"));
    }

    private static void write(Results results, Path target) throws IOException {
        Files.writeString(target.resolve("results.json"), results.json());
        Files.writeString(target.resolve("results.md"), results.markdown());
        Chart chart = Chart.of(results.outcomes());
        // One of an earlier run would be taken for this one's.
        Files.deleteIfExists(target.resolve("results.svg"));
        if (!chart.isEmpty()) {
            chart.writeTo(target.resolve("results.svg"));
        }
        System.out.print(results.markdown());
    }
}
