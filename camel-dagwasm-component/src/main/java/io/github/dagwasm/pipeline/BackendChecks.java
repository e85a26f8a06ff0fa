package io.github.dagwasm.pipeline;

import io.github.dagwasm.pipeline.BlockReader.Entry;
import io.github.dagwasm.pipeline.ProcessorReader.Draft;
import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;

/**
 * What no spec can say of one value alone: the backends look at how the values go together, and
 * what they find is told at its place. Used by one thread, for one file.
 *
 * @param reading the file
 * @param top the entries at its top
 * @param settings the values of the backends' blocks, by the names of the backends
 */
record BackendChecks(Reading reading, Map<String, Entry> top, Map<String, KeyValues> settings) {

    /** Has the faults of the backends' blocks and of the processors. */
    void check(List<Draft> drafts) {
        settings.forEach(
                (name, values) -> {
                    Backend backend = reading.keys().byBackend().get(name).backend();
                    backend.settingsFaults(values).forEach(fault -> ofSettings(name, fault));
                });
        for (Draft draft : drafts) {
            ProcessorNode node = draft.node();
            KeyValues ofBackend = settings.getOrDefault(node.backend(), KeyValues.NONE);
            Optional.ofNullable(reading.keys().byBackend().get(node.backend()))
                    .map(ProcessorKeys::backend)
                    .map(backend -> backend.faults(node.keys(), node.options(), ofBackend))
                    .orElse(List.of())
                    .forEach(fault -> ofProcessor(draft, fault));
        }
    }

    private void ofSettings(String backend, KeyFault fault) {
        Entry block = top.get(backend);
        List<String> path = Arrays.asList(fault.key().split("\\.", -1));
        Position at = placeIn(block, path).orElse(block.at());
        String where = BlockReader.inside(backend, fault.key());
        reading.faults().add(at, where, told(where, fault.problem()));
    }

    private Optional<Position> placeIn(Entry block, List<String> path) {
        if (path.isEmpty()) {
            return Optional.of(block.at());
        }
        Optional<MappingNode> mapping = BlockReader.mapping(block.value());
        Optional<KeySpec> key =
                block.spec().keys().stream()
                        .filter(spec -> spec.name().equals(path.get(0)))
                        .findFirst();
        return mapping.flatMap(in -> key.flatMap(spec -> reading.blocks().find(in, spec)))
                .flatMap(entry -> placeIn(entry, path.subList(1, path.size())));
    }

    private void ofProcessor(Draft draft, KeyFault fault) {
        String where = BlockReader.inside(draft.node().where(), fault.key());
        reading.faults().add(draft.at(fault.key()), where, told(where, fault.problem()));
    }

    /** A backend knows values alone, and its sentence may have one that is not to be shown. */
    private String told(String where, String problem) {
        PlaceholderUses uses = reading.values().uses();
        return uses.hidden(where, problem)
                .map(
                        written ->
                                "found "
                                        + Found.hidden(written.text())
                                        + ", which is not allowed here or does not go with the"
                                        + " other values")
                .orElseGet(() -> uses.masked(problem));
    }
}
