package io.github.dagwasm.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PlainCall;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import io.github.dagwasm.text.Text;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class LocalBackendTest {

    private static final List<String> TRANSFORMS =
            List.of(
                    "change_text_case_upper",
                    "change_text_case_lower",
                    "change_text_case_proper",
                    "change_text_case_title",
                    "reverse_text",
                    "prefix_suffix_adder");
    private static final List<String> ANALYZERS =
            List.of("token_counter", "word_frequency_analyzer");

    /**
     * A user's own factory, as ServiceLoader needs it: public, with a constructor that takes
     * nothing.
     */
    public static final class ShoutFactory implements TextProcessorFactory {

        @Override
        public String name() {
            return "shout";
        }

        @Override
        public List<KeySpec> options() {
            return List.of(KeySpec.of("mark", KeySpec.Type.STRING, "What to shout with."));
        }

        @Override
        public TextProcessor create(KeyValues options) {
            String mark = options.string("mark").orElse("!");
            return call -> ProcessorResult.of(call.text().string() + mark);
        }
    }

    private record Named(String name, TextProcessor processor) implements TextProcessorFactory {

        @Override
        public TextProcessor create(KeyValues options) {
            return processor;
        }
    }

    static List<String> builtIn() {
        return List.copyOf(choices(builtInBackend()).keySet());
    }

    @Test
    void offersTheBuiltInProcessorsUnderImplOrProcessor() {
        LocalBackend backend = builtInBackend();

        assertThat(backend.name()).isEqualTo("local");
        assertThat(backend.keys()).hasSize(1);
        KeySpec impl = backend.keys().get(0);
        assertThat(impl.name()).isEqualTo("impl");
        assertThat(impl.aliases()).containsExactly("processor");
        assertThat(impl.required()).isTrue();
        assertThat(impl.choices().keySet())
                .containsExactlyElementsOf(
                        Stream.concat(TRANSFORMS.stream(), ANALYZERS.stream()).toList());
        assertThat(backend.defaultTimeout()).isEmpty();
        assertThat(backend.settings()).isEmpty();
        assertThat(backend.options()).isEmpty();
    }

    @Test
    void eachProcessorBringsItsOwnOptions() {
        Map<String, List<KeySpec>> choices = choices(builtInBackend());

        assertThat(choices.get("reverse_text")).isEmpty();
        assertThat(choices.get("prefix_suffix_adder"))
                .extracting(KeySpec::name)
                .containsExactly("prefix", "suffix");
        assertThat(choices.get("token_counter").get(0).choices().keySet())
                .containsExactly("words", "characters", "lines");
        assertThat(choices.get("word_frequency_analyzer").get(0).range())
                .contains(new KeySpec.Range(1, Integer.MAX_VALUE));
    }

    @Test
    void onlyTheCountersAnalyze() {
        assertThat(TRANSFORMS).allMatch(name -> processor(name).intent() == Intent.TRANSFORM);
        assertThat(ANALYZERS).allMatch(name -> processor(name).intent() == Intent.ANALYZE);
    }

    @ParameterizedTest
    @MethodSource("builtIn")
    void everyProcessorRefusesAnUnpairedSurrogate(String name) {
        assertThatThrownBy(() -> LocalCall.result(name, Map.of(), "ab\ud83e!"))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage("unpaired surrogate at character 2 (U+D83E)");
    }

    @Test
    void analyzersReturnTheVeryTextTheyWereGiven() throws Exception {
        Text text = Text.of("a b");

        for (String name : ANALYZERS) {
            ProcessorResult result = processor(name).process(new PlainCall(text));

            assertThat(result.text()).isSameAs(text);
        }
    }

    @Test
    void findsTheUsersFactoriesByServiceLoader(@TempDir Path folder) throws Exception {
        Path services = Files.createDirectories(folder.resolve("META-INF/services"));
        Files.writeString(
                services.resolve(TextProcessorFactory.class.getName()),
                ShoutFactory.class.getName());

        try (URLClassLoader loader =
                new URLClassLoader(
                        new URL[] {folder.toUri().toURL()}, getClass().getClassLoader())) {
            LocalBackend backend = LocalBackend.load(loader);
            TextProcessor shout =
                    (TextProcessor)
                            backend.create(LocalCall.definition("shout", Map.of("mark", "?!")));

            assertThat(choices(backend).keySet()).endsWith("word_frequency_analyzer", "shout");
            assertThat(shout.process(new PlainCall(Text.of("hey"))).text().string())
                    .isEqualTo("hey?!");
        }
    }

    @Test
    void takesMoreFactoriesAndLeavesTheFirstBackendAsItWas() {
        LocalBackend backend = new LocalBackend(List.of());

        LocalBackend more = backend.with(List.of(new ShoutFactory()));

        assertThat(choices(backend)).isEmpty();
        assertThat(choices(more)).containsOnlyKeys("shout");
    }

    @Test
    void twoFactoriesOfOneNameAreRefusedByTheirClasses() {
        LocalBackend backend = builtInBackend();
        List<TextProcessorFactory> more = List.of(new Named("reverse_text", call -> null));

        assertThatThrownBy(() -> backend.with(more))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "two local processors are named 'reverse_text':"
                                + " io.github.dagwasm.local.ReverseTextFactory and"
                                + " io.github.dagwasm.local.LocalBackendTest$Named;"
                                + " one needs another name");
    }

    @Test
    void aFactoryWithoutANameIsRefused() {
        List<TextProcessorFactory> factories = List.of(new Named(" ", call -> null));

        assertThatThrownBy(() -> new LocalBackend(factories))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "the name of a local processor must not be blank, but that of"
                                + " io.github.dagwasm.local.LocalBackendTest$Named is");
    }

    @Test
    void anUnknownProcessorIsRefusedWithTheNamesThereAre() {
        LocalBackend backend = new LocalBackend(List.of(new ShoutFactory()));

        assertThatThrownBy(() -> backend.create(LocalCall.definition("whisper", Map.of())))
                .isInstanceOf(ProcessorFailureException.class)
                .hasMessage("processor 'p1': no local processor 'whisper'; there are: shout");
    }

    @Test
    void aFactoryThatThrowsOrMakesNothingIsNamed() {
        TextProcessorFactory broken =
                new TextProcessorFactory() {
                    @Override
                    public String name() {
                        return "broken";
                    }

                    @Override
                    public TextProcessor create(KeyValues options) {
                        throw new IllegalStateException("no dictionary");
                    }
                };
        LocalBackend backend = new LocalBackend(List.of(new Named("none", null), broken));

        assertThatThrownBy(() -> backend.create(LocalCall.definition("none", Map.of())))
                .isInstanceOf(ProcessorFailureException.class)
                .hasMessage(
                        "processor 'p1': io.github.dagwasm.local.LocalBackendTest$Named"
                                + " made no processor");
        assertThatThrownBy(() -> backend.create(LocalCall.definition("broken", Map.of())))
                .isInstanceOf(ProcessorFailureException.class)
                .hasMessage(
                        "processor 'p1': io.github.dagwasm.local.LocalBackendTest$1 failed:"
                                + " java.lang.IllegalStateException: no dictionary")
                .hasCauseInstanceOf(IllegalStateException.class);
    }

    private static LocalBackend builtInBackend() {
        return LocalBackend.load(LocalBackendTest.class.getClassLoader());
    }

    private static TextProcessor processor(String name) {
        return LocalCall.processor(name, Map.of());
    }

    private static Map<String, List<KeySpec>> choices(LocalBackend backend) {
        return backend.keys().get(0).choices();
    }
}
