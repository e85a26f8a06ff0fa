package io.github.dagwasm.cli.graph;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MermaidGraphTest {

    private static final String STYLES =
            """
                classDef terminal fill:#41505f,stroke:#41505f,color:#ffffff
                classDef local fill:#e9f2fb,stroke:#3973ac,color:#14283c
                classDef wasm fill:#f1eafb,stroke:#7048b6,color:#281846
                classDef camel fill:#fcf0db,stroke:#b0701a,color:#3c2907
                classDef analyze stroke-dasharray:6 4
                classDef required stroke-width:4px
            """;

    @Test
    void drawsKindsMarksAndDependencies() {
        assertThat(MermaidGraph.of(Drawings.small()))
                .isEqualTo(
                        """
                        ---
                        title: "demo"
                        ---
                        flowchart LR
                            input(["input"])
                            n0("lower<br/>change_text_case_lower<br/>local")
                            n1[["redact<br/>wasm_modules/redact.wasm<br/>wasm, sandboxed · required"]]
                            n2[/"enrich<br/>camel · analyze"/]
                            output(["output"])
                            input --> n0
                            n0 --> n1
                            n1 --> n2
                            n1 ==> output
                        """
                                + STYLES
                                + """
                                    class input,output terminal
                                    class n0 local
                                    class n1 wasm
                                    class n2 camel
                                    class n2 analyze
                                    class n1 required
                                """);
    }

    @Test
    void drawsTheInputAloneForNoProcessors() {
        assertThat(MermaidGraph.of(Drawings.empty()))
                .isEqualTo(
                        """
                        ---
                        title: ""
                        ---
                        flowchart LR
                            input(["input"])
                        """
                                + STYLES
                                + "    class input terminal\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            ignoreLeadingAndTrailingWhitespace = true,
            textBlock =
                    """
                    wasm_modules/a-b.wasm    | wasm_modules/a-b.wasm
                    "]; click n0             | #34;#93;#59; click n0
                    <img src=x>              | #60;img src#61;x#62;
                    `code` #35; &lt;         | #96;code#96; #35;35#59; #38;lt#59;
                    1. *list* __bold__       | 1#46; #42;list#42; #95;#95;bold#95;#95;
                    http://host              | http#58;#47;#47;host
                    $$x$$                    | #36;#8204;#36;x#36;#8204;#36;
                    ﬂ°°60¶ß                  | ﬂ#8204;#176;#176;60#182;#8204;ß
                    %% end --> n1            | #37;#37; end #45;#45;#62; n1
                    日本語 🦀                 | 日本語 🦀
                    """)
    void writesAsAnEntityWhateverCouldMeanSomethingToMermaid(String id, String label) {
        assertThat(MermaidGraph.of(Drawings.single(id)))
                .contains("    n0(\"" + label + "<br/>local\")\n");
    }

    @Test
    void keepsATitleOnItsLine() {
        Drawing drawing = new Drawing("a\"\n---\nb: c", List.of(), List.of());

        assertThat(MermaidGraph.of(drawing))
                .startsWith("---\ntitle: \"a\\\"\\\\u{a}---\\\\u{a}b: c\"\n---\nflowchart LR\n");
    }

    @Test
    void drawsAThousandProcessors() {
        assertThat(
                        MermaidGraph.of(Drawings.layered(10, 100))
                                .lines()
                                .filter(l -> l.contains(" --> ")))
                .hasSize(100 + 2 * 900);
    }
}
