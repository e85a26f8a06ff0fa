package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.definition;
import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The guest modules that are of use, beside {@link RedactTest}. */
class UsefulModulesTest {

    private static final String MARKDOWN =
            """
            # *Hello*

            3. [safe](https://example.com) and [not](javascript:x)
            4. <b>raw</b>
            """;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    private ProcessorResult answer(String module, Map<String, Object> options, String text)
            throws Exception {
        Path file = Path.of("../wasm_modules", module);
        TextProcessor processor =
                (TextProcessor) backend.create(definition(file, Map.of(), options, Map.of()));
        return processor.process(with(text));
    }

    private String text(String module, String text) throws Exception {
        return answer(module, Map.of(), text).text().string();
    }

    @ParameterizedTest
    @CsvSource({"markdown_to_html.wasm", "cmark.wasm"})
    void markdownBecomesHtmlWithoutWhatIsDangerous(String module) throws Exception {
        assertThat(text(module, MARKDOWN))
                .isEqualTo(
                        """
                        <h1><em>Hello</em></h1>
                        <ol start="3">
                        <li><a href="https://example.com">safe</a> and <a href="">not</a></li>
                        <li><!-- raw HTML omitted -->raw<!-- raw HTML omitted --></li>
                        </ol>
                        """);
        assertThat(text(module, "")).isEmpty();
        assertThat(text(module, "a\0b")).isEqualTo("<p>a\ufffdb</p>\n");
    }

    @Test
    void theProgramCmarkTakesItsArguments() throws Exception {
        Map<String, Object> options = Map.of("args", List.of("--to", "commonmark"));

        assertThat(answer("cmark.wasm", options, "Title\n=====\n* a\n* b\n").text().string())
                .isEqualTo("# Title\n\n  - a\n  - b\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "`` | ``",
                "--- | ``",
                "Crème Brûlée: a \"Guide\" | creme-brulee-a-guide",
                "  Don’t stop, don't -- ever!  | dont-stop-dont-ever",
                "Straße ÆØÅ Þór Łódź İzmir Œuvre | strasse-aeoa-thor-lodz-izmir-oeuvre",
                "Phở Bò Việt Nam | pho-bo-viet-nam",
                "Cafe\u0301 ＡＢＣ１ ﬁn | cafe-abc1-fin",
                "Привет, МИР | привет-мир",
                "日本語、テスト हिन्दी สวัสดี | 日本語-テスト-हिन्दी-สวัสดี",
                "😀 50 % & more/less 😀 | 50-more-less",
                "𐐀 | 𐐨",
            })
    void titlesBecomeSlugs(String title, String slug) throws Exception {
        assertThat(text("slugify.wasm", title)).isEqualTo(slug);
    }

    @Test
    void aLongTitleBecomesALongSlug() throws Exception {
        String slug = text("slugify.wasm", "Ä ß ".repeat(1 << 20));

        assertThat(slug.equals("a-ss-".repeat((1 << 20) - 1) + "a-ss")).isTrue();
    }

    @Test
    void textsAreCounted() throws Exception {
        String text = "The well-known fox doesn't jump. \"Why?\" Version 1.63 won't say!\n\nEnd\n";

        assertThat(text("text_stats.wasm", text))
                .isEqualTo(
                        """
                        {"characters":"69","words":"12","sentences":"4","lines":"3",\
                        "paragraphs":"2","longest_word":"well-known","reading_seconds":"4",\
                        "lix":"20"}""");
    }
}
