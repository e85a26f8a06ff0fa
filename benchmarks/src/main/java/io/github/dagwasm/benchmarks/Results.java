package io.github.dagwasm.benchmarks;

import io.github.dagwasm.spi.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * What a run of the benchmarks found.
 *
 * @param effort how long it measured
 * @param rows a row for each case and contender
 */
record Results(Effort effort, List<Row> rows) {

    private static final String HEAD =
            """
            | case | contender | ns per run | ns per processor | added ns per processor | ratio to loop | spread | bytes per run |
            |---|---|---:|---:|---:|---:|---:|---:|
            """;

    String markdown() {
        return rows.stream().map(Results::line).collect(Collectors.joining("", HEAD, ""))
                + "\n"
                + conditions()
                + "\n";
    }

    private String conditions() {
        return "%s, %d round(s), medians; %s %s, %d processors, %s %s"
                .formatted(
                        effort.name().toLowerCase(Locale.ROOT),
                        effort.rounds(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"));
    }

    private static String line(Row row) {
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %.1f | %s | %.1f | %.2f | %.0f |%n",
                row.of().label(),
                row.contender().label(),
                row.nanos(),
                row.nanosPerProcessor(),
                row.contender() instanceof Contender.Loop
                        ? ""
                        : String.format(Locale.ROOT, "%.0f", row.addedNanosPerProcessor()),
                row.ratio(),
                row.spread(),
                row.bytes());
    }

    String json() {
        return rows.stream()
                .map(Results::object)
                .collect(
                        Collectors.joining(
                                ",\n",
                                "{\"conditions\":"
                                        + JsonWriter.quote(conditions())
                                        + ",\"rows\":[\n",
                                "\n]}\n"));
    }

    /** A thread here is one that asks for runs; the pool's come on top. */
    private static String object(Row row) {
        return String.format(
                Locale.ROOT,
                "{\"case\":%s,\"contender\":%s,\"threads\":1,\"ns\":%.1f,\"bytes_per_call\":%.1f,"
                        + "\"processors\":%d,\"ratio\":%.3f,\"spread\":%.3f}",
                JsonWriter.quote(row.of().label()),
                JsonWriter.quote(row.contender().label()),
                row.nanos(),
                row.bytes(),
                row.of().size(),
                row.ratio(),
                row.spread());
    }
}
