package io.github.dagwasm.camel.observe;

import io.github.dagwasm.camel.DagWasmComponent;
import io.github.dagwasm.wasm.TestModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** A context with JMX and health checks, and a folder for what its endpoints name. */
abstract class ObservedFixture {

    static final String UPPER =
            "processors: [ { id: upper, backend: local, impl: change_text_case_upper } ]";

    @TempDir Path folder;

    final DefaultCamelContext context = new DefaultCamelContext();
    ProducerTemplate template;
    DagWasmComponent component;

    @BeforeEach
    void prepare() {
        DefaultErrorHandlerBuilder quiet = new DefaultErrorHandlerBuilder();
        quiet.logExhausted(false);
        context.getCamelContextExtension().setErrorHandlerFactory(quiet);
        component = context.getComponent("dagwasm", DagWasmComponent.class);
        template = context.createProducerTemplate();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    String pipeline(String name, String yaml) {
        return "dagwasm:pipeline:file:"
                + TestModule.write(
                        folder.resolve(name + ".dagwasm.yaml"),
                        yaml.getBytes(StandardCharsets.UTF_8));
    }

    String module(String name, byte[] module) {
        return "dagwasm:wasm:file:" + TestModule.write(folder.resolve(name + ".wasm"), module);
    }

    void route(LambdaRouteBuilder route) {
        try {
            RouteBuilder.addRoutes(context, route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    Exchange send(String uri, Object body) {
        return template.send(uri, exchange -> exchange.getMessage().setBody(body));
    }
}
