package io.github.dagwasm.cli.graph;

import io.github.dagwasm.text.GuestText;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What there is to see of a pipeline. The writers add the run's input, which every node without a
 * dependency reads, and its output, which takes the text of every node marked {@link Mark#OUTPUT}.
 * Immutable.
 *
 * @param title what stands above the picture
 * @param nodes the processors, in the order of the file
 * @param edges the dependencies
 */
public record Drawing(String title, List<Node> nodes, List<Edge> edges) {

    /** How much of a title, id or detail is drawn, in code points. */
    private static final int SHOWN = 80;

    /** Where a processor does its work. */
    public enum Kind {
        /** Trusted Java. */
        LOCAL("local"),
        /** A WebAssembly module in its sandbox. */
        WASM("wasm, sandboxed"),
        /** A Camel endpoint. */
        CAMEL("camel");

        private final String words;

        Kind(String words) {
            this.words = words;
        }
    }

    /** What is to be seen of a processor besides its kind. */
    public enum Mark {
        /** Its text is its input: drawn dashed. */
        ANALYZE,
        /** Its failure fails the run: drawn bold. */
        REQUIRED,
        /** Its text becomes, or may become, the run's output: drawn with a bold edge to it. */
        OUTPUT
    }

    /**
     * A processor.
     *
     * @param id its id, unique in the drawing
     * @param details the lines below the id, such as a module or an endpoint
     * @param kind where it does its work
     * @param marks what else is to be seen of it
     */
    public record Node(String id, List<String> details, Kind kind, Set<Mark> marks) {

        /** Copies the collections. */
        public Node {
            Objects.requireNonNull(id, "id");
            details = List.copyOf(details);
            Objects.requireNonNull(kind, "kind");
            Set<Mark> copy = EnumSet.noneOf(Mark.class);
            copy.addAll(marks);
            marks = Collections.unmodifiableSet(copy);
        }

        boolean is(Mark mark) {
            return marks.contains(mark);
        }

        String name() {
            return shown(id);
        }

        List<String> shownDetails() {
            return details.stream().map(Drawing::shown).toList();
        }

        /** Says in words what shape and colour say too. */
        String words() {
            Stream<String> said =
                    marks.stream()
                            .filter(mark -> mark != Mark.OUTPUT)
                            .map(mark -> mark.name().toLowerCase(Locale.ROOT));
            return Stream.concat(Stream.of(kind.words), said).collect(Collectors.joining(" · "));
        }
    }

    /**
     * A dependency.
     *
     * @param from the id of the processor depended on
     * @param to the id of the processor that depends on it
     */
    public record Edge(String from, String to) {

        /** Checks that both ends are there. */
        public Edge {
            Objects.requireNonNull(from, "from");
            Objects.requireNonNull(to, "to");
        }
    }

    /**
     * Checks that ids are unique and every edge has its ends.
     *
     * @throws IllegalArgumentException if an id is there twice, or an edge names one that is not
     *     there
     */
    public Drawing {
        Objects.requireNonNull(title, "title");
        nodes = List.copyOf(nodes);
        edges = List.copyOf(edges);
        Set<String> ids = new HashSet<>();
        for (Node node : nodes) {
            if (!ids.add(node.id())) {
                throw new IllegalArgumentException("nodes: '" + node.id() + "' is there twice");
            }
        }
        for (Edge edge : edges) {
            for (String end : List.of(edge.from(), edge.to())) {
                if (!ids.contains(end)) {
                    throw new IllegalArgumentException("edges: no node '" + end + "'");
                }
            }
        }
    }

    String shownTitle() {
        return shown(title);
    }

    boolean hasOutput() {
        return nodes.stream().anyMatch(node -> node.is(Mark.OUTPUT));
    }

    /** All arrows of the picture: from the input, among the nodes, to the output. */
    List<Arrow> arrows() {
        Map<String, Integer> positions = new HashMap<>();
        nodes.forEach(node -> positions.put(node.id(), positions.size()));
        Set<String> dependents = edges.stream().map(Edge::to).collect(Collectors.toSet());
        List<Arrow> arrows = new ArrayList<>();
        for (Node node : nodes) {
            if (!dependents.contains(node.id())) {
                arrows.add(new Arrow(Arrow.INPUT, positions.get(node.id())));
            }
        }
        for (Edge edge : edges) {
            arrows.add(new Arrow(positions.get(edge.from()), positions.get(edge.to())));
        }
        for (Node node : nodes) {
            if (node.is(Mark.OUTPUT)) {
                arrows.add(new Arrow(positions.get(node.id()), Arrow.OUTPUT));
            }
        }
        return arrows;
    }

    private static String shown(String text) {
        return GuestText.escape(text, SHOWN);
    }
}
