package io.github.dagwasm.pipeline;

import java.util.Comparator;
import java.util.Optional;
import org.snakeyaml.engine.v2.exceptions.Mark;

/**
 * A place in a pipeline file.
 *
 * @param line the line, from 1; a line ends with LF, CR LF or CR; 0 where there is no file
 * @param column the column, from 1, counted in code points: an emoji is one column, whatever its
 *     size in UTF-8 or UTF-16; 0 where there is no file
 */
public record Position(int line, int column) implements Comparable<Position> {

    /** Where a file begins. */
    static final Position START = new Position(1, 1);

    /** The place of what stands in no file. */
    static final Position NOWHERE = new Position(0, 0);

    private static final Comparator<Position> FILE_ORDER =
            Comparator.comparingInt(Position::line).thenComparingInt(Position::column);

    /** The place of a mark; the tree that is made of parameters has none. */
    static Position of(Optional<Mark> mark) {
        return mark.map(m -> new Position(m.getLine() + 1, m.getColumn() + 1)).orElse(NOWHERE);
    }

    /** The place just after a text that stands at the beginning of a file. */
    static Position after(CharSequence text) {
        int line = 1;
        int column = 1;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            boolean crOfCrLf = c == '\r' && i + 1 < text.length() && text.charAt(i + 1) == '\n';
            if (c == '\n' || (c == '\r' && !crOfCrLf)) {
                line++;
                column = 1;
            } else if (!Character.isLowSurrogate(c)) {
                column++;
            }
        }
        return new Position(line, column);
    }

    /** Orders places as they come in the file. */
    @Override
    public int compareTo(Position other) {
        return FILE_ORDER.compare(this, other);
    }
}
