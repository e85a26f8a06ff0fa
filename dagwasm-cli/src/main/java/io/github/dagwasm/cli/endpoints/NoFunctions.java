package io.github.dagwasm.cli.endpoints;

import java.util.Map;
import org.apache.camel.component.properties.PropertiesFunctionResolver;
import org.apache.camel.spi.PropertiesFunction;

/** Knows none of the property functions of Camel. */
final class NoFunctions implements PropertiesFunctionResolver {

    @Override
    public void addPropertiesFunction(PropertiesFunction function) {
        throw new UnsupportedOperationException("a command calls no property functions");
    }

    @Override
    public Map<String, PropertiesFunction> getFunctions() {
        return Map.of();
    }

    @Override
    public boolean hasFunction(String name) {
        return false;
    }

    @Override
    public PropertiesFunction resolvePropertiesFunction(String name) {
        return null;
    }
}
