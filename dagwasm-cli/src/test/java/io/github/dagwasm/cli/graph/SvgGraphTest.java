package io.github.dagwasm.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;

class SvgGraphTest {

    @Test
    void drawsKindsMarksAndDependencies() throws Exception {
        String expected;
        try (var in = SvgGraphTest.class.getResourceAsStream("small.svg")) {
            expected = new String(in.readAllBytes(), StandardCharsets.UTF_8);
        }

        assertThat(SvgGraph.of(Drawings.small())).isEqualTo(expected);
    }

    @Test
    void saysInItsDescriptionWhatItShows() throws Exception {
        Element svg = parse(SvgGraph.of(Drawings.small()));

        assertThat(svg.getAttribute("role")).isEqualTo("img");
        assertThat(texts(svg, "title")).containsExactly("demo");
        assertThat(texts(svg, "desc"))
                .containsExactly(
                        "Processors: 3. lower (local) reads the input."
                                + " redact (wasm, sandboxed · required) reads lower and gives the output."
                                + " enrich (camel · analyze) reads redact.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "</text><script>alert(1)</script>",
                "\"]]>&amp;&lt;!--",
                "日本語 🦀✨",
                "  two  blanks  ",
                "}</style><style>*{display:none}"
            })
    void showsAnIdAsItself(String id) throws Exception {
        Element svg = parse(SvgGraph.of(Drawings.single(id)));

        assertThat(texts(svg, "text")).containsExactly("one", "input", "local", id);
        assertThat(texts(svg, "script")).isEmpty();
    }

    @Test
    void showsCharactersThatXmlHasNotByTheirNumber() throws Exception {
        Element svg = parse(SvgGraph.of(Drawings.single("a\u0000\u001b\ufffe\ud800z")));

        assertThat(texts(svg, "text"))
                .containsExactly("one", "input", "local", "a\\u{0}\\u{1b}\\u{fffe}\\u{d800}z");
    }

    @Test
    void drawsTheInputAloneForNoProcessors() throws Exception {
        Element svg = parse(SvgGraph.of(Drawings.empty()));

        assertThat(texts(svg, "text")).containsExactly("", "input");
        assertThat(texts(svg, "desc")).containsExactly("Processors: 0.");
    }

    @ParameterizedTest
    @CsvSource({"10, 100", "1000, 1", "1, 1000"})
    void drawsAThousandProcessors(int layers, int width) throws Exception {
        Element svg = parse(SvgGraph.of(Drawings.layered(layers, width)));

        assertThat(texts(svg, "text")).hasSize(2 + 2 * 1000);
    }

    @Test
    void drawsTheSameTwice() {
        Drawing drawing = Drawings.layered(8, 12);

        assertThat(SvgGraph.of(drawing)).isEqualTo(SvgGraph.of(drawing));
    }

    private static Element parse(String svg) throws Exception {
        return DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(new InputSource(new StringReader(svg)))
                .getDocumentElement();
    }

    private static List<String> texts(Element svg, String name) {
        NodeList found = svg.getElementsByTagName(name);
        return IntStream.range(0, found.getLength())
                .mapToObj(i -> found.item(i).getTextContent())
                .toList();
    }
}
