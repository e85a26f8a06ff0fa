package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The JSON Schema (draft-07) of pipeline files, made of the very specs that the reader goes by. It
 * accepts all that the reader accepts, and refuses every fault of key, type, range, format or
 * enumeration; but a schema cannot see what a placeholder stands for, that a key is written twice,
 * how processors or values fit together, or whether what YAML reads as a number has the form of a
 * pin. Immutable.
 */
public final class PipelineSchema {

    /** The name, beside this class on the class path, of the schema of the built-in backends. */
    public static final String RESOURCE = "pipeline.schema.json";

    private static final String PROPERTIES = "properties";
    private static final String REQUIRED = "required";
    private static final String ALL_OF = "allOf";
    private static final String ANY_OF = "anyOf";
    private static final String ITEMS = "items";

    private final PipelineKeys keys;
    private final SpecSchema plain = new SpecSchema(false);
    private final SpecSchema resolved = new SpecSchema(true);
    private final Map<String, Object> definitions = new LinkedHashMap<>();
    private final Map<String, Object> schema;

    private PipelineSchema(PipelineKeys keys) {
        this.keys = keys;
        schema = pipeline();
    }

    /**
     * The schema of files whose processors may name the given backends.
     *
     * @param backends the backends
     * @return the schema
     * @throws IllegalArgumentException if there is no backend, or if a key means two things
     */
    public static PipelineSchema of(Collection<? extends Backend> backends) {
        return new PipelineSchema(new PipelineKeys(backends));
    }

    /**
     * The schema as JSON, indented for people. The same backends in the same order give the same
     * text.
     *
     * @return the JSON, with a line feed at the end
     */
    public String toJson() {
        return PrettyJson.of(schema);
    }

    private Map<String, Object> pipeline() {
        Map<String, Object> pipeline = new LinkedHashMap<>();
        pipeline.put("$schema", "http://json-schema.org/draft-07/schema#");
        pipeline.put("title", "dagwasm pipeline");
        pipeline.put("description", "A directed acyclic graph of text processors.");
        pipeline.putAll(resolved.block(keys.top()));
        properties(pipeline).put(PipelineKeys.PROCESSORS, processors());
        definitions.put("placeholder", SpecSchema.PLACEHOLDER);
        definitions.put("processor", processor());
        keys.byBackend().forEach(this::defineBackend);
        pipeline.put("definitions", definitions);
        return pipeline;
    }

    private Map<String, Object> processors() {
        KeySpec spec =
                keys.top().stream()
                        .filter(s -> s.name().equals(PipelineKeys.PROCESSORS))
                        .findFirst()
                        .orElseThrow();
        Map<String, Object> processors = new LinkedHashMap<>();
        processors.put("description", spec.description());
        processors.put("type", "array");
        processors.put("minItems", 1);
        processors.put(ITEMS, reference("processor"));
        return processors;
    }

    /** What holds for every processor, and which definition holds besides. */
    private Map<String, Object> processor() {
        Map<String, Object> processor = resolved.block(keys.generic());
        // Which other keys there are is the backend's affair.
        processor.remove("additionalProperties");
        properties(processor).put(PipelineKeys.OPTIONS, anyOptions());
        List<Object> rules = rules(processor);
        for (String backend : keys.byBackend().keySet()) {
            rules.add(
                    when(
                            SpecSchema.has(keys.backend(), Map.of("const", backend)),
                            reference("backend." + backend)));
        }
        return processor;
    }

    private void defineBackend(String name, ProcessorKeys processor) {
        Map<String, Object> block = resolved.block(processor.own());
        Map<String, Object> all = new LinkedHashMap<>();
        // The general keys are defined above; here they are only let through.
        PipelineKeys.spellings(keys.generic()).forEach(key -> all.put(key, true));
        all.putAll(properties(block));
        block.put(PROPERTIES, all);
        List<Object> rules = rules(block);
        Optional<KeySpec> chooser = processor.chooser();
        if (chooser.isEmpty()) {
            rules.add(options(name, processor.options(Optional.empty())));
        } else {
            chooseOptions(name, processor, chooser.get(), rules);
        }
        definitions.put("backend." + name, block);
    }

    private void chooseOptions(
            String name, ProcessorKeys processor, KeySpec chooser, List<Object> rules) {
        for (String choice : chooser.choices().keySet()) {
            rules.add(
                    when(
                            SpecSchema.has(chooser, Map.of("const", choice)),
                            options(name + "." + choice, processor.options(Optional.of(choice)))));
        }
        if (!chooser.required()) {
            Map<String, Object> absent = Map.of("not", SpecSchema.has(chooser, true));
            rules.add(when(absent, options(name, processor.options(Optional.empty()))));
        }
    }

    /** The options, with placeholders only where they are resolved. */
    private Map<String, Object> options(String name, List<KeySpec> specs) {
        boolean needed = specs.stream().anyMatch(KeySpec::required);
        Map<String, Object> isResolved =
                SpecSchema.has(
                        PipelineKeys.RESOLVE,
                        Map.of(ANY_OF, List.of(Map.of("const", true), SpecSchema.TO_PLACEHOLDER)));
        String plainName = "options." + name;
        String resolvedName = plainName + ".resolved";
        Map<String, Object> plainOptions = plain.block(specs);
        Map<String, Object> resolvedOptions = resolved.block(specs);
        definitions.put(plainName, plainOptions);
        if (plainOptions.equals(resolvedOptions)) {
            return withOptions(plainName, needed);
        }
        definitions.put(resolvedName, resolvedOptions);
        Map<String, Object> rule = when(isResolved, withOptions(resolvedName, needed));
        rule.put("else", withOptions(plainName, needed));
        return rule;
    }

    private static Map<String, Object> withOptions(String definition, boolean needed) {
        Map<String, Object> options = new LinkedHashMap<>();
        options.put(PROPERTIES, Map.of(PipelineKeys.OPTIONS, reference(definition)));
        if (needed) {
            options.put(REQUIRED, List.of(PipelineKeys.OPTIONS));
        }
        return options;
    }

    private Map<String, Object> anyOptions() {
        Map<String, Object> options = new LinkedHashMap<>();
        keys.generic().stream()
                .filter(s -> s.name().equals(PipelineKeys.OPTIONS))
                .forEach(s -> options.put("description", s.description()));
        options.put("type", List.of("object", "null"));
        return options;
    }

    private static Map<String, Object> when(Map<String, Object> condition, Object then) {
        Map<String, Object> rule = new LinkedHashMap<>();
        rule.put("if", condition);
        rule.put("then", then);
        return rule;
    }

    private static Map<String, Object> reference(String definition) {
        return Map.of("$ref", "#/definitions/" + definition);
    }

    /** The list of rules of a schema, which may have some already. */
    private static List<Object> rules(Map<String, Object> schema) {
        List<Object> rules = new ArrayList<>();
        if (schema.get(ALL_OF) instanceof List<?> present) {
            rules.addAll(present);
        }
        schema.put(ALL_OF, rules);
        return rules;
    }

    @SuppressWarnings("unchecked") // a block's properties are such a map
    private static Map<String, Object> properties(Map<String, Object> block) {
        return (Map<String, Object>) block.get(PROPERTIES);
    }
}
