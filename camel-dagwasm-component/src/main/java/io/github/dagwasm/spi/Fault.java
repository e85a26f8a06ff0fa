package io.github.dagwasm.spi;

/**
 * One thing that is wrong with a pipeline file, at its place in the user's own document.
 *
 * @param file the file, as the user named it
 * @param line the line, from 1
 * @param column the column, from 1
 * @param where the path of the key, as in {@code processors[2].depends_on[0]}; empty for the file
 *     as a whole
 * @param problem what is wrong, what was expected, and a suggestion where there is one
 */
public record Fault(String file, int line, int column, String where, String problem) {

    /** The form in which users see it: {@code file:line:column: where: problem}. */
    @Override
    public String toString() {
        return file
                + ":"
                + line
                + ":"
                + column
                + ": "
                + (where.isEmpty() ? "" : where + ": ")
                + problem;
    }
}
