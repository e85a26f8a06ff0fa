package io.github.dagwasm.applications;

import io.github.dagwasm.camel.DagWasmComponent;
import org.apache.camel.CamelContext;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** Sends one message through a pipeline, prints what became of it and of the options, and ends. */
@SpringBootApplication
public class Application {

    /**
     * Starts the application.
     *
     * @param arguments properties, such as {@code --camel.component.dagwasm.pool-size=3}
     */
    public static void main(String[] arguments) {
        SpringApplication.run(Application.class, arguments).close();
    }

    /**
     * The route.
     *
     * @return from an endpoint to the pipeline
     */
    @Bean
    RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").to("dagwasm:pipeline:classpath:pipelines/greet.dagwasm.yaml");
            }
        };
    }

    /**
     * Prints the answer, the options and the health once the application has started.
     *
     * @param camel the context
     * @param template sends the message
     * @param beans have the health indicator, whose package is another one in each Spring Boot
     * @return the runner that prints
     */
    @Bean
    CommandLineRunner report(
            CamelContext camel, ProducerTemplate template, ApplicationContext beans) {
        return arguments -> {
            DagWasmComponent component = camel.getComponent("dagwasm", DagWasmComponent.class);
            Object indicator = beans.getBean("camelHealth");
            Object health = indicator.getClass().getMethod("health").invoke(indicator);
            System.out.println("Spring Boot " + SpringBootVersion.getVersion());
            System.out.println("Camel " + camel.getVersion());
            System.out.println("answer: " + template.requestBody("direct:in", "Hello World"));
            System.out.println("moduleRoots: " + component.getModuleRoots());
            System.out.println("memoryMbCeiling: " + component.getMemoryMbCeiling());
            System.out.println("timeoutCeiling: " + component.getTimeoutCeiling());
            System.out.println("admission: " + component.getAdmission());
            System.out.println("poolSize: " + component.getPoolSize());
            System.out.println("health: " + health);
        };
    }
}
