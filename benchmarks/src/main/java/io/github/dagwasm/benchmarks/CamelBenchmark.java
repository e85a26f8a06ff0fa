package io.github.dagwasm.benchmarks;

import java.util.concurrent.TimeUnit;
import org.apache.camel.CamelContext;
import org.apache.camel.Endpoint;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.impl.DefaultCamelContext;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/**
 * What an exchange takes through {@code direct:} and what stands behind it. There is much code to
 * compile: the JVM waits for its compiler, which else would compete with what is measured.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(jvmArgsAppend = "-Xbatch")
public class CamelBenchmark {

    /** A Camel context with one route, without JMX. */
    @State(Scope.Benchmark)
    public static class Context {

        /** What the exchanges go through. */
        @Param({"LAMBDA", "LOCAL", "THREE_LAMBDAS", "THREE_LOCAL", "WASM"})
        public Route route;

        /** As many as the JIT compiler waits for, by far. */
        private static final int WARM_UP = 30_000;

        private CamelContext camel;
        private ProducerTemplate template;
        private Endpoint direct;

        /**
         * Starts the context, sees that the route does what it should, and warms it up: by count,
         * so that a busy machine makes it longer and not cooler.
         */
        @Setup(Level.Trial)
        public void start() throws Exception {
            camel = new DefaultCamelContext();
            camel.disableJMX();
            camel.addRoutes(
                    new RouteBuilder() {
                        @Override
                        public void configure() {
                            route.extend(from("direct:benchmark"));
                        }
                    });
            camel.start();
            direct = camel.getEndpoint("direct:benchmark");
            template = camel.createProducerTemplate();
            for (int i = 0; i < WARM_UP; i++) {
                Object output = request();
                if (!route.output().equals(output)) {
                    throw new IllegalStateException(
                            route.label() + ": expected '" + route.output() + "', got " + output);
                }
            }
        }

        /** Stops the context. */
        @TearDown(Level.Trial)
        public void stop() {
            camel.stop();
        }

        private Object request() {
            return template.requestBody(direct, Route.INPUT);
        }
    }

    /** A new exchange, sent and waited for. */
    @Benchmark
    public Object exchange(Context context) {
        return context.request();
    }
}
