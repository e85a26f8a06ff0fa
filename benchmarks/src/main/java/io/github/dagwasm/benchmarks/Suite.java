package io.github.dagwasm.benchmarks;

import io.github.dagwasm.spi.Strategy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Cases that are measured together and make one table. */
enum Suite {
    /** What the executor adds to a loop. */
    EXECUTOR("run", "loop", true) {
        @Override
        List<Case> cases() {
            List<Case> cases = new ArrayList<>();
            for (Shape shape : Shape.values()) {
                for (int size : new int[] {1, 3, 10, 100}) {
                    cases.add(new Case(shape.key() + " of " + size, 1, ways(shape, size)));
                }
            }
            return cases;
        }
    },
    /** What the component adds to a route. */
    CAMEL("exchange", "floor", false) {
        @Override
        List<Case> cases() {
            List<Contender> routes = Arrays.stream(Route.values()).map(Suite::way).toList();
            return List.of(new Case("1 thread", 1, routes), new Case("2 threads", 2, routes));
        }
    };

    private final String call;
    private final String floor;
    private final boolean perProcessor;

    Suite(String call, String floor, boolean perProcessor) {
        this.call = call;
        this.floor = floor;
        this.perProcessor = perProcessor;
    }

    abstract List<Case> cases();

    /** The name on the command line. */
    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What one call is called. */
    String call() {
        return call;
    }

    /** What the first contender of each case is called. */
    String floor() {
        return floor;
    }

    /** Whether a call's time is told for each of its processors too. */
    boolean perProcessor() {
        return perProcessor;
    }

    /** A chain never has two processors ready, so one bound tells as much as two. */
    private static List<Contender> ways(Shape shape, int size) {
        Map<String, String> work = Map.of("shape", shape.name(), "size", Integer.toString(size));
        List<Contender> ways = new ArrayList<>();
        ways.add(new Contender("loop", ExecutorBenchmark.class, "loop", size, work));
        for (int bound : shape == Shape.CHAIN ? new int[] {2} : new int[] {1, 2}) {
            for (Strategy strategy : Strategy.values()) {
                ways.add(
                        new Contender(
                                strategy.key() + " x" + bound,
                                ExecutorBenchmark.class,
                                "executor",
                                size,
                                Map.of(
                                        "shape",
                                        shape.name(),
                                        "size",
                                        Integer.toString(size),
                                        "strategy",
                                        strategy.name(),
                                        "maxConcurrency",
                                        Integer.toString(bound))));
            }
        }
        return ways;
    }

    private static Contender way(Route route) {
        return new Contender(
                route.label(),
                CamelBenchmark.class,
                "exchange",
                route.processors(),
                Map.of("route", route.name()));
    }
}
