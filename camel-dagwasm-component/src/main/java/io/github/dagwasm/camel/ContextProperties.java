package io.github.dagwasm.camel;

import io.github.dagwasm.pipeline.PropertyFunctions;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The properties of a Camel context and its property functions, for placeholders. */
final class ContextProperties implements PropertyFunctions {

    private static final Logger LOG = LoggerFactory.getLogger(ContextProperties.class);

    /** By this mark in a key Camel's parser takes orders. */
    private static final String ORDER = "?nested=";

    private final CamelContext context;

    ContextProperties(CamelContext context) {
        this.context = context;
    }

    /** The value of a key without a colon, empty if there is none. */
    Optional<String> property(String key) {
        return key.contains(ORDER) ? Optional.empty() : resolved(key);
    }

    @Override
    public boolean has(String name) {
        return context.getPropertiesComponent().getPropertiesFunction(name) != null;
    }

    @Override
    public Optional<String> value(String name, String argument) {
        return resolved(name + ":" + argument);
    }

    /** An exception's text may hold the value, or the key of a vault. */
    private Optional<String> resolved(String content) {
        try {
            return Optional.ofNullable(context.resolvePropertyPlaceholders("{{" + content + "}}"));
        } catch (RuntimeException e) {
            LOG.debug("no value for a placeholder: {}", e.getClass().getName());
            return Optional.empty();
        }
    }
}
