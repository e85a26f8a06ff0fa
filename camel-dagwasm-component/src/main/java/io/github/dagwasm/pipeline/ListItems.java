package io.github.dagwasm.pipeline;

import java.util.ArrayList;
import java.util.List;

/**
 * A list that is written as one text, with commas between its items. {@code \,} is a comma within
 * an item and {@code \\} a backslash; any other backslash is itself. Stateless.
 */
final class ListItems {

    private static final char ESCAPE = '\\';
    private static final char COMMA = ',';

    private ListItems() {}

    /** The items, without the blanks around each. */
    static List<String> of(String text) {
        List<String> items = new ArrayList<>();
        StringBuilder item = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            char next = i + 1 < text.length() ? text.charAt(i + 1) : 0;
            if (c == ESCAPE && (next == ESCAPE || next == COMMA)) {
                item.append(next);
                i++;
            } else if (c == COMMA) {
                items.add(item.toString().strip());
                item.setLength(0);
            } else {
                item.append(c);
            }
        }
        items.add(item.toString().strip());
        return items;
    }
}
