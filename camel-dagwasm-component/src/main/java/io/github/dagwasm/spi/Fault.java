package io.github.dagwasm.spi;

/**
 * One thing that is wrong with a pipeline, at its place in the user's own document.
 *
 * @param file the file, as the user named it, or what stands for it
 * @param line the line, from 1; 0 where there is no file
 * @param column the column, from 1; 0 where there is no file
 * @param where the path of the key, as in {@code processors[2].depends_on[0]}, or what the user
 *     calls it where there is no file; empty for the whole
 * @param problem what is wrong, what was expected, and a suggestion where there is one
 */
public record Fault(String file, int line, int column, String where, String problem) {

    /**
     * The form in which users see it: {@code file:line:column: where: problem}, without line and
     * column where there is no file.
     */
    @Override
    public String toString() {
        String place = line == 0 ? file : file + ":" + line + ":" + column;
        return place + ": " + (where.isEmpty() ? "" : where + ": ") + problem;
    }
}
