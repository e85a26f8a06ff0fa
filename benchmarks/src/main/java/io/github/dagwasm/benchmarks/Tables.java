package io.github.dagwasm.benchmarks;

import io.github.dagwasm.benchmarks.worker.Convention;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collector;
import java.util.stream.Collectors;

/** Rows as Markdown, a table for each part. */
final class Tables {

    /** A column: its head, and what stands in it. */
    private record Column(String head, boolean number, Function<Row, String> cell) {}

    private static final Column CASE = new Column("case", false, Row::of);
    private static final Column CONTENDER = new Column("contender", false, Row::contender);
    private static final Column THREADS =
            new Column("threads", true, row -> Integer.toString(row.threads()));
    private static final Column SPREAD =
            new Column("spread", true, row -> decimals(2, row.spread()));

    private static final Column CPU = new Column("CPU ns", true, row -> known(1, row.cpuNanos()));

    private Tables() {}

    static String of(Part part, List<Row> rows) {
        List<Column> columns = columns(part);
        return columns.stream().map(Column::head).collect(line())
                + columns.stream().map(column -> column.number() ? "---:" : "---").collect(line())
                + rows.stream()
                        .map(row -> columns.stream().map(c -> c.cell().apply(row)).collect(line()))
                        .collect(Collectors.joining());
    }

    private static List<Column> ofCalls(String floor) {
        return List.of(
                CASE, THREADS, CONTENDER, nanos("call"), CPU, ratio(floor), SPREAD, bytes("call"));
    }

    private static List<Column> columns(Part part) {
        return switch (part) {
            case WASM -> ofCalls(Part.REUSED);
            case COMPARE ->
                    List.of(
                            CASE,
                            THREADS,
                            CONTENDER,
                            CPU,
                            new Column(
                                    "CPU ratio to before",
                                    true,
                                    row -> decimals(3, row.cpuRatio())),
                            ratio(Part.BEFORE),
                            SPREAD,
                            bytes("call"));
            case GUESTS -> ofCalls(Convention.CSTRING.label());
            case CAMEL ->
                    List.of(
                            CASE,
                            THREADS,
                            CONTENDER,
                            nanos("exchange"),
                            CPU,
                            added("exchange"),
                            ratio("floor"),
                            SPREAD,
                            bytes("exchange"));
            case DEADLINE ->
                    List.of(
                            CASE,
                            CONTENDER,
                            new Column("runs", true, row -> Integer.toString(row.samples().size())),
                            new Column(
                                    "median overshoot, ms",
                                    true,
                                    row -> decimals(2, Aims.overshootMillis(row.nanos()))),
                            new Column(
                                    "worst overshoot, ms",
                                    true,
                                    row -> decimals(2, Aims.overshootMillis(row.worstNanos()))));
            case EXECUTOR ->
                    List.of(
                            CASE,
                            CONTENDER,
                            nanos("run"),
                            new Column(
                                    "ns per processor",
                                    true,
                                    row -> decimals(1, row.nanos() / row.processors())),
                            added("processor"),
                            ratio("loop"),
                            SPREAD,
                            bytes("run"));
        };
    }

    private static Column nanos(String call) {
        return new Column("ns per " + call, true, row -> decimals(1, row.nanos()));
    }

    private static Column added(String each) {
        return new Column(
                "added ns per " + each,
                true,
                row -> row.isFloor() ? "" : decimals(0, row.addedNanos() / row.processors()));
    }

    private static Column ratio(String floor) {
        return new Column("ratio to " + floor, true, row -> decimals(2, row.ratio()));
    }

    private static Column bytes(String call) {
        return new Column("bytes per " + call, true, row -> known(0, row.bytes()));
    }

    private static String known(int decimals, double number) {
        return Double.isNaN(number) ? "" : decimals(decimals, number);
    }

    private static String decimals(int decimals, double number) {
        return String.format(Locale.ROOT, "%." + decimals + "f", number);
    }

    private static Collector<CharSequence, ?, String> line() {
        return Collectors.joining(" | ", "| ", " |\n");
    }
}
