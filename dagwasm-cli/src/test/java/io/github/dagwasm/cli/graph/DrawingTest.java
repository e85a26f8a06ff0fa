package io.github.dagwasm.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.cli.graph.Drawing.Edge;
import io.github.dagwasm.cli.graph.Drawing.Kind;
import io.github.dagwasm.cli.graph.Drawing.Node;
import java.util.List;
import org.junit.jupiter.api.Test;

class DrawingTest {

    private static final Node NODE = Drawings.node("a", Kind.LOCAL, List.of());

    @Test
    void refusesAnIdThatIsThereTwice() {
        assertThatThrownBy(() -> new Drawing("t", List.of(NODE, NODE), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("nodes: 'a' is there twice");
    }

    @Test
    void refusesAnEdgeWithoutAnEnd() {
        assertThatThrownBy(() -> new Drawing("t", List.of(NODE), List.of(new Edge("a", "missing"))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("edges: no node 'missing'");
    }

    @Test
    void drawsTheInputBeforeRootsAndTheOutputBehindItsMakers() {
        List<Arrow> arrows = Drawings.small().arrows();

        assertThat(arrows)
                .containsExactly(
                        new Arrow(Arrow.INPUT, 0),
                        new Arrow(0, 1),
                        new Arrow(1, 2),
                        new Arrow(1, Arrow.OUTPUT));
    }

    @Test
    void showsWhatCannotBeSeenAndCutsWhatIsTooLong() {
        Node node = Drawings.node("a\n\u202eb" + "c".repeat(100), Kind.LOCAL, List.of());

        assertThat(node.name()).isEqualTo("a\\u{a}\\u{202e}b" + "c".repeat(76) + "…");
    }
}
