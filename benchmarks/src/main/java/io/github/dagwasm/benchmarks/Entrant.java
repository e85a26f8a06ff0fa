package io.github.dagwasm.benchmarks;

import java.util.List;

/**
 * A contender that is measured in a worker of its own.
 *
 * @param label its name in tables
 * @param command how the worker is started
 */
record Entrant(String label, List<String> command) {}
