package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/** A DAG made of a seed: what each processor does, and what the run is told. */
final class RandomDag {

    /** How a processor is called. */
    enum Shape {
        SYNCHRONOUS,
        WITH_TIMEOUT,
        ASYNCHRONOUS,
        COMPLETED_AT_ONCE
    }

    /** One processor. */
    record Node(
            String id,
            Intent intent,
            Optional<Merge> merge,
            boolean required,
            boolean fails,
            int failuresBeforeSuccess,
            int delayMicros,
            Shape shape,
            List<Integer> dependsOn) {}

    final long seed;
    final List<Node> nodes;
    final Graph graph;
    final FailureStrategy failureStrategy;
    final Optional<String> output;
    final int maxConcurrency;

    RandomDag(long seed) {
        this.seed = seed;
        Random random = new Random(seed);
        int size = 1 + random.nextInt(12);
        double density = random.nextDouble();
        double failing = random.nextBoolean() ? 0 : random.nextDouble() * 0.4;
        // The order of the file is not the order of the graph: nodes are dealt out, then connected
        // along another order.
        List<Integer> topological = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            topological.add(node);
        }
        Collections.shuffle(topological, random);
        Node[] made = new Node[size];
        for (int index = 0; index < size; index++) {
            List<Integer> dependsOn = new ArrayList<>();
            for (int before = Math.max(0, index - 5); before < index; before++) {
                if (random.nextDouble() < density) {
                    dependsOn.add(topological.get(before));
                }
            }
            Collections.shuffle(dependsOn, random);
            made[topological.get(index)] = node(random, topological.get(index), dependsOn, failing);
        }
        this.nodes = List.of(made);
        this.graph = (Graph) Graph.of(nodes.stream().map(Node::dependsOn).toList());
        this.failureStrategy = pick(random, FailureStrategy.values());
        this.output =
                random.nextInt(3) == 0
                        ? Optional.of(nodes.get(random.nextInt(size)).id())
                        : Optional.empty();
        this.maxConcurrency = 1 + random.nextInt(4);
    }

    private static Node node(Random random, int number, List<Integer> dependsOn, double failing) {
        Optional<Merge> merge =
                dependsOn.size() > 1 && random.nextBoolean()
                        ? Optional.of(pick(random, Merge.values()))
                        : Optional.empty();
        return new Node(
                "n" + number,
                random.nextInt(3) == 0 ? Intent.ANALYZE : Intent.TRANSFORM,
                merge,
                random.nextInt(6) == 0,
                random.nextDouble() < failing,
                random.nextInt(500) == 0 ? 1 : 0,
                random.nextInt(4) == 0 ? random.nextInt(300) : 0,
                pick(random, Shape.values()),
                dependsOn);
    }

    static <T> T pick(Random random, T[] values) {
        return values[random.nextInt(values.length)];
    }

    Plan plan(Strategy strategy, RecordingProcessors processors) {
        List<PlannedProcessor> planned = new ArrayList<>();
        for (int number = 0; number < nodes.size(); number++) {
            Node node = nodes.get(number);
            planned.add(
                    new PlannedProcessor(
                            node.id(),
                            "local",
                            processors.processor(number),
                            node.merge(),
                            "+",
                            node.required(),
                            node.shape() == Shape.WITH_TIMEOUT
                                    ? Optional.of(
                                            new Timeout(Duration.ofSeconds(60), "timeout_seconds"))
                                    : Optional.empty(),
                            Retry.of(node.failuresBeforeSuccess())));
        }
        return new Plan(
                "random",
                strategy,
                failureStrategy,
                maxConcurrency,
                Optional.empty(),
                output,
                planned,
                graph);
    }

    @Override
    public String toString() {
        return "seed " + seed + ": " + failureStrategy + ", output " + output + ", " + nodes;
    }
}
