package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.ModuleRefusedException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * A kind of processor: what its keys and options are in a pipeline file, and how one is made. The
 * pipeline reader, its suggestions and the JSON Schema know no more of a backend than this. Safe
 * for use by any number of threads.
 */
public interface Backend extends AutoCloseable {

    /**
     * The word after {@code backend:}.
     *
     * @return a name in snake case
     */
    String name();

    /**
     * The keys of the pipeline's own block for this backend, which stands at the top of the file
     * under the backend's name.
     *
     * @return the specs, none where there is no such block
     */
    default List<KeySpec> settings() {
        return List.of();
    }

    /**
     * The keys that a processor of this backend has beside those that every processor has. A key
     * with {@linkplain KeySpec#choices() choices} may bring options along.
     *
     * @return the specs
     */
    List<KeySpec> keys();

    /**
     * What may stand under {@code options:} of every processor of this backend.
     *
     * @return the specs
     */
    default List<KeySpec> options() {
        return List.of();
    }

    /**
     * Looks at how the values of the pipeline's own block for this backend go together. Each fits
     * its spec; one that does not is absent here, and has its fault already.
     *
     * @param settings the values of the block
     * @return what is wrong with them, by the paths of their keys below the block
     */
    default List<KeyFault> settingsFaults(KeyValues settings) {
        return List.of();
    }

    /**
     * Looks at how the values of a processor go together, and with the pipeline's own block for
     * this backend. Each fits its spec; one that does not is absent here, and has its fault
     * already.
     *
     * @param keys the values of the backend's own keys
     * @param options the values of the options
     * @param settings the values of the pipeline's block
     * @return what is wrong with the processor, by the paths of its keys below the processor
     */
    default List<KeyFault> faults(KeyValues keys, KeyValues options, KeyValues settings) {
        return List.of();
    }

    /**
     * The key that names what is behind a processor: its module, its endpoint. A processor that
     * cannot be made is told of where this key stands in the file.
     *
     * @return one of {@link #keys()}, empty for the processor as a whole
     */
    default Optional<String> resourceKey() {
        return Optional.empty();
    }

    /**
     * How long a try of a processor may take where the pipeline does not say.
     *
     * @return the timeout, empty for none
     */
    default Optional<Duration> defaultTimeout() {
        return Optional.empty();
    }

    /**
     * What the operator allows a try of a processor to take at most. A pipeline that gives a
     * processor of this backend more is refused; {@link #defaultTimeout()} is not above it.
     *
     * @return the ceiling in seconds, empty for none
     */
    default Optional<KeySpec.Ceiling> timeoutCeiling() {
        return Optional.empty();
    }

    /**
     * Makes a processor. All that can go wrong before the first text goes wrong here.
     *
     * @param definition the processor's keys and options, which fit the specs
     * @return the processor, closed by the caller
     * @throws DagWasmException if the processor cannot be made: {@link ModuleRefusedException} for
     *     a module, {@link ProcessorFailureException} for anything else; the message begins with
     *     {@link ProcessorDefinition#label}
     */
    PipelineProcessor create(ProcessorDefinition definition);

    /** Gives back what the backend holds, once all its processors are closed. */
    @Override
    default void close() {}
}
