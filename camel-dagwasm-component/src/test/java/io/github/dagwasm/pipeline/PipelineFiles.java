package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads texts as pipeline files, for tests. */
final class PipelineFiles {

    static final String FILE = "demo.dagwasm.yaml";

    static final Placeholders PLACEHOLDERS =
            Placeholders.of(
                    key ->
                            Optional.ofNullable(
                                    Map.of(
                                                    "two", "2",
                                                    "upper", "change_text_case_upper",
                                                    "local", "local",
                                                    "yes", "true",
                                                    "text", "some text",
                                                    "nested", "{{two}}",
                                                    "env", "a key",
                                                    "module", "a.wasm")
                                            .get(key)));

    private PipelineFiles() {}

    static PipelineDefinition read(String yaml) {
        return new PipelineReader(SampleBackends.ALL, PLACEHOLDERS)
                .read(FILE, yaml, Optional.empty());
    }

    /** What is wrong with a text, in the form in which users see it, without the file's name. */
    static List<String> faults(String yaml) {
        try {
            read(yaml);
            return List.of();
        } catch (PipelineFileException e) {
            return e.faults().stream()
                    .map(Fault::toString)
                    .map(fault -> fault.substring(FILE.length() + 1))
                    .toList();
        }
    }

    /** A processor that is right, on one line. */
    static String processor(String id, String more) {
        return "  - {id: " + id + ", backend: local, impl: reverse_text" + more + "}\n";
    }
}
