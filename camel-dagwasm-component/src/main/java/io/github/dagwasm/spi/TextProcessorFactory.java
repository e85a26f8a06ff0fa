package io.github.dagwasm.spi;

import java.util.List;

/**
 * Makes local processors of one name. The built-in ones are made this way; a user's own is found
 * through {@link java.util.ServiceLoader}, by a line with its class name in {@code
 * META-INF/services/io.github.dagwasm.spi.TextProcessorFactory}.
 */
public interface TextProcessorFactory {

    /**
     * The word after {@code impl:}.
     *
     * @return a name in snake case
     */
    String name();

    /**
     * What may stand under {@code options:}.
     *
     * @return the specs
     */
    default List<KeySpec> options() {
        return List.of();
    }

    /**
     * Makes a processor.
     *
     * @param options the values of the options, which fit the specs
     * @return the processor
     */
    TextProcessor create(KeyValues options);
}
