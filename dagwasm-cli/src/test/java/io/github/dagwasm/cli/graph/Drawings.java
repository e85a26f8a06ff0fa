package io.github.dagwasm.cli.graph;

import io.github.dagwasm.cli.graph.Drawing.Edge;
import io.github.dagwasm.cli.graph.Drawing.Kind;
import io.github.dagwasm.cli.graph.Drawing.Mark;
import io.github.dagwasm.cli.graph.Drawing.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Drawings that both writers are tried on. */
final class Drawings {

    private Drawings() {}

    static Drawing small() {
        return new Drawing(
                "demo",
                List.of(
                        node("lower", Kind.LOCAL, List.of("change_text_case_lower")),
                        node(
                                "redact",
                                Kind.WASM,
                                List.of("wasm_modules/redact.wasm"),
                                Mark.REQUIRED,
                                Mark.OUTPUT),
                        node("enrich", Kind.CAMEL, List.of(), Mark.ANALYZE)),
                List.of(new Edge("lower", "redact"), new Edge("redact", "enrich")));
    }

    static Drawing single(String id) {
        return new Drawing("one", List.of(node(id, Kind.LOCAL, List.of())), List.of());
    }

    static Drawing empty() {
        return new Drawing("", List.of(), List.of());
    }

    static Drawing layered(int layers, int width) {
        List<Node> nodes = new ArrayList<>();
        List<Edge> edges = new ArrayList<>();
        for (int layer = 0; layer < layers; layer++) {
            for (int i = 0; i < width; i++) {
                nodes.add(node("p" + layer + "_" + i, Kind.WASM, List.of()));
                if (layer > 0) {
                    String from = "p" + (layer - 1) + "_";
                    String to = "p" + layer + "_" + i;
                    edges.add(new Edge(from + i, to));
                    edges.add(new Edge(from + (i + 1) % width, to));
                }
            }
        }
        return new Drawing("large", nodes, edges);
    }

    static Node node(String id, Kind kind, List<String> details, Mark... marks) {
        return new Node(id, details, kind, Set.of(marks));
    }
}
