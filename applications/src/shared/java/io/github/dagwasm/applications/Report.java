package io.github.dagwasm.applications;

import io.github.dagwasm.camel.DagWasmComponent;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.health.HealthCheckHelper;

import java.util.stream.Collectors;

/** What all applications have: a route, and a report of what became of messages and options. */
public final class Report {

    private Report() {}

    /**
     * The route of the application, beside that of its pipeline file {@code shout}.
     *
     * @return from an endpoint to a pipeline
     */
    public static RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dagwasm:pipeline:classpath:pipelines/greet.dagwasm.yaml");
            }
        };
    }

    /**
     * Sends a message through each route, and prints the answers, the options and the health.
     *
     * @param camel the context, which is started
     * @param health the state of the application
     * @throws Exception if a message fails
     */
    public static void print(CamelContext camel, Object health) throws Exception {
        DagWasmComponent component = camel.getComponent("dagwasm", DagWasmComponent.class);
        System.out.println("Camel " + camel.getVersion());
        try (ProducerTemplate template = camel.createProducerTemplate()) {
            System.out.println("answer: " + template.requestBody("direct:in", "Hello World"));
            System.out.println("shout: " + template.requestBody("direct:shout", "Hello World"));
        }
        System.out.println("moduleRoots: " + component.getModuleRoots());
        System.out.println("memoryMbCeiling: " + component.getMemoryMbCeiling());
        System.out.println("timeoutCeiling: " + component.getTimeoutCeiling());
        System.out.println("admission: " + component.getAdmission());
        System.out.println("poolSize: " + component.getPoolSize());
        System.out.println("health: " + health);
    }

    /**
     * What Camel's own health checks say.
     *
     * @param camel the context
     * @return each check with its state
     */
    public static String readiness(CamelContext camel) {
        return HealthCheckHelper.invokeReadiness(camel).stream()
                .map(result -> result.getState() + " " + result.getCheck().getId())
                .collect(Collectors.joining(", "));
    }
}
