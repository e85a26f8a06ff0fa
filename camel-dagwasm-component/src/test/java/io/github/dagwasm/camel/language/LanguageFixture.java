package io.github.dagwasm.camel.language;

import io.github.dagwasm.camel.DagWasmEndpoint;
import io.github.dagwasm.wasm.TestModule;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.support.DefaultExchange;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** A context without JMX, and a folder for what expressions name. */
abstract class LanguageFixture {

    static final String UPPER =
            "processors: [ { id: upper, backend: local, impl: change_text_case_upper } ]";

    @TempDir Path folder;

    final DefaultCamelContext context = new DefaultCamelContext();

    LanguageFixture() {
        context.disableJMX();
    }

    @AfterEach
    void stop() {
        context.stop();
    }

    /** Writes a pipeline; the expression that names it. */
    String pipeline(String name, String yaml) {
        Path file = folder.resolve(name + ".dagwasm.yaml");
        return "pipeline:file:" + TestModule.write(file, yaml.getBytes(StandardCharsets.UTF_8));
    }

    /** Writes a module; the expression that names it. */
    String module(String name, byte[] module) {
        return "wasm:file:" + TestModule.write(folder.resolve(name + ".wasm"), module);
    }

    Expression expression(String text) {
        return context.resolveLanguage("dagwasm").createExpression(text);
    }

    Predicate predicate(String text) {
        return context.resolveLanguage("dagwasm").createPredicate(text);
    }

    Exchange exchange(Object body) {
        Exchange exchange = new DefaultExchange(context);
        exchange.getMessage().setBody(body);
        return exchange;
    }

    String evaluated(String expression, Object body) {
        return expression(expression).evaluate(exchange(body), String.class);
    }

    boolean isLoaded(String expression) {
        return Optional.ofNullable(context.hasEndpoint("dagwasm:" + expression))
                .flatMap(endpoint -> ((DagWasmEndpoint) endpoint).pipeline())
                .isPresent();
    }

    void route(LambdaRouteBuilder route) {
        try {
            RouteBuilder.addRoutes(context, route);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}
