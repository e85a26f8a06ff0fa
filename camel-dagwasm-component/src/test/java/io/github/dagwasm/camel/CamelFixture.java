package io.github.dagwasm.camel;

import io.github.dagwasm.wasm.TestModule;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.apache.camel.Exchange;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.DefaultErrorHandlerBuilder;
import org.apache.camel.builder.LambdaRouteBuilder;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;

/** A Camel context and a folder with the pipelines and modules that its routes use. */
final class CamelFixture implements AutoCloseable {

    static final String UPPER =
            "processors: [ { id: upper, backend: local, impl: change_text_case_upper } ]";

    final DefaultCamelContext context = new DefaultCamelContext();
    final ProducerTemplate template;
    private final Path folder;

    CamelFixture(Path folder) {
        this.folder = folder;
        context.disableJMX();
        DefaultErrorHandlerBuilder quiet = new DefaultErrorHandlerBuilder();
        quiet.logExhausted(false);
        context.getCamelContextExtension().setErrorHandlerFactory(quiet);
        template = context.createProducerTemplate();
    }

    /** Writes a pipeline; its URI. */
    String pipeline(String name, String yaml) {
        TestModule.write(
                folder.resolve(name + ".dagwasm.yaml"), yaml.getBytes(StandardCharsets.UTF_8));
        return "dagwasm:pipeline:file:" + folder.resolve(name + ".dagwasm.yaml");
    }

    /** Writes a module beside the pipelines; its URI. */
    String module(String name, byte[] module) {
        return "dagwasm:wasm:file:" + TestModule.write(folder.resolve(name + ".wasm"), module);
    }

    /** Adds routes; they start with the context, or now. */
    void routes(LambdaRouteBuilder routes) {
        try {
            RouteBuilder.addRoutes(context, routes);
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    /** Sends a body; the exchange as it comes back. */
    Exchange send(String uri, Object body) {
        return exchange(uri, exchange -> exchange.getMessage().setBody(body));
    }

    /** Sends what somebody makes of a new exchange; the exchange as it comes back. */
    Exchange exchange(String uri, Consumer<Exchange> made) {
        return template.send(uri, made::accept);
    }

    /** Everything that a body holds, as somebody else on the route would read it. */
    static String text(Exchange exchange) {
        return exchange.getMessage().getBody() instanceof CharSequence characters
                ? characters.toString()
                : new String(exchange.getMessage().getBody(byte[].class), StandardCharsets.UTF_8);
    }

    static void write(Path file, byte[] bytes) {
        try {
            Files.write(file, bytes);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() {
        context.stop();
    }
}
