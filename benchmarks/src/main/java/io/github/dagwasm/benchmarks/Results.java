package io.github.dagwasm.benchmarks;

import io.github.dagwasm.spi.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run of the benchmarks found.
 *
 * @param effort how long it measured
 * @param suites for each suite a row for each case and contender
 */
record Results(Effort effort, Map<Suite, List<Row>> suites) {

    String markdown() {
        return suites.entrySet().stream()
                        .map(suite -> table(suite.getKey(), suite.getValue()))
                        .collect(Collectors.joining("\n"))
                + "\n"
                + conditions()
                + "\n";
    }

    private static String table(Suite suite, List<Row> rows) {
        return rows.stream()
                .map(row -> line(suite, row))
                .collect(Collectors.joining("", head(suite), ""));
    }

    private static String head(Suite suite) {
        String times =
                suite.perProcessor()
                        ? "ns per processor | added ns per processor"
                        : "added ns per " + suite.call();
        return """
                | case | contender | ns per %s | %s | ratio to %s | spread | bytes per %s |
                |---|---|---:|%s---:|---:|---:|---:|
                """
                .formatted(
                        suite.call(),
                        times,
                        suite.floor(),
                        suite.call(),
                        suite.perProcessor() ? "---:|" : "");
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

    private static String line(Suite suite, Row row) {
        int parts = suite.perProcessor() ? row.contender().processors() : 1;
        String part =
                suite.perProcessor()
                        ? String.format(Locale.ROOT, "%.1f | ", row.nanos() / parts)
                        : "";
        String added =
                row.isFloor() ? "" : String.format(Locale.ROOT, "%.0f", row.addedNanos() / parts);
        return String.format(
                Locale.ROOT,
                "| %s | %s | %.1f | %s%s | %.2f | %.2f | %.0f |%n",
                row.of().label(),
                row.contender().label(),
                row.nanos(),
                part,
                added,
                row.ratio(),
                row.spread(),
                row.bytes());
    }

    String json() {
        return suites.values().stream()
                .flatMap(List::stream)
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
                "{\"case\":%s,\"contender\":%s,\"threads\":%d,\"ns\":%.1f,\"bytes_per_call\":%.1f,"
                        + "\"processors\":%d,\"ratio\":%.3f,\"spread\":%.3f}",
                JsonWriter.quote(row.of().label()),
                JsonWriter.quote(row.contender().label()),
                row.of().threads(),
                row.nanos(),
                row.bytes(),
                row.contender().processors(),
                row.ratio(),
                row.spread());
    }
}
