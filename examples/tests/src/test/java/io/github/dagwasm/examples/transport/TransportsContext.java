package io.github.dagwasm.examples.transport;

import io.github.dagwasm.examples.FreePort;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePattern;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.builder.RouteBuilder;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServer;
import org.apache.camel.component.platform.http.vertx.VertxPlatformHttpServerConfiguration;
import org.apache.camel.impl.DefaultCamelContext;

/**
 * A context with three routes for each transport, and the brokers and servers that these need, all
 * on the loopback address. One route has a message sent through a pipeline and sends the result on,
 * another one takes the result, the third one answers with the result.
 *
 * <p>One message at a time: an arrival does not say of which message it is.
 */
final class TransportsContext implements AutoCloseable {

    /** Queues that the broker of the example jms has. */
    private static final String IN = "requests";

    private static final String FAR = "orders.done";
    private static final String ASKED = "orders";

    private static final long LIMIT_MINUTES = 10;

    private final DefaultCamelContext context = new DefaultCamelContext();
    private final BlockingQueue<Arrival> settled = new LinkedBlockingQueue<>();
    private final BlockingQueue<Arrival> arrived = new LinkedBlockingQueue<>();
    private final Path folder;
    private final String pipeline;
    private ProducerTemplate template;
    private io.github.dagwasm.examples.jms.Broker artemis;
    private io.github.dagwasm.examples.kafka.Broker kafka;

    /**
     * A context that is not started.
     *
     * @param folder for what the brokers and the routes write
     * @param pipeline the pipeline file
     * @param learnt its processor {@code learnt}
     */
    TransportsContext(Path folder, Path pipeline, TextProcessor learnt) {
        this.folder = folder;
        this.pipeline = "dagwasm:pipeline:" + pipeline + "?metadataHeaders=true";
        context.getRegistry().bind("learnt", TextProcessor.class, learnt);
    }

    /** Starts the brokers, the servers and the routes. */
    void start() throws Exception {
        Properties ports = new Properties();
        ports.setProperty("folder", folder.resolve("files").toString());
        ports.setProperty("jetty.port", FreePort.find().toString());
        ports.setProperty("kafka.port", startKafka().toString());
        ports.setProperty("vertx.port", addVertx().toString());
        context.getPropertiesComponent().setInitialProperties(ports);
        context.getRegistry()
                .bind("jms", new ActiveMQConnectionFactory("tcp://127.0.0.1:" + startArtemis()));
        context.disableJMX();
        for (Transport transport : Transport.values()) {
            context.addRoutes(routes(transport));
        }
        context.start();
        template = context.createProducerTemplate();
    }

    private FreePort startArtemis() throws Exception {
        FreePort port = FreePort.find();
        Path messages = folder.resolve("artemis");
        artemis =
                io.github.dagwasm.examples.jms.Broker.start(port.number(), messages).orElseThrow();
        return port;
    }

    private FreePort startKafka() throws Exception {
        FreePort port = FreePort.find();
        kafka =
                io.github.dagwasm.examples.kafka.Broker.start(
                        port.number(),
                        folder.resolve("kafka"),
                        List.of(IN, FAR, "texts." + IN, "texts." + FAR));
        return port;
    }

    private FreePort addVertx() throws Exception {
        FreePort port = FreePort.find();
        VertxPlatformHttpServerConfiguration server = new VertxPlatformHttpServerConfiguration();
        server.setBindHost("127.0.0.1");
        server.setBindPort(port.number());
        context.addService(new VertxPlatformHttpServer(server));
        return port;
    }

    private RouteBuilder routes(Transport transport) {
        return new RouteBuilder() {
            @Override
            public void configure() {
                onException(Throwable.class)
                        .handled(true)
                        .process(exchange -> settled.add(Arrival.ofFailure(exchange)));
                from(transport.from(IN))
                        .to(pipeline)
                        .process(exchange -> settled.add(Arrival.of(exchange)))
                        // What a transport said of this message steers no other.
                        .removeHeaders("*", "dagwasm.*")
                        .to(ExchangePattern.InOnly, transport.to(FAR));
                from(transport.from(FAR)).process(exchange -> arrived.add(Arrival.of(exchange)));
                if (transport.answers()) {
                    from(transport.from(ASKED)).to(pipeline);
                }
            }
        };
    }

    /** Sends a body through the pipeline, and tells what the route had then. */
    Arrival settle(Transport transport, Object body) throws InterruptedException {
        send(transport.to(IN), ExchangePattern.InOnly, body);
        return next(settled);
    }

    /** What has arrived behind the pipeline. */
    Arrival arrival() throws InterruptedException {
        return next(arrived);
    }

    /** Sends a body and waits for the answer. */
    Arrival ask(Transport transport, Object body) {
        return Arrival.of(send(transport.to(ASKED), ExchangePattern.InOut, body));
    }

    /** Takes what has arrived and was not asked for. */
    List<Arrival> leftOver() {
        List<Arrival> left = new ArrayList<>();
        settled.drainTo(left);
        arrived.drainTo(left);
        return left;
    }

    private Exchange send(String uri, ExchangePattern pattern, Object body) {
        Exchange sent =
                template.send(uri, pattern, exchange -> exchange.getMessage().setBody(body));
        if (sent.getException() != null) {
            throw new IllegalStateException(uri + ": " + sent.getException(), sent.getException());
        }
        return sent;
    }

    private static Arrival next(BlockingQueue<Arrival> arrivals) throws InterruptedException {
        Arrival next = arrivals.poll(LIMIT_MINUTES, TimeUnit.MINUTES);
        if (next == null) {
            throw new IllegalStateException("nothing arrived in " + LIMIT_MINUTES + " minutes");
        }
        return next;
    }

    @Override
    public void close() {
        context.stop();
        if (artemis != null) {
            artemis.close();
        }
        if (kafka != null) {
            kafka.close();
        }
    }
}
