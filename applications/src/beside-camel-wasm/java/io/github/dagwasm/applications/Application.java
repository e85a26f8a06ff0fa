package io.github.dagwasm.applications;

import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.main.Main;

/** An application that has Camel's own component for WebAssembly as well. */
public final class Application {

    private Application() {}

    /**
     * Starts the application, prints its report and what a function of {@code camel-wasm} answers,
     * and ends.
     *
     * @param arguments none: options are properties of the system
     * @throws Exception if it does not start
     */
    public static void main(String[] arguments) throws Exception {
        Main main = new Main();
        main.configure().addRoutesBuilder(Report.route());
        main.configure().addRoutesBuilder(beside());
        main.start();
        try {
            CamelContext camel = main.getCamelContext();
            Report.print(camel, Report.readiness(camel));
            try (ProducerTemplate template = camel.createProducerTemplate()) {
                System.out.println(
                        "beside: "
                                + template.requestBody(
                                        "direct:beside", "Hello World", String.class));
            }
        } finally {
            main.stop();
        }
    }

    private static RouteBuilder beside() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:beside")
                        .to("wasm:transform?module=classpath:modules/camel_transform.wasm");
            }
        };
    }
}
