package io.github.dagwasm.cli.graph;

import io.github.dagwasm.cli.graph.Drawing.Mark;
import io.github.dagwasm.cli.graph.Drawing.Node;
import io.github.dagwasm.cli.graph.LayeredLayout.Link;
import io.github.dagwasm.cli.graph.LayeredLayout.Point;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;

/**
 * Writes a drawing as one SVG document that needs nothing else: no script, no font, no style sheet.
 * It follows the reader's light or dark scheme and says in its description what it shows. The same
 * drawing always gives the same document. Stateless.
 */
public final class SvgGraph {

    private static final double MARGIN = 24;
    private static final double TITLE_HEIGHT = 40;
    private static final double TITLE_SIZE = 16;
    private static final double CORNER = 7;
    private static final double ARROW_HEAD = 8;

    private SvgGraph() {}

    /**
     * Writes a drawing.
     *
     * @param drawing what there is to see
     * @return the SVG document
     */
    public static String of(Drawing drawing) {
        List<SvgBox> boxes = new ArrayList<>();
        boxes.add(SvgBox.terminal("input"));
        drawing.nodes().forEach(node -> boxes.add(SvgBox.of(node)));
        if (drawing.hasOutput()) {
            boxes.add(SvgBox.terminal("output"));
        }
        int last = boxes.size() - 1;
        List<Arrow> arrows = drawing.arrows();
        List<Link> links =
                arrows.stream()
                        .map(arrow -> new Link(box(arrow.from(), last), box(arrow.to(), last)))
                        .toList();
        OptionalInt output = drawing.hasOutput() ? OptionalInt.of(last) : OptionalInt.empty();
        LayeredLayout layout =
                LayeredLayout.of(boxes.stream().map(SvgBox::size).toList(), links, output);

        Markup svg = new Markup();
        begin(svg, drawing, layout);
        for (int i = 0; i < arrows.size(); i++) {
            line(svg, arrows.get(i), layout.lines().get(i));
        }
        for (int i = 0; i < boxes.size(); i++) {
            boxes.get(i).write(svg, layout.corners().get(i));
        }
        return svg.end().end().toString();
    }

    private static int box(int end, int last) {
        return switch (end) {
            case Arrow.INPUT -> 0;
            case Arrow.OUTPUT -> last;
            default -> end + 1;
        };
    }

    private static void begin(Markup svg, Drawing drawing, LayeredLayout layout) {
        String title = drawing.shownTitle();
        double inner = Math.max(layout.width(), TextWidth.of(title, TITLE_SIZE));
        String width = number(Math.ceil(inner + 2 * MARGIN));
        String height = number(Math.ceil(layout.height() + 2 * MARGIN + TITLE_HEIGHT));
        svg.begin(
                "svg",
                "class",
                "dagwasm",
                "width",
                width,
                "height",
                height,
                "viewBox",
                "0 0 " + width + " " + height,
                "role",
                "img",
                "aria-labelledby",
                "dagwasm-title dagwasm-description",
                "xml:space",
                "preserve");
        svg.text("title", title, "id", "dagwasm-title");
        svg.text("desc", description(drawing), "id", "dagwasm-description");
        svg.text("style", SvgStyle.SHEET);
        svg.begin("defs");
        arrowHead(svg, "dagwasm-head", "head");
        arrowHead(svg, "dagwasm-output-head", "head output-head");
        svg.end();
        svg.empty("rect", "class", "page", "width", width, "height", height, "rx", "8");
        svg.text("text", title, "class", "heading", "x", number(MARGIN), "y", number(MARGIN + 12));
        svg.begin(
                "g",
                "transform",
                "translate(" + number(MARGIN) + " " + number(MARGIN + TITLE_HEIGHT) + ")");
    }

    private static void arrowHead(Markup svg, String id, String styleClass) {
        svg.begin(
                "marker",
                "id",
                id,
                "markerUnits",
                "userSpaceOnUse",
                "markerWidth",
                "12",
                "markerHeight",
                "12",
                "refX",
                "1",
                "refY",
                "6");
        svg.empty("path", "class", styleClass, "d", "M0 1.5L9 6L0 10.5Z");
        svg.end();
    }

    private static void line(Markup svg, Arrow arrow, List<Point> points) {
        boolean output = arrow.leadsToOutput();
        svg.empty(
                "path",
                "class",
                output ? "line output-line" : "line",
                "d",
                path(points),
                "marker-end",
                "url(#" + (output ? "dagwasm-output-head" : "dagwasm-head") + ")");
    }

    /** Lines at right angles with rounded bends; the arrow head takes the last stretch. */
    private static String path(List<Point> points) {
        StringBuilder path = new StringBuilder("M" + point(points.get(0)));
        int last = points.size() - 1;
        for (int i = 1; i < last; i++) {
            Point bend = points.get(i);
            Point before = towards(bend, points.get(i - 1));
            Point after = towards(bend, points.get(i + 1));
            path.append("L" + point(before) + "Q" + point(bend) + " " + point(after));
        }
        Point end = points.get(last);
        return path + "L" + point(new Point(end.x() - ARROW_HEAD, end.y()));
    }

    private static Point towards(Point bend, Point other) {
        double dx = other.x() - bend.x();
        double dy = other.y() - bend.y();
        double length = Math.hypot(dx, dy);
        double part = length == 0 ? 0 : Math.min(CORNER, length / 2) / length;
        return new Point(bend.x() + dx * part, bend.y() + dy * part);
    }

    private static String point(Point point) {
        return number(point.x()) + " " + number(point.y());
    }

    static String number(double value) {
        BigDecimal rounded = BigDecimal.valueOf(value).setScale(1, RoundingMode.HALF_UP);
        return rounded.stripTrailingZeros().toPlainString();
    }

    private static String description(Drawing drawing) {
        Map<Integer, String> read =
                drawing.arrows().stream()
                        .collect(
                                Collectors.groupingBy(
                                        Arrow::to,
                                        Collectors.mapping(
                                                arrow -> name(drawing, arrow.from()),
                                                Collectors.joining(", "))));
        StringBuilder text = new StringBuilder("Processors: " + drawing.nodes().size() + ".");
        for (int i = 0; i < drawing.nodes().size(); i++) {
            Node node = drawing.nodes().get(i);
            text.append(" " + node.name() + " (" + node.words() + ") reads " + read.get(i));
            text.append(node.is(Mark.OUTPUT) ? " and gives the output." : ".");
        }
        return text.toString();
    }

    private static String name(Drawing drawing, int end) {
        return end == Arrow.INPUT ? "the input" : drawing.nodes().get(end).name();
    }
}
