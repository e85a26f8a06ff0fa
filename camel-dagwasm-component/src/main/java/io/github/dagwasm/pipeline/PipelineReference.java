package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The reference of a pipeline file's keys as Markdown, made of the specs that the reader goes by.
 * Immutable.
 */
public final class PipelineReference {

    private final PipelineKeys keys;

    private PipelineReference(PipelineKeys keys) {
        this.keys = keys;
    }

    /**
     * The reference of files whose processors may name the given backends.
     *
     * @param backends the backends
     * @return the reference
     * @throws IllegalArgumentException if there is no backend, or if a key means two things
     */
    public static PipelineReference of(Collection<? extends Backend> backends) {
        return new PipelineReference(new PipelineKeys(backends));
    }

    /**
     * The reference as Markdown: a table for the top of the file, one for every processor, and for
     * each backend those of its keys and options. The same backends in the same order give the same
     * text.
     *
     * @return the Markdown, with a line feed at the end
     */
    public String toMarkdown() {
        StringBuilder page = new StringBuilder();
        table(page, "The pipeline", keys.top());
        table(page, "Every processor", keys.generic());
        keys.byBackend().forEach((name, processor) -> backend(page, name, processor));
        return page.toString();
    }

    private static void backend(StringBuilder page, String name, ProcessorKeys processor) {
        table(page, "Processors of backend `" + name + "`", processor.own());
        Optional<KeySpec> chooser = processor.chooser();
        List<KeySpec> common = processor.options(Optional.of(""));
        table(page, "Options of backend `" + name + "`", common);
        Map<String, List<KeySpec>> choices = chooser.map(KeySpec::choices).orElse(Map.of());
        choices.forEach(
                (choice, options) ->
                        table(
                                page,
                                "Options of `%s: %s`"
                                        .formatted(
                                                chooser.map(KeySpec::name).orElseThrow(), choice),
                                options));
    }

    private static void table(StringBuilder page, String title, List<KeySpec> specs) {
        if (specs.isEmpty()) {
            return;
        }
        page.append(page.isEmpty() ? "" : "\n").append("### ").append(title).append("\n\n");
        page.append("| Key | Value | Default | Meaning |\n|---|---|---|---|\n");
        rows("", specs).forEach(row -> page.append(row).append('\n'));
    }

    /** A row for each key; the keys of a block, with its name before theirs, follow it. */
    private static List<String> rows(String prefix, List<KeySpec> specs) {
        List<String> rows = new ArrayList<>();
        for (KeySpec spec : specs) {
            rows.add(row(prefix, spec));
            if (!spec.name().equals(PipelineKeys.PROCESSORS)) {
                rows.addAll(rows(prefix + spec.name() + ".", spec.keys()));
            }
        }
        return rows;
    }

    private static String row(String prefix, KeySpec spec) {
        String also =
                spec.aliases().stream().map(a -> " or `" + a + "`").collect(Collectors.joining());
        String fallback =
                spec.required()
                        ? "required"
                        : spec.defaultValue()
                                .map(v -> "`" + v.replace("\n", "\\n") + "`")
                                .orElse("");
        return "| `%s`%s | %s | %s | %s |"
                .formatted(
                        prefix + spec.name(),
                        also,
                        cell(value(spec)),
                        cell(fallback),
                        cell(spec.description()));
    }

    private static String value(KeySpec spec) {
        if (spec.name().equals(PipelineKeys.PROCESSORS)) {
            return "a list of processors";
        }
        return spec.choices().isEmpty()
                ? Phrases.expected(spec)
                : spec.choices().keySet().stream()
                        .map(choice -> "`" + choice + "`")
                        .collect(Collectors.joining(", "));
    }

    private static String cell(String text) {
        return text.replace("|", "\\|");
    }
}
