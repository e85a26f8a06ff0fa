package io.github.dagwasm.applications;

import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.CommandLineRunner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.SpringBootVersion;
import org.springframework.boot.autoconfigure.SpringBootApplication;
import org.springframework.context.ApplicationContext;
import org.springframework.context.annotation.Bean;

/** An application of Spring Boot: it starts, prints its report, and ends. */
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
     * @return the route
     */
    @Bean
    RouteBuilder route() {
        return Report.route();
    }

    /**
     * Prints the report once the application has started.
     *
     * @param camel the context
     * @param beans have the health indicator, whose package is another one in each Spring Boot
     * @return the runner that prints
     */
    @Bean
    CommandLineRunner report(CamelContext camel, ApplicationContext beans) {
        return arguments -> {
            Object indicator = beans.getBean("camelHealth");
            System.out.println("Spring Boot " + SpringBootVersion.getVersion());
            Report.print(camel, indicator.getClass().getMethod("health").invoke(indicator));
        };
    }
}
