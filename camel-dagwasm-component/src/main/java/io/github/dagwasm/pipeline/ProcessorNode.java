package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.Retry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One processor of a pipeline, as its file declares it. Immutable.
 *
 * @param index its place in the file, from 0; the number of its node in the {@linkplain
 *     PipelineDefinition#graph() graph}
 * @param id its name, unique in the file
 * @param backend the name of its backend
 * @param merge how several texts become one, empty where the file does not say: then {@link
 *     Merge#DEEPEST} holds, with a warning where it discards a text
 * @param mergeSeparator what stands between the texts that {@link Merge#CONCAT} joins
 * @param required whether its failure or skip fails the run
 * @param timeout how long each try may take, where the file says it for this processor
 * @param retry how a retryable failure is followed by other tries, where the file says it for this
 *     processor
 * @param dependsOn the ids of its dependencies, in the order of the file
 * @param keys the values of the backend's own keys
 * @param options the values of its options
 * @param position where it stands in the file
 * @param positions where the values of its keys stand, by path: {@code depends_on}, {@code
 *     depends_on[0]}, {@code options.prefix}
 */
public record ProcessorNode(
        int index,
        String id,
        String backend,
        Optional<Merge> merge,
        String mergeSeparator,
        boolean required,
        Optional<Duration> timeout,
        Optional<Retry> retry,
        List<String> dependsOn,
        KeyValues keys,
        KeyValues options,
        Position position,
        Map<String, Position> positions) {

    /** What stands between texts that are joined, where the file does not say. */
    public static final String DEFAULT_MERGE_SEPARATOR = "\n";

    /** Copies the collections. */
    public ProcessorNode {
        dependsOn = List.copyOf(dependsOn);
        positions = Map.copyOf(positions);
    }

    /**
     * What faults call the processor.
     *
     * @return its path in the file, as in {@code processors[2]}
     */
    public String where() {
        return where(index);
    }

    static String where(int index) {
        return PipelineKeys.PROCESSORS + "[" + index + "]";
    }
}
