package io.github.dagwasm.local;

import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.Set;

/**
 * The backend of trusted Java processors: {@code impl} names a {@link TextProcessorFactory}, which
 * says what options there are. Immutable and safe for use by any number of threads.
 */
public final class LocalBackend implements Backend {

    /** The word after {@code backend:}. */
    public static final String NAME = "local";

    /** The key that names the factory; {@code processor} is accepted for it. */
    public static final String IMPL = "impl";

    private static final String IMPL_ALIAS = "processor";

    private static final List<TextProcessorFactory> BUILT_IN =
            List.of(
                    new UpperCaseFactory(),
                    new LowerCaseFactory(),
                    new ProperCaseFactory(),
                    new TitleCaseFactory(),
                    new ReverseTextFactory(),
                    new PrefixSuffixAdderFactory(),
                    new TokenCounterFactory(),
                    new WordFrequencyAnalyzerFactory());

    private final Map<String, TextProcessorFactory> factories;
    private final List<KeySpec> keys;

    /**
     * A backend of the given factories and no others.
     *
     * @param factories the factories, in the order in which users see their names
     * @throws IllegalArgumentException if a factory has no name, or two have the same; the message
     *     names their classes
     */
    public LocalBackend(Collection<? extends TextProcessorFactory> factories) {
        this.factories = byName(factories);
        Map<String, List<KeySpec>> options = new LinkedHashMap<>();
        this.factories.forEach((name, factory) -> options.put(name, factory.options()));
        this.keys =
                List.of(
                        KeySpec.of(
                                        IMPL,
                                        KeySpec.Type.STRING,
                                        "The name of the Java processor, built in or the user's own.")
                                .alias(IMPL_ALIAS)
                                .mandatory()
                                .choosing(options));
    }

    /**
     * A backend of the built-in factories and those that {@link ServiceLoader} finds.
     *
     * @param classLoader where to look for the user's factories
     * @return the backend
     * @throws IllegalArgumentException if a factory has no name, or two have the same
     * @throws java.util.ServiceConfigurationError if a factory cannot be loaded
     */
    public static LocalBackend load(ClassLoader classLoader) {
        List<TextProcessorFactory> all = new ArrayList<>(BUILT_IN);
        ServiceLoader.load(TextProcessorFactory.class, classLoader).forEach(all::add);
        return new LocalBackend(all);
    }

    /**
     * A backend of these factories and more.
     *
     * @param more the factories to add, after those that are there
     * @return the new backend
     * @throws IllegalArgumentException if a factory has no name, or two have the same
     */
    public LocalBackend with(Collection<? extends TextProcessorFactory> more) {
        List<TextProcessorFactory> all = new ArrayList<>(factories.values());
        all.addAll(more);
        return new LocalBackend(all);
    }

    /**
     * What {@code impl} may name.
     *
     * @return the names of the factories, in their order
     */
    public Set<String> names() {
        return Collections.unmodifiableSet(factories.keySet());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public List<KeySpec> keys() {
        return keys;
    }

    /**
     * Makes a processor.
     *
     * @param definition the processor's keys and options
     * @return the processor, as its factory makes it
     * @throws ProcessorFailureException if there is no factory of that name, or it fails
     */
    @Override
    public PipelineProcessor create(ProcessorDefinition definition) {
        String name = definition.keys().requiredString(IMPL);
        TextProcessorFactory factory = factories.get(name);
        if (factory == null) {
            throw failure(
                    definition,
                    "no local processor '%s'; there are: %s"
                            .formatted(name, String.join(", ", factories.keySet())),
                    null);
        }
        TextProcessor processor;
        try {
            processor = factory.create(definition.options());
        } catch (RuntimeException e) {
            throw failure(definition, factory.getClass().getName() + " failed: " + e, e);
        }
        if (processor == null) {
            throw failure(definition, factory.getClass().getName() + " made no processor", null);
        }
        return processor;
    }

    private static ProcessorFailureException failure(
            ProcessorDefinition definition, String problem, RuntimeException cause) {
        return new ProcessorFailureException(
                definition.label(Optional.empty()) + ": " + problem, cause, false);
    }

    private static Map<String, TextProcessorFactory> byName(
            Collection<? extends TextProcessorFactory> factories) {
        Map<String, TextProcessorFactory> byName = new LinkedHashMap<>();
        for (TextProcessorFactory factory : factories) {
            String name = factory.name();
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException(
                        "the name of a local processor must not be blank, but that of "
                                + factory.getClass().getName()
                                + " is");
            }
            TextProcessorFactory other = byName.putIfAbsent(name, factory);
            if (other != null) {
                throw new IllegalArgumentException(
                        "two local processors are named '%s': %s and %s; one needs another name"
                                .formatted(
                                        name,
                                        other.getClass().getName(),
                                        factory.getClass().getName()));
            }
        }
        return byName;
    }
}
