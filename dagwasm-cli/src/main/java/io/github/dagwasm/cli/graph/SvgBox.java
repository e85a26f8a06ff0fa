package io.github.dagwasm.cli.graph;

import io.github.dagwasm.cli.graph.Drawing.Kind;
import io.github.dagwasm.cli.graph.Drawing.Node;
import io.github.dagwasm.cli.graph.LayeredLayout.Point;
import io.github.dagwasm.cli.graph.LayeredLayout.Size;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * One box of the SVG picture: its texts, its size and how it is drawn.
 *
 * @param styleClasses what it is, for the style sheet
 * @param texts its lines from top to bottom
 * @param frame the room between its border and the sandbox drawn around it; 0 for no sandbox
 */
record SvgBox(String styleClasses, List<Line> texts, double frame) {

    private static final double MARGIN_X = 14;
    private static final double MARGIN_Y = 9;
    private static final double FRAME = 6;

    private record Line(LineStyle style, String text) {}

    private enum LineStyle {
        WORDS(11, 16),
        NAME(14, 20),
        DETAIL(12, 16);

        private final double fontSize;
        private final double height;

        LineStyle(double fontSize, double height) {
            this.fontSize = fontSize;
            this.height = height;
        }

        private String styleClass() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static SvgBox terminal(String name) {
        return new SvgBox("terminal", List.of(new Line(LineStyle.NAME, name)), 0);
    }

    static SvgBox of(Node node) {
        List<Line> lines = new ArrayList<>();
        lines.add(new Line(LineStyle.WORDS, node.words()));
        lines.add(new Line(LineStyle.NAME, node.name()));
        node.shownDetails().forEach(detail -> lines.add(new Line(LineStyle.DETAIL, detail)));
        StringBuilder classes = new StringBuilder(node.kind().name());
        node.marks().forEach(mark -> classes.append(' ').append(mark.name()));
        return new SvgBox(
                classes.toString().toLowerCase(Locale.ROOT),
                lines,
                node.kind() == Kind.WASM ? FRAME : 0);
    }

    Size size() {
        double width = 0;
        double height = 0;
        for (Line line : texts) {
            width = Math.max(width, TextWidth.of(line.text(), line.style().fontSize));
            height += line.style().height;
        }
        return new Size(Math.ceil(width) + 2 * (MARGIN_X + frame), height + 2 * (MARGIN_Y + frame));
    }

    void write(Markup svg, Point corner) {
        Size size = size();
        svg.begin("g", "class", styleClasses);
        if (frame > 0) {
            rectangle(svg, "frame", corner, size, 0, 10);
        }
        boolean round = styleClasses.equals("terminal");
        rectangle(svg, "box", corner, size, frame, round ? size.height() / 2 : 6);
        double x = corner.x() + size.width() / 2;
        double y = corner.y() + frame + MARGIN_Y;
        for (Line line : texts) {
            // 0.72 of the way down a line of text lies its baseline.
            double baseline = y + 0.72 * line.style().height;
            svg.text(
                    "text",
                    line.text(),
                    "class",
                    line.style().styleClass(),
                    "x",
                    SvgGraph.number(x),
                    "y",
                    SvgGraph.number(baseline));
            y += line.style().height;
        }
        svg.end();
    }

    private static void rectangle(
            Markup svg, String styleClass, Point corner, Size size, double inset, double radius) {
        svg.empty(
                "rect",
                "class",
                styleClass,
                "x",
                SvgGraph.number(corner.x() + inset),
                "y",
                SvgGraph.number(corner.y() + inset),
                "width",
                SvgGraph.number(size.width() - 2 * inset),
                "height",
                SvgGraph.number(size.height() - 2 * inset),
                "rx",
                SvgGraph.number(radius));
    }
}
