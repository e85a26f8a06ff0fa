package io.github.dagwasm.cli.graph;

import io.github.dagwasm.cli.graph.Drawing.Kind;
import io.github.dagwasm.cli.graph.Drawing.Mark;
import io.github.dagwasm.cli.graph.Drawing.Node;
import io.github.dagwasm.text.JsonWriter;
import java.util.List;
import java.util.Locale;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes a drawing as a Mermaid flowchart, for a README or an issue. A wasm processor stands in a
 * box with double sides and a colour of its own. Stateless.
 *
 * <p>Mermaid's own defaults refuse a text of more than 50,000 characters or 500 edges; its options
 * {@code maxTextSize} and {@code maxEdges} raise that.
 */
public final class MermaidGraph {

    private static final String STYLES =
            """
                classDef terminal fill:#41505f,stroke:#41505f,color:#ffffff
                classDef local fill:#e9f2fb,stroke:#3973ac,color:#14283c
                classDef wasm fill:#f1eafb,stroke:#7048b6,color:#281846
                classDef camel fill:#fcf0db,stroke:#b0701a,color:#3c2907
                classDef analyze stroke-dasharray:6 4
                classDef required stroke-width:4px
            """;

    /** The zero width non-joiner: keeps two characters apart and is not seen. */
    private static final String APART = "#8204;";

    private MermaidGraph() {}

    /**
     * Writes a drawing.
     *
     * @param drawing what there is to see
     * @return the text of a flowchart, its last line ended
     */
    public static String of(Drawing drawing) {
        StringBuilder out = new StringBuilder();
        // A front matter is YAML, of which JSON's strings are a part.
        line(out, "---");
        line(out, "title: " + JsonWriter.quote(drawing.shownTitle()));
        line(out, "---");
        line(out, "flowchart LR");
        line(out, "    input([\"input\"])");
        for (int i = 0; i < drawing.nodes().size(); i++) {
            line(out, "    n" + i + box(drawing.nodes().get(i)));
        }
        if (drawing.hasOutput()) {
            line(out, "    output([\"output\"])");
        }
        for (Arrow arrow : drawing.arrows()) {
            String stroke = arrow.leadsToOutput() ? " ==> " : " --> ";
            line(out, "    " + name(arrow.from()) + stroke + name(arrow.to()));
        }
        out.append(STYLES);
        line(out, "    class input" + (drawing.hasOutput() ? ",output" : "") + " terminal");
        for (Kind kind : Kind.values()) {
            mark(out, drawing, kind.name(), node -> node.kind() == kind);
        }
        for (Mark mark : List.of(Mark.ANALYZE, Mark.REQUIRED)) {
            mark(out, drawing, mark.name(), node -> node.is(mark));
        }
        return out.toString();
    }

    private static void line(StringBuilder out, String line) {
        out.append(line).append('\n');
    }

    private static String box(Node node) {
        Stream<String> lines =
                Stream.of(
                                Stream.of(node.name()),
                                node.shownDetails().stream(),
                                Stream.of(node.words()))
                        .flatMap(part -> part);
        String label = lines.map(MermaidGraph::label).collect(Collectors.joining("<br/>"));
        return switch (node.kind()) {
            case LOCAL -> "(\"" + label + "\")";
            case WASM -> "[[\"" + label + "\"]]";
            case CAMEL -> "[/\"" + label + "\"/]";
        };
    }

    private static String name(int end) {
        return switch (end) {
            case Arrow.INPUT -> "input";
            case Arrow.OUTPUT -> "output";
            default -> "n" + end;
        };
    }

    private static void mark(
            StringBuilder out, Drawing drawing, String styleClass, Predicate<Node> which) {
        String names =
                IntStream.range(0, drawing.nodes().size())
                        .filter(i -> which.test(drawing.nodes().get(i)))
                        .mapToObj(MermaidGraph::name)
                        .collect(Collectors.joining(","));
        if (!names.isEmpty()) {
            line(out, "    class " + names + " " + styleClass.toLowerCase(Locale.ROOT));
        }
    }

    /** Writes as an entity whatever could mean something to Mermaid, to Markdown or to HTML. */
    private static String label(String text) {
        StringBuilder out = new StringBuilder();
        int before = ' ';
        for (int i = 0; i < text.length(); ) {
            int c = text.codePointAt(i);
            i += Character.charCount(c);
            int after = i < text.length() ? text.codePointAt(i) : ' ';
            if (joined(before, c)) {
                out.append(APART);
            }
            if (plain(before, c, after)) {
                out.appendCodePoint(c);
            } else {
                out.append('#').append(c).append(';');
            }
            before = c;
        }
        return out.toString();
    }

    /**
     * Whether Mermaid gives two characters a meaning even where they were written as entities:
     * {@code $$} begins a formula, the others are what it puts in an entity's place meanwhile.
     */
    private static boolean joined(int before, int c) {
        return switch (before) {
            case '$' -> c == '$';
            case 'ﬂ' -> c == '°';
            case '¶' -> c == 'ß';
            default -> false;
        };
    }

    private static boolean plain(int before, int c, int after) {
        return switch (c) {
            // Inside a word these neither start a list nor emphasize nor make a link.
            case '_', '-', '.', '/', ':' ->
                    Character.isLetterOrDigit(before) && Character.isLetterOrDigit(after);
            case ' ' -> before != ' ';
            case ',', '·' -> true;
            default -> Character.isLetterOrDigit(c) || (c > 0xff && !Character.isWhitespace(c));
        };
    }
}
