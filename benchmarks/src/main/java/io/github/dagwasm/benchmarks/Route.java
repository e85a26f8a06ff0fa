package io.github.dagwasm.benchmarks;

import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;

/** What stands behind {@code direct:}. */
public enum Route {
    /** One Java lambda: the floor. */
    LAMBDA("lambda", 1, Route.LOWER) {
        @Override
        void extend(RouteDefinition route) {
            route.process(step(Route::lower));
        }
    },
    /** The same step by {@code dagwasm:local:}. */
    LOCAL("dagwasm:local:", 1, Route.LOWER) {
        @Override
        void extend(RouteDefinition route) {
            route.to("dagwasm:local:change_text_case_lower");
        }
    },
    /** Three steps, each a Java lambda, one after the other in the route. */
    THREE_LAMBDAS("three lambdas", 3, Route.DECORATED) {
        @Override
        void extend(RouteDefinition route) {
            route.process(step(Route::lower))
                    .process(step(text -> text + "-wasm"))
                    .process(step(text -> "🦀 Rust + WASM: " + text + " ✨"));
        }
    },
    /** The same three steps by {@code dagwasm:pipeline:}. */
    THREE_LOCAL("dagwasm:pipeline: local, local, local", 3, Route.DECORATED) {
        @Override
        void extend(RouteDefinition route) {
            route.to("dagwasm:pipeline:classpath:three-local.dagwasm.yaml");
        }
    },
    /** The same three steps, the second by a WebAssembly module: demo 4. */
    WASM("dagwasm:pipeline: local, wasm, local", 3, Route.DECORATED) {
        @Override
        void extend(RouteDefinition route) {
            route.to("dagwasm:pipeline:classpath:examples/demos/04-wasm-integration.dagwasm.yaml");
        }
    };

    static final String INPUT = "Hello World";

    private static final String LOWER = "hello world";
    private static final String DECORATED = "🦀 Rust + WASM: hello world-wasm ✨";

    private final String label;
    private final int processors;
    private final String output;

    Route(String label, int processors, String output) {
        this.label = label;
        this.processors = processors;
        this.output = output;
    }

    abstract void extend(RouteDefinition route);

    /** The name in tables. */
    String label() {
        return label;
    }

    /** How many steps it has. */
    int processors() {
        return processors;
    }

    /** What it makes of {@link #INPUT}. */
    String output() {
        return output;
    }

    private static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }

    private static Processor step(UnaryOperator<String> step) {
        return exchange ->
                exchange.getMessage()
                        .setBody(step.apply(exchange.getMessage().getBody(String.class)));
    }
}
