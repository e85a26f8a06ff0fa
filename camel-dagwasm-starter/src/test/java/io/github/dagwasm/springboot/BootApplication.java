package io.github.dagwasm.springboot;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.apache.camel.CamelContext;
import org.apache.camel.builder.RouteBuilder;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.MapPropertySource;
import org.springframework.core.env.SystemEnvironmentPropertySource;

/** An application whose route sends each message to a processor that waits. */
@SpringBootConfiguration(proxyBeanMethods = false)
@EnableAutoConfiguration
public class BootApplication {

    static final String PREFIX = "camel.component.dagwasm.";

    @Bean
    Latches latches() {
        return new Latches(new CountDownLatch(1), new CountDownLatch(1));
    }

    @Bean
    TextProcessor waiting(Latches latches) {
        return call -> {
            latches.running().countDown();
            latches.release().await();
            return ProcessorResult.of("waited");
        };
    }

    @Bean
    RouteBuilder route() {
        return new RouteBuilder() {
            @Override
            public void configure() {
                from("direct:in").routeId("in").to("dagwasm:local:waiting");
            }
        };
    }

    /** Of the processor: that it runs, and that it may end. */
    record Latches(CountDownLatch running, CountDownLatch release) {}

    /** Starts the application. */
    static Started start(Map<String, String> properties, Class<?>... more) {
        return start(properties, Map.of(), more);
    }

    /** Starts the application with variables of the environment. */
    static Started start(
            Map<String, String> properties, Map<String, String> environment, Class<?>... more) {
        Map<String, Object> first = new HashMap<>(properties);
        first.putIfAbsent("spring.main.banner-mode", "off");
        Map<String, Object> variables = new HashMap<>(environment);
        return new Started(
                new SpringApplicationBuilder(BootApplication.class)
                        .sources(more)
                        .web(WebApplicationType.NONE)
                        .registerShutdownHook(false)
                        .initializers(
                                context -> {
                                    var sources = context.getEnvironment().getPropertySources();
                                    sources.addFirst(new MapPropertySource("file", first));
                                    sources.addFirst(
                                            new SystemEnvironmentPropertySource(
                                                    "test-systemEnvironment", variables));
                                })
                        .run());
    }

    /** A running application, closed by the test. */
    record Started(ConfigurableApplicationContext context) implements AutoCloseable {

        CamelContext camel() {
            return context.getBean(CamelContext.class);
        }

        DagWasmComponent component() {
            return camel().getComponent("dagwasm", DagWasmComponent.class);
        }

        @Override
        public void close() {
            context.close();
        }
    }
}
