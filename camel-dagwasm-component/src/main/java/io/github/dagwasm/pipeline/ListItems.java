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
        boolean escaped = false;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean plain = c != ESCAPE && c != COMMA;
            if (escaped && plain) {
                item.append(ESCAPE);
            }
            if (escaped || plain) {
                item.append(c);
            } else if (c == COMMA) {
                items.add(item.toString().strip());
                item.setLength(0);
            }
            escaped = c == ESCAPE && !escaped;
        }
        if (escaped) {
            item.append(ESCAPE);
        }
        items.add(item.toString().strip());
        return items;
    }
}
