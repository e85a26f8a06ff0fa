package io.github.dagwasm.cli.graph;

/**
 * A line from one box of the picture to another.
 *
 * @param from the position of a node in its drawing, or {@link #INPUT}
 * @param to the position of a node in its drawing, or {@link #OUTPUT}
 */
record Arrow(int from, int to) {

    static final int INPUT = -1;
    static final int OUTPUT = -2;

    boolean leadsToOutput() {
        return to == OUTPUT;
    }
}
