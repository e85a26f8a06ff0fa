package io.github.dagwasm.cli.inspect;

import java.util.ArrayList;
import java.util.List;

/** Aligns the rows of a list, and breaks long lines. */
final class Columns {

    /** A name that is longer pushes its own row aside, and not all others. */
    private static final int WIDEST = 48;

    static final int WIDTH = 96;

    private Columns() {}

    /** The rows as lines, indented. */
    static List<String> of(List<List<String>> rows) {
        return rows.stream().map(row -> line(row, rows)).toList();
    }

    /** Words on as few lines as fit behind an indent. */
    static List<String> wrapped(List<String> words, int indent) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : words) {
            if (line.length() > 0 && indent + line.length() + 1 + word.length() > WIDTH) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }

    private static String line(List<String> row, List<List<String>> rows) {
        StringBuilder line = new StringBuilder();
        for (int i = 0; i < row.size(); i++) {
            String cell = row.get(i);
            line.append("  ").append(cell);
            if (i < row.size() - 1) {
                line.append(" ".repeat(Math.max(0, width(rows, i) - cell.length())));
            }
        }
        return line.toString().stripTrailing();
    }

    private static int width(List<List<String>> rows, int column) {
        return rows.stream()
                .mapToInt(row -> row.get(column).length())
                .filter(length -> length <= WIDEST)
                .max()
                .orElse(0);
    }
}
