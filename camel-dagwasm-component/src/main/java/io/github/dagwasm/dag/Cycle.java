package io.github.dagwasm.dag;

import java.util.List;

/**
 * A cycle among dependencies.
 *
 * @param path the nodes in order, each a dependency of the one before it; the first stands again at
 *     the end
 */
public record Cycle(List<Integer> path) implements GraphResult {

    /** Copies the path. */
    public Cycle {
        path = List.copyOf(path);
    }
}
