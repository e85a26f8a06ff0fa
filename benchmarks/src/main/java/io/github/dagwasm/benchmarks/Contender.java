package io.github.dagwasm.benchmarks;

import io.github.dagwasm.spi.Strategy;
import java.util.ArrayList;
import java.util.List;
import org.openjdk.jmh.runner.options.ChainedOptionsBuilder;

/** One way to run the processors of a case. */
sealed interface Contender {

    /** The name in tables. */
    String label();

    /** Has JMH run this contender and no other. */
    ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options);

    /** The loop, to which all others are compared. */
    record Loop() implements Contender {
        @Override
        public String label() {
            return "loop";
        }

        @Override
        public ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
            return options.include(pattern("loop"));
        }
    }

    /** The executor. */
    record Executor(Strategy strategy, int maxConcurrency) implements Contender {
        @Override
        public String label() {
            return strategy.key() + " x" + maxConcurrency;
        }

        @Override
        public ChainedOptionsBuilder applyTo(ChainedOptionsBuilder options) {
            return options.include(pattern("executor"))
                    .param("strategy", strategy.name())
                    .param("maxConcurrency", Integer.toString(maxConcurrency));
        }
    }

    /** A chain never has two processors ready, so one bound tells as much as two. */
    static List<Contender> of(Shape shape) {
        List<Integer> bounds = shape == Shape.CHAIN ? List.of(2) : List.of(1, 2);
        List<Contender> contenders = new ArrayList<>(List.of(new Loop()));
        for (int maxConcurrency : bounds) {
            for (Strategy strategy : Strategy.values()) {
                contenders.add(new Executor(strategy, maxConcurrency));
            }
        }
        return contenders;
    }

    private static String pattern(String method) {
        return "^" + ExecutorBenchmark.class.getName().replace(".", "\\.") + "\\." + method + "$";
    }
}
