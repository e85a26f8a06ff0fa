package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The keys of one backend's processors. Immutable. */
final class ProcessorKeys {

    private final Backend backend;
    private final List<KeySpec> own;
    private final List<KeySpec> all;
    private final List<KeySpec> options;
    private final Optional<KeySpec> chooser;
    private final Optional<Ceiling> timeoutCeiling;

    /**
     * Puts a backend's keys beside the general ones.
     *
     * @throws IllegalArgumentException if a key means two things, or more than one key brings
     *     options along
     */
    ProcessorKeys(Backend backend, List<KeySpec> generic) {
        this.backend = backend;
        String where = "a processor of backend " + backend.name();
        own = List.copyOf(backend.keys());
        options = List.copyOf(backend.options());
        timeoutCeiling = backend.timeoutCeiling();
        all = new ArrayList<>(generic.stream().map(this::underCeiling).toList());
        all.addAll(own);
        PipelineKeys.requireDistinct(where, PipelineKeys.spellings(all));
        List<KeySpec> choosers =
                own.stream()
                        .filter(s -> s.choices().values().stream().anyMatch(o -> !o.isEmpty()))
                        .toList();
        if (choosers.size() > 1) {
            throw new IllegalArgumentException("more than one key brings options to " + where);
        }
        chooser = choosers.stream().findFirst();
        chooser.ifPresent(
                key ->
                        key.choices()
                                .forEach(
                                        (choice, brought) ->
                                                PipelineKeys.requireDistinct(
                                                        "the options of " + choice,
                                                        PipelineKeys.spellings(
                                                                options(Optional.of(choice))))));
    }

    /** The backend. */
    Backend backend() {
        return backend;
    }

    /** The backend's own keys. */
    List<KeySpec> own() {
        return own;
    }

    /** The general keys and the backend's own. */
    List<KeySpec> all() {
        return all;
    }

    /** The key whose value brings options along. */
    Optional<KeySpec> chooser() {
        return chooser;
    }

    /** What the operator allows a try to take at most, in seconds. */
    Optional<Ceiling> timeoutCeiling() {
        return timeoutCeiling;
    }

    private KeySpec underCeiling(KeySpec spec) {
        return spec.name().equals(PipelineKeys.TIMEOUT_SECONDS)
                ? timeoutCeiling.map(spec::under).orElse(spec)
                : spec;
    }

    /** The options of a processor whose choosing key has the given value, or none. */
    List<KeySpec> options(Optional<String> choice) {
        List<KeySpec> specs = new ArrayList<>(options);
        chooser.ifPresent(
                key ->
                        choice.or(key::defaultValue)
                                .ifPresent(
                                        c ->
                                                specs.addAll(
                                                        key.choices().getOrDefault(c, List.of()))));
        return specs;
    }
}
