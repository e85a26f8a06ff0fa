package io.github.dagwasm.benchmarks.worker;

import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;
import org.apache.camel.Processor;
import org.apache.camel.model.RouteDefinition;

/** Local steps on {@code Hello World}: what a pipeline of them costs beside Camel's own. */
public enum StepsRoute implements Route {
    /** One Java lambda: the floor. */
    LAMBDA("lambda", StepsRoute.LOWER) {
        @Override
        public void extend(RouteDefinition route) {
            route.process(step(StepsRoute::lower));
        }
    },
    /** The same step by {@code dagwasm:local:}. */
    LOCAL("dagwasm:local:", StepsRoute.LOWER) {
        @Override
        public void extend(RouteDefinition route) {
            route.to("dagwasm:local:change_text_case_lower");
        }
    },
    /** Three steps, each a Java lambda, one after the other in the route. */
    THREE_LAMBDAS("three lambdas", StepsRoute.DECORATED) {
        @Override
        public void extend(RouteDefinition route) {
            route.process(step(StepsRoute::lower))
                    .process(step(text -> text + "-wasm"))
                    .process(step(text -> "🦀 Rust + WASM: " + text + " ✨"));
        }
    },
    /** The same three steps by {@code dagwasm:pipeline:}. */
    THREE_LOCAL("dagwasm:pipeline: local, local, local", StepsRoute.DECORATED) {
        @Override
        public void extend(RouteDefinition route) {
            route.to("dagwasm:pipeline:classpath:three-local.dagwasm.yaml");
        }
    },
    /** The same three steps, the second by a WebAssembly module: demo 4. */
    WASM("dagwasm:pipeline: local, wasm, local", StepsRoute.DECORATED) {
        @Override
        public void extend(RouteDefinition route) {
            route.to("dagwasm:pipeline:classpath:examples/demos/04-wasm-integration.dagwasm.yaml");
        }
    };

    /** One step, the floor first. */
    public static final List<StepsRoute> ONE = List.of(LAMBDA, LOCAL);

    /** Three steps, the floor first. */
    public static final List<StepsRoute> THREE = List.of(THREE_LAMBDAS, THREE_LOCAL, WASM);

    private static final String INPUT = "Hello World";

    private static final String LOWER = "hello world";
    private static final String DECORATED = "🦀 Rust + WASM: hello world-wasm ✨";

    private final String label;
    private final String output;

    StepsRoute(String label, String output) {
        this.label = label;
        this.output = output;
    }

    /**
     * The name in tables.
     *
     * @return the name
     */
    public String label() {
        return label;
    }

    @Override
    public String input() {
        return INPUT;
    }

    @Override
    public String output() {
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
