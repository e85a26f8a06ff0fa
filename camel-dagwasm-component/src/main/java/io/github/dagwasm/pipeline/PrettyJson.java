package io.github.dagwasm.pipeline;

import io.github.dagwasm.text.JsonWriter;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Writes a tree of maps, lists, strings, numbers and truth values as JSON with two blanks of
 * indentation, in the tree's own order, so that the same tree is always the same text. What has
 * nothing below it but scalars stands in one line if that is short. Used by one thread.
 */
final class PrettyJson {

    private static final int LINE = 100;

    private final StringBuilder out = new StringBuilder();

    static String of(Object tree) {
        PrettyJson json = new PrettyJson();
        json.write(tree, 0);
        return json.out.append('\n').toString();
    }

    private void write(Object value, int depth) {
        if (value instanceof Map<?, ?> map) {
            writeAll(map.entrySet(), '{', '}', depth);
        } else if (value instanceof List<?> list) {
            writeAll(list, '[', ']', depth);
        } else if (value instanceof Map.Entry<?, ?> entry) {
            out.append(JsonWriter.quote(entry.getKey().toString())).append(": ");
            write(entry.getValue(), depth);
        } else {
            out.append(value instanceof String s ? JsonWriter.quote(s) : value.toString());
        }
    }

    private void writeAll(Iterable<?> values, char open, char close, int depth) {
        int start = out.length();
        writeAll(values, open, close, " ", " ", depth);
        if (out.length() - start > LINE - 2 * depth || out.indexOf("\n", start) >= 0) {
            out.setLength(start);
            String line = "\n" + "  ".repeat(depth + 1);
            writeAll(values, open, close, line, line.substring(0, line.length() - 2), depth + 1);
        }
    }

    private void writeAll(
            Iterable<?> values, char open, char close, String before, String last, int depth) {
        out.append(open);
        Iterator<?> all = values.iterator();
        if (!all.hasNext()) {
            out.append(close);
            return;
        }
        while (all.hasNext()) {
            out.append(before);
            write(all.next(), depth);
            out.append(all.hasNext() ? "," : "");
        }
        out.append(last).append(close);
    }
}
