package io.github.dagwasm.springboot;

import io.github.dagwasm.camel.DagWasmComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.spring.boot.CamelContextConfiguration;
import org.apache.camel.support.service.ServiceHelper;

/** Starts the component before the routes: it then holds its options against each other. */
final class ComponentStart implements CamelContextConfiguration {

    private final OptionKeys keys;

    ComponentStart(OptionKeys keys) {
        this.keys = keys;
    }

    @Override
    public void beforeApplicationStart(CamelContext context) {
        DagWasmComponent component =
                context.getComponent(OptionKeys.COMPONENT, DagWasmComponent.class);
        try {
            ServiceHelper.startService(component);
        } catch (RuntimeException e) {
            throw keys.refused(e);
        }
    }

    @Override
    public void afterApplicationStart(CamelContext context) {
        // Nothing is left to do.
    }
}
