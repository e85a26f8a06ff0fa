package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.Strategy;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/**
 * All keys of a pipeline file, those of the backends among them: the one source of the reader, its
 * suggestions and the JSON Schema. Immutable.
 */
final class PipelineKeys {

    static final String PROCESSORS = "processors";
    static final String OPTIONS = "options";
    static final String DEPENDS_ON = "depends_on";
    static final String BACKEND = "backend";
    static final String OUTPUT = "output";
    static final String MERGE = "merge";
    static final String MERGE_SEPARATOR = "merge_separator";
    static final String EXECUTOR_OPTIONS = "executor_options";
    static final String STRATEGY = "strategy";
    static final String FAILURE_STRATEGY = "failure_strategy";
    static final String MAX_CONCURRENCY = "max_concurrency";
    static final String TIMEOUT_SECONDS = "timeout_seconds";
    static final String RUN_TIMEOUT_SECONDS = "run_timeout_seconds";
    static final String RETRY_ATTEMPTS = "retry_attempts";
    static final String MAX_INPUT_BYTES = "max_input_bytes";
    static final String STRICT = "strict";
    static final String REQUIRED = "required";

    static final KeySpec ID =
            KeySpec.of("id", KeySpec.Type.STRING, "The processor's name, unique in the file.")
                    .matching(
                            "[^\\u0000-\\u001f\\u007f-\\u009f\\u061c\\u200e\\u200f\\u2028-\\u202e\\u2066-\\u2069]{1,200}",
                            "1 to 200 characters, no control characters")
                    .mandatory();

    static final KeySpec RESOLVE =
            KeySpec.of(
                            "resolve",
                            KeySpec.Type.BOOLEAN,
                            "Whether placeholders in the options are resolved.")
                    .defaultsTo("false");

    private static final double LEAST_SECONDS = 0.001;
    static final double MOST_SECONDS = 1_000_000;
    private static final int MOST_CONCURRENCY = 1024;
    static final int MOST_RETRIES = 100;
    private static final int LONGEST_ARRAY = Integer.MAX_VALUE - 8;

    private final KeySpec backend;
    private final List<KeySpec> top;
    private final List<KeySpec> generic;
    private final List<String> settings;
    private final Map<String, ProcessorKeys> byBackend = new LinkedHashMap<>();

    /**
     * Puts the backends' keys beside the general ones.
     *
     * @throws IllegalArgumentException if there is no backend, or a key means two things
     */
    PipelineKeys(Collection<? extends Backend> backends) {
        List<String> names = backends.stream().map(Backend::name).toList();
        if (names.isEmpty()) {
            throw new IllegalArgumentException("backends must not be empty");
        }
        requireDistinct("the backends", names.stream());
        backend =
                KeySpec.of(BACKEND, KeySpec.Type.STRING, "The kind of processor.")
                        .alias("type")
                        .oneOf(names)
                        .mandatory();
        generic = generic(backend);
        top = top(backends, generic);
        settings =
                backends.stream().filter(b -> !b.settings().isEmpty()).map(b -> b.name()).toList();
        requireDistinct("the top of a pipeline file", spellings(top));
        for (Backend each : backends) {
            byBackend.put(each.name(), new ProcessorKeys(each, generic));
        }
    }

    /** The keys at the top of a file. */
    List<KeySpec> top() {
        return top;
    }

    /** The keys that every processor has. */
    List<KeySpec> generic() {
        return generic;
    }

    /** The key that names the backend. */
    KeySpec backend() {
        return backend;
    }

    /** The keys of a processor, by the names of the backends. */
    Map<String, ProcessorKeys> byBackend() {
        return byBackend;
    }

    /** The constant of a key that fits its spec. */
    static <E extends Enum<E>> E constant(E[] constants, Function<E, String> keyOf, String key) {
        return Stream.of(constants)
                .filter(c -> keyOf.apply(c).equals(key))
                .findFirst()
                .orElseThrow();
    }

    /** The names of the backends that have a block of their own at the top. */
    List<String> settings() {
        return settings;
    }

    static Stream<String> spellings(Collection<KeySpec> specs) {
        return specs.stream()
                .flatMap(s -> Stream.concat(Stream.of(s.name()), s.aliases().stream()));
    }

    static void requireDistinct(String where, Stream<String> words) {
        Set<String> seen = new HashSet<>();
        words.forEach(
                word -> {
                    if (!seen.add(word)) {
                        throw new IllegalArgumentException(
                                "'" + word + "' means two things in " + where);
                    }
                });
    }

    private static List<KeySpec> top(
            Collection<? extends Backend> backends, List<KeySpec> generic) {
        List<KeySpec> specs = new ArrayList<>();
        specs.add(
                KeySpec.of(STRATEGY, KeySpec.Type.STRING, "When a processor that may run does run.")
                        .oneOf(Stream.of(Strategy.values()).map(Strategy::key).toList())
                        .defaultsTo(Strategy.WORK_QUEUE.key()));
        specs.add(
                KeySpec.of(
                                FAILURE_STRATEGY,
                                KeySpec.Type.STRING,
                                "What one processor's failure means.")
                        .oneOf(
                                Stream.of(FailureStrategy.values())
                                        .map(FailureStrategy::key)
                                        .toList())
                        .defaultsTo(FailureStrategy.FAIL_FAST.key()));
        specs.add(KeySpec.block(EXECUTOR_OPTIONS, "Bounds of a run.", executorOptions()));
        for (Backend each : backends) {
            if (!each.settings().isEmpty()) {
                String what = "What holds for all " + each.name() + " processors.";
                specs.add(KeySpec.block(each.name(), what, each.settings()));
            }
        }
        specs.add(
                KeySpec.of(
                                MAX_INPUT_BYTES,
                                KeySpec.Type.INTEGER,
                                "The largest input of a run, in bytes.")
                        .between(1, LONGEST_ARRAY)
                        .defaultsTo(Long.toString(PipelineDefinition.DEFAULT_MAX_INPUT_BYTES)));
        specs.add(
                KeySpec.of(STRICT, KeySpec.Type.BOOLEAN, "Whether warnings are faults.")
                        .defaultsTo("false"));
        specs.add(
                KeySpec.of(
                        OUTPUT, KeySpec.Type.STRING, "The processor whose text becomes the body."));
        specs.addAll(RouteKeys.specs());
        specs.add(
                KeySpec.block(
                                PROCESSORS,
                                "The processors; the order decides between equals.",
                                generic)
                        .mandatory());
        return List.copyOf(specs);
    }

    private static List<KeySpec> executorOptions() {
        return List.of(
                KeySpec.of(
                                MAX_CONCURRENCY,
                                KeySpec.Type.INTEGER,
                                "How many processors of a run may run at once; else as many as"
                                        + " there are cores.")
                        .between(1, MOST_CONCURRENCY),
                seconds(TIMEOUT_SECONDS, "How long each try of each processor may take."),
                seconds(RUN_TIMEOUT_SECONDS, "How long the whole run may take."),
                retryAttempts().defaultsTo("0"));
    }

    private static List<KeySpec> generic(KeySpec backend) {
        return List.of(
                ID,
                backend,
                KeySpec.of(DEPENDS_ON, KeySpec.Type.STRINGS, "The processors whose texts it gets."),
                KeySpec.block(OPTIONS, "What the processor itself understands.", List.of()),
                KeySpec.of(REQUIRED, KeySpec.Type.BOOLEAN, "Whether no run succeeds without it.")
                        .defaultsTo("false"),
                KeySpec.of(MERGE, KeySpec.Type.STRING, "How several texts become one.")
                        .oneOf(Stream.of(Merge.values()).map(Merge::key).toList())
                        .defaultsTo(Merge.DEEPEST.key()),
                KeySpec.of(
                                MERGE_SEPARATOR,
                                KeySpec.Type.STRING,
                                "What stands between texts joined by concat.")
                        .defaultsTo(ProcessorNode.DEFAULT_MERGE_SEPARATOR),
                seconds(TIMEOUT_SECONDS, "How long each try may take."),
                retryAttempts(),
                RetryKeys.spec(),
                RESOLVE);
    }

    private static KeySpec seconds(String name, String description) {
        return KeySpec.of(name, KeySpec.Type.NUMBER, description)
                .between(LEAST_SECONDS, MOST_SECONDS);
    }

    private static KeySpec retryAttempts() {
        return KeySpec.of(
                        RETRY_ATTEMPTS,
                        KeySpec.Type.INTEGER,
                        "Further tries after a retryable failure.")
                .between(0, MOST_RETRIES);
    }
}
