package io.github.dagwasm.executor;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Strategy;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a run runs: processors, their graph, and the rules. Immutable; one plan serves any number of
 * runs at once.
 */
public final class Plan {

    private final String name;
    private final Strategy strategy;
    private final FailureStrategy failureStrategy;
    private final int maxConcurrency;
    private final Optional<Timeout> runTimeout;
    private final Optional<String> output;
    private final List<PlannedProcessor> processors;
    private final Graph graph;
    private final int outputNode;
    private final int[] ranks;
    private final TextFlow flow;
    private final Outline outline;
    private final boolean keepsDeadlines;
    private final Optional<Chain> chain;

    /**
     * Puts a plan together.
     *
     * @param name the pipeline's name
     * @param strategy when processors run
     * @param failureStrategy what a failure means
     * @param maxConcurrency how many processors of one run may run at once, at least 1
     * @param runTimeout how long a run may take
     * @param output the processor whose text becomes the output, where the author chose
     * @param processors the processors; the position in the list is the node in the graph
     * @param graph the dependencies among them
     * @throws IllegalArgumentException if the numbers do not fit or the output is none of the
     *     processors
     */
    public Plan(
            String name,
            Strategy strategy,
            FailureStrategy failureStrategy,
            int maxConcurrency,
            Optional<Timeout> runTimeout,
            Optional<String> output,
            List<PlannedProcessor> processors,
            Graph graph) {
        this.name = Objects.requireNonNull(name, "name");
        this.strategy = Objects.requireNonNull(strategy, "strategy");
        this.failureStrategy = Objects.requireNonNull(failureStrategy, "failureStrategy");
        this.maxConcurrency = maxConcurrency;
        this.runTimeout = runTimeout;
        this.output = output;
        this.processors = List.copyOf(processors);
        this.graph = graph;
        if (maxConcurrency < 1) {
            throw new IllegalArgumentException(
                    "maxConcurrency must be >= 1, but is " + maxConcurrency);
        }
        if (processors.isEmpty() || processors.size() != graph.size()) {
            throw new IllegalArgumentException(
                    processors.size()
                            + " processors do not fit a graph of "
                            + graph.size()
                            + " nodes");
        }
        this.outputNode = output.map(this::nodeOf).orElse(-1);
        this.ranks = ranks(graph);
        this.flow = new TextFlow(this);
        this.outline = Outline.of(this);
        this.keepsDeadlines =
                this.processors.stream().allMatch(p -> p.keepsDeadline() && p.retries() == 0);
        this.chain = Chain.of(this);
    }

    private int nodeOf(String id) {
        return IntStream.range(0, processors.size())
                .filter(node -> processors.get(node).id().equals(id))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "no processor '" + id + "' to take the output from"));
    }

    private static int[] ranks(Graph graph) {
        int[] byRank =
                IntStream.range(0, graph.size())
                        .boxed()
                        .sorted(Comparator.comparingInt(graph::level))
                        .mapToInt(Integer::intValue)
                        .toArray();
        int[] ranks = new int[byRank.length];
        for (int rank = 0; rank < byRank.length; rank++) {
            ranks[byRank[rank]] = rank;
        }
        return ranks;
    }

    /**
     * The pipeline's name.
     *
     * @return the name
     */
    public String name() {
        return name;
    }

    /**
     * When processors run.
     *
     * @return the strategy
     */
    public Strategy strategy() {
        return strategy;
    }

    /**
     * What a failure means.
     *
     * @return the failure strategy
     */
    public FailureStrategy failureStrategy() {
        return failureStrategy;
    }

    /**
     * How many processors of one run may run at once.
     *
     * @return the number, at least 1
     */
    public int maxConcurrency() {
        return maxConcurrency;
    }

    /**
     * How long a run may take.
     *
     * @return the timeout, empty for none
     */
    public Optional<Timeout> runTimeout() {
        return runTimeout;
    }

    /**
     * The processor that the author named as the output.
     *
     * @return its id, empty where the default decides
     */
    public Optional<String> output() {
        return output;
    }

    /**
     * The processors, in the order of the file.
     *
     * @return the processors; the position is the node
     */
    public List<PlannedProcessor> processors() {
        return processors;
    }

    /**
     * The dependencies among the processors.
     *
     * @return the graph
     */
    public Graph graph() {
        return graph;
    }

    /**
     * Where texts come from and go to when nothing fails.
     *
     * @return the analysis
     */
    public TextFlow flow() {
        return flow;
    }

    /** The node of {@link #output()}, or -1. */
    int outputNode() {
        return outputNode;
    }

    /** Whether another text may become the output than the one that is foreseen. */
    boolean standIns() {
        return outputNode < 0 && failureStrategy == FailureStrategy.BEST_EFFORT;
    }

    /** Whether a node's text may become the output. */
    boolean mayBeOutput(int node) {
        return standIns() ? graph.dependentCount(node) == 0 : node == flow.bodyNode();
    }

    /** What a report tells of the plan. */
    Outline outline() {
        return outline;
    }

    /**
     * Whether every processor sees by itself that the run's time is up, and nothing but processors
     * takes time.
     */
    boolean keepsDeadlines() {
        return keepsDeadlines;
    }

    /** The plan as a chain, where it is one that a single thread can run without help. */
    Optional<Chain> chain() {
        return chain;
    }

    PlannedProcessor processor(int node) {
        return processors.get(node);
    }

    /** A node's place in the order by level, then declaration. */
    int rank(int node) {
        return ranks[node];
    }
}
