package io.github.dagwasm.benchmarks;

import io.github.dagwasm.text.JsonWriter;
import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * What a run of the benchmarks found.
 *
 * @param effort how long it measured
 * @param outcomes what each part found
 */
record Results(Effort effort, Map<Part, Outcome> outcomes) {

    String markdown() {
        StringBuilder text = new StringBuilder();
        outcomes.forEach(
                (part, outcome) -> {
                    text.append("### ").append(part.key()).append("\n\n");
                    text.append(Tables.of(part, outcome.rows())).append('\n');
                    outcome.absent()
                            .forEach(
                                    (contender, why) ->
                                            text.append("Not measured: ")
                                                    .append(contender)
                                                    .append(": ")
                                                    .append(why)
                                                    .append("\n\n"));
                });
        List<Aim> aims = new Aims(outcomes).all();
        if (!aims.isEmpty()) {
            text.append("### aims\n\n| | aim | measured | met |\n|---|---|---:|---|\n");
            aims.forEach(aim -> text.append(aim.line()));
            text.append('\n');
        }
        return text + conditions() + "\n";
    }

    private String conditions() {
        return "%s, medians over the rounds; %s %s, %d processors, %s %s; load average %.1f at the end"
                .formatted(
                        effort.name().toLowerCase(Locale.ROOT),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.version"),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("os.name"),
                        System.getProperty("os.arch"),
                        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
    }

    String json() {
        String rows =
                outcomes.entrySet().stream()
                        .flatMap(
                                part ->
                                        part.getValue().rows().stream()
                                                .map(row -> object(part.getKey(), row)))
                        .collect(Collectors.joining(",\n"));
        String aims =
                new Aims(outcomes).all().stream().map(Aim::json).collect(Collectors.joining(",\n"));
        return "{\"conditions\":%s,\"rows\":[\n%s\n],\"aims\":[\n%s\n]}\n"
                .formatted(JsonWriter.quote(conditions()), rows, aims);
    }

    /** A thread here is one that calls; those of the executor's pool come on top. */
    private static String object(Part part, Row row) {
        return String.format(
                Locale.ROOT,
                "{\"part\":%s,\"case\":%s,\"contender\":%s,\"threads\":%d,\"ns\":%.1f,\"cpu_ns\":%s,"
                        + "\"bytes_per_call\":%s,\"processors\":%d,\"ratio\":%.3f,\"spread\":%.3f}",
                JsonWriter.quote(part.key()),
                JsonWriter.quote(row.of()),
                JsonWriter.quote(row.contender()),
                row.threads(),
                row.nanos(),
                number(row.cpuNanos()),
                number(row.bytes()),
                row.processors(),
                row.ratio(),
                row.spread());
    }

    private static String number(double number) {
        return Double.isNaN(number) ? "null" : String.format(Locale.ROOT, "%.1f", number);
    }
}
