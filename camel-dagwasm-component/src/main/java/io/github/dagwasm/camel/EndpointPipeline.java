package io.github.dagwasm.camel;

import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.pipeline.ProcessorParameters;
import io.github.dagwasm.pipeline.ProcessorParameters.Parameter;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import io.github.dagwasm.spi.ResourceFile;
import io.github.dagwasm.spi.ResourceRefusedException;
import io.github.dagwasm.spi.ResourceSearch;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.WasmPolicy;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What an endpoint's URI says, as a pipeline: a file, or a single processor. */
final class EndpointPipeline {

    private static final int MOST_FILE_BYTES = 16 << 20;
    private static final int NANO_DIGITS = 9;

    private static final int LONGEST_ID = 200;
    private static final long MOST_INPUT_BYTES = 1 << 30;
    private static final List<String> MODULES = List.of(".wasm");
    private static final String OPTION = "option.";
    private static final String MAX_INPUT_BYTES = "max_input_bytes";

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofSeconds(1_000_000);

    /** What the keys of a pipeline file are called in a URI; the URI itself names the first two. */
    private static final Map<String, String> NAMES = names();

    private final DagWasmEndpoint endpoint;
    private final ProcessorKind kind;

    EndpointPipeline(DagWasmEndpoint endpoint) {
        this.endpoint = endpoint;
        kind = ProcessorKind.of(endpoint.getKind());
    }

    private static Map<String, String> names() {
        Map<String, String> names = new HashMap<>(WasmPolicy.namesOfSettings());
        names.put("module", "");
        names.put("impl", "");
        names.put("sha256", "sha256");
        names.put("timeout_seconds", "timeout");
        names.put(MAX_INPUT_BYTES, "inputBytes");
        names.put("limits.memory_mb", "memoryMb");
        names.put("limits.table_entries", "tableEntries");
        names.put("limits.call_depth", "callDepth");
        names.put("limits.stack_kb", "stackKb");
        names.put("limits.input_bytes", "inputBytes");
        names.put("limits.output_bytes", "outputBytes");
        names.put("limits.log_bytes", "logBytes");
        return Map.copyOf(names);
    }

    /**
     * Sees that every option is one of this kind of endpoint, once and with a value.
     *
     * @throws IllegalArgumentException if one is not
     */
    void checkOptions() {
        if (kind == ProcessorKind.WASM) {
            checkTimeout();
        }
        for (Parameter parameter : parameters()) {
            boolean everywhere = parameter.key().equals(MAX_INPUT_BYTES);
            if (kind == ProcessorKind.PIPELINE) {
                throw notHere(
                        parameter,
                        everywhere ? "dagwasm:wasm: and dagwasm:local:" : "dagwasm:wasm:");
            }
            if (kind == ProcessorKind.LOCAL && !everywhere) {
                throw notHere(parameter, "dagwasm:wasm:");
            }
        }
        for (Map.Entry<String, Object> option : endpoint.getOption().entrySet()) {
            String name = OPTION + option.getKey();
            if (kind == ProcessorKind.PIPELINE) {
                throw new IllegalArgumentException(
                        name
                                + " is an option of dagwasm:wasm: and dagwasm:local: only; a pipeline"
                                + " file says it, under options of the processor");
            }
            if (option.getValue() instanceof Collection<?> values) {
                throw new IllegalArgumentException(
                        name + " is given " + values.size() + " times; expected it once");
            }
        }
    }

    private IllegalArgumentException notHere(Parameter parameter, String where) {
        return new IllegalArgumentException(
                NAMES.get(parameter.key())
                        + " is no option of dagwasm:"
                        + kind.key()
                        + ":, but of "
                        + where
                        + (kind == ProcessorKind.PIPELINE
                                ? "; a pipeline file says it, as " + parameter.key()
                                : ""));
    }

    /** Said apart from the other ranges: a URI has a duration where a file has seconds. */
    private void checkTimeout() {
        Duration timeout = endpoint.getTimeout();
        if (timeout != null
                && (timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0)) {
            throw new IllegalArgumentException(
                    "timeout: found "
                            + timeout.toSeconds()
                            + "s; expected 1ms to 1000000s, written as 500ms or 5s");
        }
    }

    /** Reads what the URI names. */
    PipelineDefinition read(PipelineReader reader) {
        String resource = endpoint.getResource();
        return switch (kind) {
            case PIPELINE -> file(reader);
            case WASM ->
                    reader.read(
                            parameters("wasm", "module", ResourceSearch.nameOf(resource, MODULES)));
            case LOCAL -> reader.read(parameters("local", "impl", resource));
        };
    }

    private PipelineDefinition file(PipelineReader reader) {
        try {
            ResourceFile file =
                    ResourceSearch.of(
                                    "pipelines", MOST_FILE_BYTES, bytes -> "the file is too large")
                            .find(endpoint.getResource());
            return reader.read(file.place(), file.bytes(), file.directory());
        } catch (ResourceRefusedException e) {
            throw new PipelineFileException(
                    List.of(new Fault(endpoint.getResource(), 0, 0, "", e.getMessage())));
        }
    }

    private ProcessorParameters parameters(String backend, String key, String name) {
        List<Parameter> keys = new ArrayList<>();
        keys.add(new Parameter(key, endpoint.getResource()));
        keys.addAll(parameters());
        if (kind == ProcessorKind.WASM && endpoint.getInputBytes() == null) {
            keys.add(new Parameter(MAX_INPUT_BYTES, runsBound(defaultInputBytes()).toString()));
        }
        List<Parameter> options = new ArrayList<>();
        endpoint.getOption()
                .forEach(
                        (option, value) ->
                                options.add(new Parameter(option, String.valueOf(value))));
        String source = "dagwasm:" + kind.key() + ":" + endpoint.getResource();
        return new ProcessorParameters(source, id(name), backend, keys, options, NAMES);
    }

    /** A name in the form that a processor's id has. */
    private static String id(String name) {
        String id = name.isEmpty() ? "processor" : GuestText.escape(name, LONGEST_ID);
        return id.codePointCount(0, id.length()) <= LONGEST_ID
                ? id
                : id.substring(0, id.offsetByCodePoints(0, LONGEST_ID));
    }

    /** What the URI says beside the module, in the words of a pipeline file. */
    private List<Parameter> parameters() {
        Map<String, Object> said = new LinkedHashMap<>();
        said.put("sha256", endpoint.getSha256());
        said.put("timeout_seconds", seconds(endpoint.getTimeout()));
        said.put("limits.memory_mb", endpoint.getMemoryMb());
        said.put("limits.table_entries", endpoint.getTableEntries());
        said.put("limits.call_depth", endpoint.getCallDepth());
        said.put("limits.stack_kb", endpoint.getStackKb());
        said.put("limits.output_bytes", endpoint.getOutputBytes());
        said.put("limits.log_bytes", endpoint.getLogBytes());
        if (kind == ProcessorKind.WASM) {
            said.put("limits.input_bytes", endpoint.getInputBytes());
            said.put(MAX_INPUT_BYTES, runsBound(endpoint.getInputBytes()));
        } else {
            said.put(MAX_INPUT_BYTES, endpoint.getInputBytes());
        }
        List<Parameter> parameters = new ArrayList<>();
        said.forEach(
                (key, value) -> {
                    if (value != null) {
                        parameters.add(new Parameter(key, value.toString()));
                    }
                });
        return parameters;
    }

    /** The run's bound is the module's; what is out of range is told once, of the module's. */
    private static Long runsBound(Long inputBytes) {
        return inputBytes == null ? null : Math.max(1, Math.min(inputBytes, MOST_INPUT_BYTES));
    }

    /** What the module takes at most is what the body is read to, whoever has said it. */
    private Long defaultInputBytes() {
        return endpoint.getComponent().policy().defaultInputBytes();
    }

    private static String seconds(Duration timeout) {
        return timeout == null
                ? null
                : BigDecimal.valueOf(timeout.toNanos(), NANO_DIGITS)
                        .stripTrailingZeros()
                        .toPlainString();
    }
}
