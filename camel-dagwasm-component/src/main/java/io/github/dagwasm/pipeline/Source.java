package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.ResourceFolder;
import io.github.dagwasm.spi.ResourceSearch;
import java.util.List;
import java.util.Optional;

/**
 * Where a pipeline comes from.
 *
 * @param file what faults call it
 * @param name the pipeline's name
 * @param directory where relative resources are looked for first
 * @param wording in which words it is written
 */
record Source(String file, String name, Optional<ResourceFolder> directory, Wording wording) {

    private static final List<String> EXTENSIONS =
            List.of(".dagwasm.yaml", ".dagwasm.yml", ".yaml", ".yml");

    static Source of(String file, Optional<ResourceFolder> directory) {
        return new Source(
                file, ResourceSearch.nameOf(file, EXTENSIONS), directory, Wording.OfFile.INSTANCE);
    }

    static Source of(ProcessorParameters parameters) {
        return new Source(
                parameters.source(),
                parameters.id(),
                Optional.empty(),
                new Wording.OfParameters(parameters));
    }

    /**
     * A fault of it.
     *
     * @param path the path of the key in a file
     */
    Fault fault(Position at, String path, String problem) {
        return new Fault(file, at.line(), at.column(), wording.nameOf(path), problem);
    }
}
