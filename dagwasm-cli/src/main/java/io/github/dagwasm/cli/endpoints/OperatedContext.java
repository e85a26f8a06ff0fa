package io.github.dagwasm.cli.endpoints;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.camel.DagWasmComponentConfigurer;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.PipelineReader;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.ProcessorFailureException;
import java.util.HashMap;
import java.util.Map;
import java.util.Properties;
import org.apache.camel.component.properties.PropertiesComponent;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.PropertyBindingSupport;
import org.apache.camel.support.service.ServiceHelper;
import org.apache.camel.util.StringHelper;

/**
 * A Camel context without routes for one command, whose component {@code dagwasm} has options of an
 * operator: a pipeline is read and loaded as in an application with these options.
 */
public final class OperatedContext implements AutoCloseable {

    private static final String COMPONENT = "camel.component.dagwasm.";

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final DagWasmComponent component;

    private OperatedContext(Map<String, String> properties) {
        context.disableJMX();
        Properties overriding = new Properties();
        overriding.putAll(properties);
        PropertiesComponent resolver = (PropertiesComponent) context.getPropertiesComponent();
        resolver.setOverrideProperties(overriding);
        resolver.setEnvironmentVariableMode(
                PropertiesComponent.ENVIRONMENT_VARIABLES_MODE_FALLBACK);
        // A command calls none of Camel's functions: with options of an operator as without.
        resolver.setPropertiesFunctionResolver(new NoFunctions());
        component = (DagWasmComponent) context.getComponent("dagwasm", true, false);
    }

    /**
     * Starts a context.
     *
     * @param properties what placeholders stand for, options of the component among them
     * @return the context, closed by the caller
     * @throws ProcessorFailureException if there is no such option, or an option cannot have its
     *     value
     */
    public static OperatedContext started(Map<String, String> properties) {
        OperatedContext context = new OperatedContext(properties);
        try {
            properties.forEach(context::bind);
            context.start();
            return context;
        } catch (RuntimeException e) {
            context.close();
            throw e;
        }
    }

    private void start() {
        try {
            // Before the context, which would log the failure as well.
            ServiceHelper.startService(component);
            context.start();
        } catch (RuntimeException e) {
            throw refused("the component does not start with these options", e);
        }
    }

    private void bind(String key, String value) {
        if (!key.startsWith(COMPONENT)) {
            return;
        }
        String option = key.substring(COMPONENT.length());
        requireKnown(option);
        Map<String, Object> one = new HashMap<>();
        one.put(option, value);
        try {
            PropertyBindingSupport.build()
                    .withCamelContext(context)
                    .withTarget(component)
                    .withConfigurer(component.getComponentPropertyConfigurer())
                    .withIgnoreCase(true)
                    .withMandatory(true)
                    .withProperties(one)
                    .bind();
        } catch (RuntimeException e) {
            throw refused("option " + option + " of the component cannot have this value", e);
        }
    }

    private void requireKnown(String option) {
        String name = StringHelper.dashToCamelCase(StringHelper.before(option, "[", option));
        if (new DagWasmComponentConfigurer().getOptionType(name, true) == null) {
            throw new ProcessorFailureException(
                    "the component has no option '" + option + "'", null, false);
        }
    }

    /** What the component itself says of its options is shown, and of nobody else's words any. */
    private static ProcessorFailureException refused(String otherwise, RuntimeException e) {
        Throwable cause = e;
        while (cause.getCause() != null) {
            cause = cause.getCause();
        }
        boolean own = cause.getClass() == IllegalArgumentException.class;
        return new ProcessorFailureException(own ? cause.getMessage() : otherwise, e, false);
    }

    /**
     * A reader that knows the properties.
     *
     * @return the reader
     */
    public PipelineReader reader() {
        return component.pipelineReader();
    }

    /**
     * Makes a pipeline ready.
     *
     * @param definition the pipeline
     * @return the pipeline, closed by the caller before this
     */
    public Pipeline load(PipelineDefinition definition) {
        return component.load(definition);
    }

    @Override
    public void close() {
        context.stop();
    }
}
