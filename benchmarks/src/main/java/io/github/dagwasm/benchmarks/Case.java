package io.github.dagwasm.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * Processors to run.
 *
 * @param shape how they depend on each other
 * @param size how many there are
 */
record Case(Shape shape, int size) {

    static List<Case> all() {
        List<Case> cases = new ArrayList<>();
        for (Shape shape : Shape.values()) {
            for (int size : new int[] {1, 3, 10, 100}) {
                cases.add(new Case(shape, size));
            }
        }
        return cases;
    }

    String label() {
        return shape.key() + " of " + size;
    }

    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
        return options.param("shape", shape.name()).param("size", Integer.toString(size));
    }
}
