package io.github.dagwasm.cli.graph;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import org.eclipse.elk.alg.layered.options.LayerConstraint;
import org.eclipse.elk.alg.layered.options.LayeredOptions;
import org.eclipse.elk.alg.layered.options.OrderingStrategy;
import org.eclipse.elk.core.RecursiveGraphLayoutEngine;
import org.eclipse.elk.core.math.ElkPadding;
import org.eclipse.elk.core.options.CoreOptions;
import org.eclipse.elk.core.options.Direction;
import org.eclipse.elk.core.options.EdgeRouting;
import org.eclipse.elk.core.util.BasicProgressMonitor;
import org.eclipse.elk.graph.ElkBendPoint;
import org.eclipse.elk.graph.ElkEdge;
import org.eclipse.elk.graph.ElkEdgeSection;
import org.eclipse.elk.graph.ElkNode;
import org.eclipse.elk.graph.util.ElkGraphUtil;

/**
 * Where boxes and lines lie: layers from left to right, lines at right angles, boxes of a layer in
 * their given order where that costs no crossing. The same input always gives the same layout.
 *
 * @param width the width of the whole
 * @param height the height of the whole
 * @param corners the upper left corner of each box, in the order given
 * @param lines the points of each line, in the order given
 */
record LayeredLayout(double width, double height, List<Point> corners, List<List<Point>> lines) {

    /** Beyond, keeping the order costs seconds: its time grows with the cube of a layer's size. */
    private static final int KEEPS_ORDER = 200;

    record Point(double x, double y) {}

    record Size(double width, double height) {}

    /**
     * A line.
     *
     * @param from the position of the box where it starts
     * @param to the position of the box where it ends
     */
    record Link(int from, int to) {}

    /**
     * Lays out a graph.
     *
     * @param boxes how large each box is
     * @param links the lines
     * @param last the box that stands to the right of all others, if one does
     */
    static LayeredLayout of(List<Size> boxes, List<Link> links, OptionalInt last) {
        ElkNode graph = ElkGraphUtil.createGraph();
        graph.setProperty(CoreOptions.ALGORITHM, LayeredOptions.ALGORITHM_ID);
        graph.setProperty(LayeredOptions.DIRECTION, Direction.RIGHT);
        graph.setProperty(LayeredOptions.EDGE_ROUTING, EdgeRouting.ORTHOGONAL);
        if (boxes.size() <= KEEPS_ORDER) {
            graph.setProperty(
                    LayeredOptions.CONSIDER_MODEL_ORDER_STRATEGY, OrderingStrategy.NODES_AND_EDGES);
        }
        graph.setProperty(LayeredOptions.PADDING, new ElkPadding(0));
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE, 24.0);
        graph.setProperty(LayeredOptions.SPACING_NODE_NODE_BETWEEN_LAYERS, 40.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE, 18.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_NODE_BETWEEN_LAYERS, 18.0);
        graph.setProperty(LayeredOptions.SPACING_EDGE_EDGE_BETWEEN_LAYERS, 12.0);
        List<ElkNode> nodes = new ArrayList<>();
        for (Size box : boxes) {
            ElkNode node = ElkGraphUtil.createNode(graph);
            node.setDimensions(box.width(), box.height());
            nodes.add(node);
        }
        last.ifPresent(
                box ->
                        nodes.get(box)
                                .setProperty(
                                        LayeredOptions.LAYERING_LAYER_CONSTRAINT,
                                        LayerConstraint.LAST_SEPARATE));
        List<ElkEdge> edges = new ArrayList<>();
        for (Link link : links) {
            edges.add(ElkGraphUtil.createSimpleEdge(nodes.get(link.from()), nodes.get(link.to())));
        }
        new RecursiveGraphLayoutEngine().layout(graph, new BasicProgressMonitor());
        return new LayeredLayout(
                graph.getWidth(),
                graph.getHeight(),
                nodes.stream().map(node -> new Point(node.getX(), node.getY())).toList(),
                edges.stream().map(LayeredLayout::points).toList());
    }

    private static List<Point> points(ElkEdge edge) {
        ElkEdgeSection section = ElkGraphUtil.firstEdgeSection(edge, false, false);
        List<Point> points = new ArrayList<>();
        points.add(new Point(section.getStartX(), section.getStartY()));
        for (ElkBendPoint bend : section.getBendPoints()) {
            points.add(new Point(bend.getX(), bend.getY()));
        }
        points.add(new Point(section.getEndX(), section.getEndY()));
        return points;
    }
}
