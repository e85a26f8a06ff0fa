package io.github.dagwasm.examples.transport;

/**
 * A way for a message from one route to another. The URIs have placeholders for ports and folders,
 * and {@code %s} for the name of the route that receives. Options are Camel's defaults, but for
 * those that the transport cannot do without.
 */
enum Transport {
    DIRECT("direct:%s", "direct:%s", true),
    SEDA("seda:%s", "seda:%s", true),
    FILE(
            "file:{{folder}}/%s?delete=true&initialDelay=0&delay=20",
            "file:{{folder}}/%s?fileName=${exchangeId}&tempPrefix=.&allowNullBody=true", false),
    JETTY("jetty:http://127.0.0.1:{{jetty.port}}/%s", "http://127.0.0.1:{{jetty.port}}/%s", true),
    VERTX("platform-http:/%s", "http://127.0.0.1:{{vertx.port}}/%s", true),
    JMS("jms:queue:%s", "jms:queue:%s", true),
    /** Bytes in, bytes out. */
    KAFKA(
            "kafka:%s?brokers=127.0.0.1:{{kafka.port}}&autoOffsetReset=earliest&groupId=%s"
                    + "&valueDeserializer=org.apache.kafka.common.serialization.ByteArrayDeserializer",
            "kafka:%s?brokers=127.0.0.1:{{kafka.port}}&maxRequestSize=20000000"
                    + "&valueSerializer=org.apache.kafka.common.serialization.ByteArraySerializer",
            false),
    /** Kafka's own serializers of texts, Camel's default. */
    KAFKA_TEXTS(
            "kafka:texts.%s?brokers=127.0.0.1:{{kafka.port}}&autoOffsetReset=earliest&groupId=texts.%s",
            "kafka:texts.%s?brokers=127.0.0.1:{{kafka.port}}&maxRequestSize=20000000", false);

    private final String receiving;
    private final String sending;
    private final boolean answering;

    Transport(String receiving, String sending, boolean answering) {
        this.receiving = receiving;
        this.sending = sending;
        this.answering = answering;
    }

    /** The URI of the endpoint that a route begins with. */
    String from(String name) {
        return receiving.replace("%s", name);
    }

    /** The URI of the endpoint that sends to that route. */
    String to(String name) {
        return sending.replace("%s", name);
    }

    /** Whether the sender gets the result as an answer. */
    boolean answers() {
        return answering;
    }

    /** Whether headers travel. */
    boolean carriesHeaders() {
        return this != FILE;
    }
}
