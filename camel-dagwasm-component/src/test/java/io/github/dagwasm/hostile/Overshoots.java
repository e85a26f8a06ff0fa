package io.github.dagwasm.hostile;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** How long guests ran on after their time was up: the worst of each attack. For one thread. */
final class Overshoots {

    private static final double NANOS_PER_MILLISECOND = 1e6;

    private final Map<String, Long> worst = new TreeMap<>();

    void add(String attack, long nanos) {
        worst.merge(attack, nanos, Math::max);
    }

    /** Writes a table, the worst first. */
    void writeTo(Path file) {
        StringBuilder table = new StringBuilder("| attack | ms after its time |\n|---|---|\n");
        worst.entrySet().stream()
                .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                .forEach(
                        e ->
                                table.append("| ")
                                        .append(e.getKey())
                                        .append(" | ")
                                        .append(Math.round(e.getValue() / NANOS_PER_MILLISECOND))
                                        .append(" |\n"));
        try {
            Files.writeString(file, table);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
