package io.github.dagwasm.camel;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.SpanId;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.context.propagation.TextMapPropagator;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.util.Comparator;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.opentelemetry2.OpenTelemetryTracer;

/** OpenTelemetry for a Camel context and an HTTP service, with all spans kept. */
final class Traces implements AutoCloseable {

    private static final AttributeKey<String> URI = AttributeKey.stringKey("camel.uri");
    private static final AttributeKey<String> EVENT = AttributeKey.stringKey("op");

    private final InMemorySpanExporter exporter = InMemorySpanExporter.create();
    private final SdkTracerProvider provider =
            SdkTracerProvider.builder()
                    .addSpanProcessor(SimpleSpanProcessor.create(exporter))
                    .build();
    private final TextMapPropagator propagator = W3CTraceContextPropagator.getInstance();
    private final TracedService server = new TracedService(tracer(), propagator);

    /** Has a context trace its messages, before it starts. */
    Traces(CamelContext context) {
        context.getRegistry().bind("tracer", Tracer.class, tracer());
        context.getRegistry()
                .bind(
                        "propagators",
                        ContextPropagators.class,
                        ContextPropagators.create(propagator));
        OpenTelemetryTracer tracer = new OpenTelemetryTracer();
        tracer.setCamelContext(context);
        tracer.init(context);
    }

    Tracer tracer() {
        return provider.get("test");
    }

    TracedService server() {
        return server;
    }

    /** All spans that have ended. */
    List<SpanData> spans() {
        return exporter.getFinishedSpanItems();
    }

    /** All spans, each below its parent, without what differs from run to run. */
    String tree() {
        StringBuilder tree = new StringBuilder();
        draw(SpanId.getInvalid(), "", tree);
        return tree.toString();
    }

    private void draw(String parent, String indent, StringBuilder tree) {
        spans().stream()
                .filter(span -> span.getParentSpanId().equals(parent))
                .sorted(Comparator.comparing(this::shown))
                .forEach(
                        span -> {
                            tree.append(indent).append(shown(span)).append('\n');
                            draw(span.getSpanId(), indent + "  ", tree);
                        });
    }

    private String shown(SpanData span) {
        String uri = span.getAttributes().get(URI);
        String event = span.getAttributes().get(EVENT);
        return uri == null
                ? span.getName()
                : ("EVENT_SENT".equals(event) ? "to " : "from ")
                        + uri.replaceAll("file:.*/", "").replace(server.uri(""), "http://server");
    }

    /** A span of Java code, in the trace of the thread that it runs on. */
    void mark(String name) {
        Span span = tracer().spanBuilder(name).startSpan();
        span.end();
    }

    @Override
    public void close() {
        server.close();
        provider.close();
    }
}
