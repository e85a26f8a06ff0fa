package io.github.dagwasm.benchmarks;

import java.util.Map;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * One way to do the work of a case.
 *
 * @param label its name in tables
 * @param benchmark the class with the benchmark
 * @param method the benchmark's method
 * @param processors how many processors one call goes through
 * @param parameters the values of the benchmark's parameters
 */
record Contender(
        String label,
        Class<?> benchmark,
        String method,
        int processors,
        Map<String, String> parameters) {

    /** Has JMH run this contender and no other. */
    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
        options.include("^" + benchmark.getName().replace(".", "\\.") + "\\." + method + "$");
        parameters.forEach(options::param);
        return options;
    }
}
