package io.github.dagwasm.applications;

import io.quarkus.runtime.Quarkus;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Produces;

import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.spi.CamelEvent.CamelContextStartedEvent;

/** An application of Quarkus: it starts, prints its report, and ends. */
@ApplicationScoped
public class Application {

    /**
     * The route.
     *
     * @return the route
     */
    @Produces
    RouteBuilder route() {
        return Report.route();
    }

    /**
     * Prints the report.
     *
     * @param event tells that Camel has started
     * @throws Exception if a message fails
     */
    void started(@Observes CamelContextStartedEvent event) throws Exception {
        Report.print(event.getContext(), Report.readiness(event.getContext()));
        Quarkus.asyncExit(0);
    }
}
