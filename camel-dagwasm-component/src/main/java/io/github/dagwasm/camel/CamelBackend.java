package io.github.dagwasm.camel;

import io.github.dagwasm.spi.Backend;
import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * The backend {@code camel}: processors that are endpoints of Camel, of any kind. What it says of
 * its keys it says without Camel; no class of Camel's is loaded before the first processor is made.
 */
public final class CamelBackend implements Backend {

    private static final Duration DEFAULT_TIMEOUT = Duration.ofSeconds(30);

    private final Supplier<? extends EndpointProcessors> supplier;
    private EndpointProcessors processors;

    /**
     * Makes the backend.
     *
     * @param supplier asked once, when the first processor is made; the backend closes what it
     *     gives
     */
    public CamelBackend(Supplier<? extends EndpointProcessors> supplier) {
        this.supplier = Objects.requireNonNull(supplier, "supplier");
    }

    @Override
    public String name() {
        return "camel";
    }

    @Override
    public List<KeySpec> keys() {
        return CamelKeys.keys();
    }

    @Override
    public List<KeySpec> options() {
        return CamelKeys.options();
    }

    @Override
    public List<KeyFault> faults(KeyValues keys, KeyValues options, KeyValues settings) {
        return CamelKeys.faults(options);
    }

    @Override
    public Optional<String> resourceKey() {
        return Optional.of(CamelKeys.ENDPOINT);
    }

    @Override
    public Optional<Duration> defaultTimeout() {
        return Optional.of(DEFAULT_TIMEOUT);
    }

    /**
     * Resolves the endpoint, sees that it is allowed, and starts its producer.
     *
     * @throws io.github.dagwasm.spi.ProcessorFailureException if any of it fails
     */
    @Override
    public PipelineProcessor create(ProcessorDefinition definition) {
        return processors().create(definition);
    }

    /** What makes the processors, made when it is first needed; closed with this backend. */
    synchronized EndpointProcessors processors() {
        if (processors == null) {
            processors = supplier.get();
        }
        return processors;
    }

    @Override
    public synchronized void close() {
        if (processors != null) {
            processors.close();
            processors = null;
        }
    }
}
