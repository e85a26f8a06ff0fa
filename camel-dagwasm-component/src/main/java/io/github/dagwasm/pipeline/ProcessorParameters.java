package io.github.dagwasm.pipeline;

import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * A pipeline of one processor that is written without a file, as the parameters of a URI for
 * instance. Immutable.
 *
 * @param source what faults call the whole, as in {@code dagwasm:local:reverse_text}
 * @param id the processor's id, and the pipeline's name; of the form that ids have in a file
 * @param backend the name of its backend
 * @param keys the values of its keys, and of {@code max_input_bytes}
 * @param options the values of its options
 * @param names what the user calls a key, by the key's path in a pipeline file, as in {@code
 *     limits.memory_mb}, whether he wrote it or not; empty for what the source itself names. A key
 *     that is absent is called by its path. An option is always called {@code option.} and its name
 */
public record ProcessorParameters(
        String source,
        String id,
        String backend,
        List<Parameter> keys,
        List<Parameter> options,
        Map<String, String> names) {

    /** Copies the collections. */
    public ProcessorParameters {
        Objects.requireNonNull(source, "source");
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(backend, "backend");
        keys = List.copyOf(keys);
        options = List.copyOf(options);
        names = Map.copyOf(names);
    }

    /**
     * The value of one key or option.
     *
     * @param key the key as in a pipeline file, with dots for blocks, as in {@code
     *     limits.memory_mb}; or the bare name of an option, as in {@code prefix}
     * @param value the value: a string as it is, a number or truth value as YAML would read it, a
     *     list of strings with commas between them; placeholders in it stay as they are
     */
    public record Parameter(String key, String value) {

        /** Refuses nulls. */
        public Parameter {
            Objects.requireNonNull(key, "key");
            Objects.requireNonNull(value, "value");
        }
    }

    /** Tells the source and what there is, not what it holds. */
    @Override
    public String toString() {
        return "ProcessorParameters["
                + source
                + ", "
                + keys.size()
                + " keys, "
                + options.size()
                + " options]";
    }
}
