package io.github.dagwasm.dag;

/** What becomes of a list of dependencies: a graph, or the cycle that keeps it from being one. */
public sealed interface GraphResult permits Graph, Cycle {}
