package io.github.dagwasm.pipeline;

import io.github.dagwasm.pipeline.BlockReader.Entry;
import io.github.dagwasm.pipeline.ProcessorReader.Draft;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import io.github.dagwasm.spi.KeyValues;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * The timeout that holds for every processor without one of its own. It is no fault in itself where
 * it is above a backend's ceiling: only where a processor of that backend gets it.
 *
 * @param at where it stands
 */
record TimeoutOfAll(Position at) {

    private static final String PATH =
            BlockReader.inside(PipelineKeys.EXECUTOR_OPTIONS, PipelineKeys.TIMEOUT_SECONDS);

    /** The timeout among the entries at the top, empty where there is none. */
    static Optional<TimeoutOfAll> find(Map<String, Entry> entries) {
        return Optional.ofNullable(entries.get(PipelineKeys.EXECUTOR_OPTIONS))
                .flatMap(entry -> BlockReader.mapping(entry.value()))
                .flatMap(TimeoutOfAll::find);
    }

    private static Optional<TimeoutOfAll> find(MappingNode executorOptions) {
        return executorOptions.getValue().stream()
                .filter(tuple -> BlockReader.word(tuple).equals(PipelineKeys.TIMEOUT_SECONDS))
                .findFirst()
                .map(tuple -> new TimeoutOfAll(Position.of(tuple.getValueNode().getStartMark())));
    }

    /** Has one fault for each backend whose ceiling the timeout is above. */
    void check(Reading reading, List<Draft> drafts, KeyValues top) {
        Optional<Double> seconds =
                top.block(PipelineKeys.EXECUTOR_OPTIONS).number(PipelineKeys.TIMEOUT_SECONDS);
        if (seconds.isEmpty()) {
            return;
        }
        Map<String, Ceiling> ceilings = new LinkedHashMap<>();
        for (Draft draft : drafts) {
            String backend = draft.node().backend();
            if (!draft.has(PipelineKeys.TIMEOUT_SECONDS)) {
                Optional.ofNullable(reading.keys().byBackend().get(backend))
                        .flatMap(ProcessorKeys::timeoutCeiling)
                        .filter(ceiling -> seconds.get() > ceiling.value())
                        .ifPresent(ceiling -> ceilings.put(backend, ceiling));
            }
        }
        String found =
                reading.values()
                        .uses()
                        .written(PATH)
                        .map(written -> Found.hidden(written.text()))
                        .orElseGet(() -> Phrases.number(seconds.get()));
        ceilings.forEach(
                (backend, ceiling) -> {
                    String whose = " for processors of backend " + backend;
                    String problem = Phrases.aboveCeiling(found, whose, ceiling);
                    reading.faults().add(at, PATH, problem);
                });
    }
}
