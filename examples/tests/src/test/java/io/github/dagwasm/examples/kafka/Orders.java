package io.github.dagwasm.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.stream.Stream;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The example's topics, by Kafka's own client: no member of the workers' group. */
final class Orders implements AutoCloseable {

    static final int PARTITIONS = 4;

    private static final String IN = "orders";
    private static final Duration POLL = Duration.ofMillis(20);
    private static final Duration PATIENCE = Duration.ofMinutes(10);

    private final KafkaProducer<byte[], byte[]> producer;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Admin admin;

    Orders(BrokerProcess broker) {
        Map<String, Object> properties = Map.of("bootstrap.servers", broker.address());
        // What is compressed may be larger than what the topic takes.
        producer =
                new KafkaProducer<>(
                        Map.of(
                                "bootstrap.servers",
                                broker.address(),
                                "compression.type",
                                "gzip",
                                "max.request.size",
                                64 << 20,
                                "buffer.memory",
                                128L << 20),
                        new ByteArraySerializer(),
                        new ByteArraySerializer());
        consumer =
                new KafkaConsumer<>(
                        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
        List<TopicPartition> partitions =
                Stream.concat(partitions("orders.done"), partitions("orders.failed")).toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        admin = Admin.create(properties);
    }

    private static Stream<TopicPartition> partitions(String topic) {
        return Stream.iterate(0, partition -> partition + 1)
                .limit(PARTITIONS)
                .map(partition -> new TopicPartition(topic, partition));
    }

    /** Sends without waiting; what is sent later for one partition comes later there. */
    void send(ProducerRecord<byte[], byte[]> order) {
        var unused = producer.send(order);
    }

    /** Waits until the broker has what was sent. */
    void flush() {
        producer.flush();
    }

    /** What has come out since the last time, of orders.done and orders.failed; waits a moment. */
    List<ConsumerRecord<byte[], byte[]>> results() {
        List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>();
        consumer.poll(POLL).forEach(results::add);
        return results;
    }

    /** What becomes of some orders; when they are committed nothing else does. */
    List<ConsumerRecord<byte[], byte[]>> resultsOf(List<ProducerRecord<byte[], byte[]>> some) {
        some.forEach(this::send);
        flush();
        List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>();
        await().atMost(PATIENCE)
                .until(
                        () -> {
                            results.addAll(results());
                            return results.size() >= some.size() && uncommitted() == 0;
                        });
        results.addAll(results());
        assertThat(results).hasSameSizeAs(some);
        return results;
    }

    /** How many records are in orders that the group has not committed. */
    long uncommitted() throws ExecutionException, InterruptedException {
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions(IN).toList());
        Map<TopicPartition, OffsetAndMetadata> committed =
                admin.listConsumerGroupOffsets(IN).partitionsToOffsetAndMetadata().get();
        long uncommitted = 0;
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            OffsetAndMetadata offset = committed.get(end.getKey());
            uncommitted += end.getValue() - (offset == null ? 0 : offset.offset());
        }
        return uncommitted;
    }

    /** How many workers of the group have partitions; none before the first has made the group. */
    long workers() throws ExecutionException, InterruptedException {
        try {
            return admin.describeConsumerGroups(List.of(IN)).all().get().get(IN).members().stream()
                    .filter(member -> !member.assignment().topicPartitions().isEmpty())
                    .count();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof GroupIdNotFoundException) {
                return 0;
            }
            throw e;
        }
    }

    /** All that there are. */
    Set<String> topics() throws ExecutionException, InterruptedException {
        return admin.listTopics().names().get();
    }

    @Override
    public void close() {
        producer.close(Duration.ZERO);
        consumer.close();
        admin.close(Duration.ZERO);
    }
}
