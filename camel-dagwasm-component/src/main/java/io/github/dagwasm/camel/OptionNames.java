package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.Suggestions;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.Component;
import org.apache.camel.spi.EndpointUriFactory;
import org.apache.camel.spi.PropertyConfigurerGetter;

/**
 * What Camel itself knows of the options of a component's endpoints. Used by one thread.
 *
 * @param scheme the component's scheme
 * @param context has the component
 */
record OptionNames(String scheme, CamelContext context) {

    private static final int SHOWN = 60;

    /** The type that Camel converts an option to, empty if it knows no such option. */
    Optional<Class<?>> type(String name) {
        Component component = context.getComponent(scheme);
        return component != null
                        && component.getEndpointPropertyConfigurer()
                                instanceof PropertyConfigurerGetter getter
                ? Optional.ofNullable(getter.getOptionType(name, false))
                : Optional.empty();
    }

    /** Says that the component has no such option; empty if it has one, or takes any. */
    Optional<String> unknown(String name, EndpointUri uri) {
        EndpointUriFactory factory =
                context.getCamelContextExtension().getEndpointUriFactory(scheme);
        if (factory == null || factory.isLenientProperties() || isKnown(factory, name)) {
            return Optional.empty();
        }
        String shown = uri.part(name);
        // What a placeholder stands for would be told by what is near to it.
        String meant =
                !shown.equals(name)
                        ? ""
                        : new Suggestions()
                                .nearest(name, factory.propertyNames())
                                .map(near -> " (did you mean '" + near + "'?)")
                                .orElse("");
        return Optional.of(
                "'"
                        + uri.part(scheme)
                        + "' has no option '"
                        + GuestText.escape(shown, SHOWN)
                        + "'"
                        + meant);
    }

    private static boolean isKnown(EndpointUriFactory factory, String name) {
        Map<String, String> prefixes = factory.multiValuePrefixes();
        return factory.propertyNames().contains(name)
                || (prefixes != null && prefixes.values().stream().anyMatch(name::startsWith));
    }
}
