package io.github.dagwasm.benchmarks;

import java.util.Map;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/**
 * One way to run the processors of a case.
 *
 * @param label its name in tables
 * @param method the method of {@link ExecutorBenchmark}
 * @param processors how many processors one call goes through
 * @param parameters the values of the benchmark's parameters
 */
record Contender(String label, String method, int processors, Map<String, String> parameters) {

    /** Has JMH run this contender and no other. */
    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
        String benchmark = ExecutorBenchmark.class.getName().replace(".", "\\.");
        options.include("^" + benchmark + "\\." + method + "$");
        parameters.forEach(options::param);
        return options;
    }
}
