package io.github.dagwasm.spi;

import java.nio.file.Path;
import java.util.Optional;

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
 */
public record ProcessorDefinition(
        String pipeline,
        String id,
        Optional<Path> directory,
        KeyValues keys,
        KeyValues options,
        KeyValues settings) {

    private static final int SHOWN = 400;

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
