package io.github.dagwasm.spi;

import io.github.dagwasm.text.GuestText;
import java.util.Optional;
import java.util.function.UnaryOperator;

/**
 * One processor as its backend sees it.
 *
 * @param pipeline the pipeline's name
 * @param id the processor's id
 * @param directory the folder of the pipeline file, where it has one: relative resources are looked
 *     for there first
 * @param keys the values of the backend's own keys
 * @param options the values of the options
 * @param settings the values of the pipeline's block for the backend
 * @param names what the user calls a key, by its path in a pipeline file
 */
public record ProcessorDefinition(
        String pipeline,
        String id,
        Optional<ResourceFolder> directory,
        KeyValues keys,
        KeyValues options,
        KeyValues settings,
        UnaryOperator<String> names) {

    private static final int SHOWN = 400;

    /**
     * A processor of a file, where keys are called by their paths.
     *
     * @param pipeline the pipeline's name
     * @param id the processor's id
     * @param directory the folder of the pipeline file, where it has one
     * @param keys the values of the backend's own keys
     * @param options the values of the options
     * @param settings the values of the pipeline's block for the backend
     */
    public ProcessorDefinition(
            String pipeline,
            String id,
            Optional<ResourceFolder> directory,
            KeyValues keys,
            KeyValues options,
            KeyValues settings) {
        this(pipeline, id, directory, keys, options, settings, UnaryOperator.identity());
    }

    /**
     * What the user calls a key, for messages.
     *
     * @param key the key's path in the processor's block of a pipeline file, as in {@code
     *     limits.memory_mb} or {@code options.prefix}
     * @return the name; for a processor of a file the path itself
     */
    public String nameOf(String key) {
        return names.apply(key);
    }

    /**
     * What failures call the processor.
     *
     * @param resource the module or endpoint behind it, where there is one
     * @return {@code processor 'id' (resource)}
     */
    public String label(Optional<String> resource) {
        return label(id, resource);
    }

    /**
     * What failures call a processor.
     *
     * @param id the processor's id
     * @param resource the module or endpoint behind it, where there is one
     * @return {@code processor 'id' (resource)}
     */
    public static String label(String id, Optional<String> resource) {
        return "processor '"
                + shown(id)
                + "'"
                + resource.map(r -> " (" + shown(r) + ")").orElse("");
    }

    /**
     * What an author wrote may come from elsewhere, by a placeholder: it must not forge a line of a
     * log.
     */
    private static String shown(String written) {
        return GuestText.escape(written, SHOWN);
    }
}
