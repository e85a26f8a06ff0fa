package io.github.dagwasm.executor;

import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.ProcessorOutcome;
import io.github.dagwasm.text.JsonWriter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a run of a random DAG must come to, worked out one processor after the other from the words
 * of the specification and from nothing that the executor uses.
 */
final class Oracle {

    /**
     * A text, who made it (-1: nobody, it is the input) and the required transforms all of it has
     * passed.
     */
    private record Told(String text, int origin, Set<Integer> passed) {}

    private final RandomDag dag;
    private final boolean nothingFails;
    final Map<Integer, ProcessorOutcome> outcomes = new LinkedHashMap<>();
    final Map<Integer, String> seen = new LinkedHashMap<>();
    private final Map<Integer, Told> texts = new LinkedHashMap<>();
    private final Map<Integer, Integer> levels = new LinkedHashMap<>();

    Oracle(RandomDag dag) {
        this(dag, false);
    }

    private Oracle(RandomDag dag, boolean nothingFails) {
        this.dag = dag;
        this.nothingFails = nothingFails;
        while (outcomes.size() < dag.nodes.size()) {
            for (int node = 0; node < dag.nodes.size(); node++) {
                if (!outcomes.containsKey(node)
                        && outcomes.keySet().containsAll(dag.nodes.get(node).dependsOn())) {
                    settle(node);
                }
            }
        }
    }

    private void settle(int number) {
        RandomDag.Node node = dag.nodes.get(number);
        levels.put(number, node.dependsOn().stream().mapToInt(levels::get).max().orElse(-1) + 1);
        List<Integer> good = node.dependsOn().stream().filter(texts::containsKey).toList();
        boolean bestEffort = dag.failureStrategy == FailureStrategy.BEST_EFFORT;
        boolean runs =
                bestEffort
                        ? node.dependsOn().isEmpty() || !good.isEmpty()
                        : good.size() == node.dependsOn().size();
        if (!runs) {
            outcomes.put(number, ProcessorOutcome.SKIPPED);
            return;
        }
        if (node.fails() && !nothingFails) {
            outcomes.put(number, ProcessorOutcome.FAILED);
            return;
        }
        Told input = input(number, node, good);
        outcomes.put(number, ProcessorOutcome.SUCCEEDED);
        seen.put(number, input.text());
        if (node.intent() == Intent.ANALYZE) {
            texts.put(number, input);
        } else {
            Set<Integer> passed = new TreeSet<>(input.passed());
            if (node.required()) {
                passed.add(number);
            }
            texts.put(number, new Told(input.text() + "/" + node.id(), number, passed));
        }
    }

    private Told input(int number, RandomDag.Node node, List<Integer> good) {
        if (node.dependsOn().isEmpty()) {
            return new Told("in", -1, Set.of());
        }
        if (node.dependsOn().size() == 1) {
            return texts.get(good.get(0));
        }
        Merge merge = node.merge().orElse(Merge.DEEPEST);
        return switch (merge) {
            case FIRST -> texts.get(good.get(0));
            case LAST -> texts.get(good.get(good.size() - 1));
            case DEEPEST -> texts.get(deepest(good));
            case CONCAT ->
                    new Told(
                            String.join("+", good.stream().map(d -> texts.get(d).text()).toList()),
                            number,
                            common(good));
            case JSON -> new Told(json(node), number, common(good));
        };
    }

    private String json(RandomDag.Node node) {
        List<String> members = new ArrayList<>();
        for (int dependency : node.dependsOn()) {
            String value =
                    texts.containsKey(dependency)
                            ? JsonWriter.quote(texts.get(dependency).text())
                            : "null";
            members.add("\"" + dag.nodes.get(dependency).id() + "\":" + value);
        }
        return "{" + String.join(",", members) + "}";
    }

    private Set<Integer> common(List<Integer> good) {
        Set<Integer> passed = new TreeSet<>(texts.get(good.get(0)).passed());
        good.forEach(dependency -> passed.retainAll(texts.get(dependency).passed()));
        return passed;
    }

    private int deepest(List<Integer> nodes) {
        return nodes.stream()
                .max(
                        Comparator.comparingInt((Integer node) -> originLevel(texts.get(node)))
                                .thenComparingInt(node -> texts.get(node).origin())
                                .thenComparingInt(nodes::indexOf))
                .orElseThrow();
    }

    private int originLevel(Told told) {
        return told.origin() < 0 ? -1 : levels.get(told.origin());
    }

    boolean partial() {
        return texts.size() < dag.nodes.size();
    }

    /** The output; empty where the run fails. */
    Optional<String> output() {
        if (partial() && dag.failureStrategy != FailureStrategy.BEST_EFFORT) {
            return Optional.empty();
        }
        Set<Integer> required = new TreeSet<>();
        for (int node = 0; node < dag.nodes.size(); node++) {
            if (dag.nodes.get(node).required()) {
                if (!texts.containsKey(node)) {
                    return Optional.empty();
                }
                if (dag.nodes.get(node).intent() == Intent.TRANSFORM) {
                    required.add(node);
                }
            }
        }
        List<Integer> sinks = sinks();
        if (dag.output.isPresent()) {
            return unbypassed(number(dag.output.get()));
        }
        if (texts.keySet().containsAll(sinks)) {
            return unbypassed(deepest(sinks));
        }
        List<Integer> good =
                sinks.stream()
                        .filter(
                                n ->
                                        texts.containsKey(n)
                                                && texts.get(n).passed().containsAll(required))
                        .toList();
        if (!good.isEmpty()) {
            return Optional.of(texts.get(deepest(good)).text());
        }
        return texts.values().stream()
                .filter(told -> told.origin() >= 0 && told.passed().containsAll(required))
                .max(Comparator.comparingInt(this::originLevel).thenComparingInt(Told::origin))
                .map(Told::text);
    }

    /**
     * A failure must not lead around a required transform that the text passes through when nothing
     * fails.
     */
    private Optional<String> unbypassed(int node) {
        if (!texts.containsKey(node)) {
            return Optional.empty();
        }
        Oracle fair = new Oracle(dag, true);
        int foreseen = dag.output.isPresent() ? node : fair.deepest(fair.sinks());
        boolean bypassed =
                partial()
                        && !texts.get(node).passed().containsAll(fair.texts.get(foreseen).passed());
        return bypassed ? Optional.empty() : Optional.of(texts.get(node).text());
    }

    /** Two of three processors hand their id on, in the order of the file. */
    List<HandedOn> handedOn() {
        return IntStream.range(0, dag.nodes.size())
                .filter(node -> node % 3 != 0 && texts.containsKey(node))
                .mapToObj(node -> new HandedOn("last", dag.nodes.get(node).id(), false))
                .toList();
    }

    private List<Integer> sinks() {
        List<Integer> sinks = new ArrayList<>();
        for (int node = 0; node < dag.nodes.size(); node++) {
            int candidate = node;
            if (dag.nodes.stream().noneMatch(n -> n.dependsOn().contains(candidate))) {
                sinks.add(node);
            }
        }
        return sinks;
    }

    private int number(String id) {
        return dag.nodes.stream().map(RandomDag.Node::id).toList().indexOf(id);
    }
}
