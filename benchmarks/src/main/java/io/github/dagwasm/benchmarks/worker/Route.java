package io.github.dagwasm.benchmarks.worker;

import org.apache.camel.model.RouteDefinition;

/** What stands behind {@code direct:}. */
interface Route {

    /** Adds it to a route. */
    void extend(RouteDefinition route) throws Exception;

    /** The text that is sent. */
    String input();

    /** What it makes of {@link #input()}. */
    String output();
}
