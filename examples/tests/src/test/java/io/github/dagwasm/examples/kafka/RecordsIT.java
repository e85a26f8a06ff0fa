package io.github.dagwasm.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.examples.WorkerProcess;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What of a record travels through the example kafka, and what of it steers nothing. */
@Tag("ci")
class RecordsIT {

    private static final byte[] BINARY = {0, (byte) 0xff, (byte) 0xc3, '\n', 0};
    private static final byte[] KEY = utf8("customer-1");
    private static final String METADATA =
            "dagwasm.count.char_count=16 dagwasm.count.line_count=1 dagwasm.count.word_count=2"
                    + " dagwasm.guest.input_length=11"
                    + " dagwasm.guest.module_path=wasm_modules/hello_world.wasm"
                    + " dagwasm.guest.output_length=16";

    /** What might be taken for a topic, a key, a partition, a time or a charset. */
    private static final List<byte[]> VALUES =
            Arrays.asList(
                    utf8("orders.failed"),
                    utf8("elsewhere"),
                    utf8("3"),
                    ByteBuffer.allocate(Integer.BYTES).putInt(3).array(),
                    utf8("UTF-16"),
                    null);

    @TempDir static Path folder;

    private static BrokerProcess broker;
    private static Orders orders;
    private static WorkerProcess worker;

    @BeforeAll
    static void start() throws Exception {
        broker = BrokerProcess.start(folder.resolve("broker"));
        orders = new Orders(broker);
        worker = new Workers(folder.resolve("example"), broker).ready();
    }

    @AfterAll
    static void stop() throws Exception {
        if (worker != null) {
            worker.close();
        }
        if (orders != null) {
            orders.close();
        }
        if (broker != null) {
            broker.close();
        }
    }

    @Test
    void whatTheProcessorsLearntTravelsWithTheText() {
        ConsumerRecord<byte[], byte[]> result = result(order(KEY, "Hello World"));

        assertThat(result.topic()).isEqualTo("orders.done");
        assertThat(result.value()).isEqualTo(utf8("hello world-wasm"));
        assertThat(result.key()).isEqualTo(KEY);
        assertThat(headers(result)).isEqualTo(METADATA);
    }

    @Test
    void theSendersHeadersTravelBitForBit() {
        ProducerRecord<byte[], byte[]> order = order(KEY, "Hello World");
        order.headers().add("trace", BINARY);
        order.headers().add("empty", new byte[0]);
        order.headers().add("ü", utf8("ü"));

        ConsumerRecord<byte[], byte[]> result = result(order);

        assertThat(result.headers().lastHeader("trace").value()).isEqualTo(BINARY);
        assertThat(result.headers().lastHeader("empty").value()).isEmpty();
        assertThat(result.headers().lastHeader("ü").value()).isEqualTo(utf8("ü"));
    }

    @Test
    void ofANameGivenTwiceTheLastValueTravels() {
        ProducerRecord<byte[], byte[]> order = order(KEY, "Hello World");
        order.headers().add("trace", utf8("first")).add("trace", utf8("last"));
        order.headers().add("nothing", null);

        assertThat(headers(result(order))).isEqualTo(METADATA + " trace=last");
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 2, 3})
    void aRecordKeepsItsPartitionWhateverItsKeyIs(int partition) {
        for (byte[] key : new byte[][] {BINARY, {}, KEY, null}) {
            ConsumerRecord<byte[], byte[]> result =
                    result(new ProducerRecord<>("orders", partition, key, utf8("a")));

            assertThat(result.partition()).isEqualTo(partition);
            assertThat(result.key()).isEqualTo(key);
        }
    }

    @Test
    void aRecordWithoutAValueStaysOne() {
        ProducerRecord<byte[], byte[]> order = new ProducerRecord<>("orders", KEY, null);
        order.headers().add("trace", BINARY);

        ConsumerRecord<byte[], byte[]> result = result(order);

        assertThat(result.topic()).isEqualTo("orders.done");
        assertThat(result.key()).isEqualTo(KEY);
        assertThat(result.value()).isNull();
        assertThat(result.headers().lastHeader("trace").value()).isEqualTo(BINARY);
    }

    @Test
    void whatIsNoTextGoesToTheDeadLettersAsItIsWithTheReason() {
        ProducerRecord<byte[], byte[]> order =
                new ProducerRecord<>("orders", 2, KEY, new byte[] {'a', (byte) 0xff});
        order.headers().add("trace", BINARY).add("FAILED.reason", utf8("none at all"));

        ConsumerRecord<byte[], byte[]> result = result(order);

        assertThat(result.topic()).isEqualTo("orders.failed");
        assertThat(result.partition()).isEqualTo(2);
        assertThat(result.key()).isEqualTo(KEY);
        assertThat(result.value()).isEqualTo(new byte[] {'a', (byte) 0xff});
        assertThat(result.headers().lastHeader("trace").value()).isEqualTo(BINARY);
        assertThat(reason(result))
                .isEqualTo("pipeline 'orders': the input: malformed UTF-8 at byte 1 (0xff)");
        assertThat(headers(result)).contains("failed.source=orders-2@");
        assertThat(result.headers().headers("FAILED.reason")).isEmpty();
    }

    @Test
    void whatAGuestFailsAtGoesToTheDeadLettersAsItIsWithTheReason() {
        ConsumerRecord<byte[], byte[]> result = result(order(KEY, "A\0B"));

        assertThat(result.topic()).isEqualTo("orders.failed");
        assertThat(result.value()).isEqualTo(utf8("A\0B"));
        assertThat(reason(result))
                .isEqualTo(
                        "pipeline 'orders': processor 'guest' (wasm_modules/hello_world.wasm): the"
                                + " input has a NUL at byte 1, which abi cstring cannot carry");
    }

    @Test
    void whatIsTooLargeToTravelLeavesWhereItIsAndHoldsNobodyUp() {
        byte[] large = new byte[32 << 20];
        Arrays.fill(large, (byte) 'A');
        ProducerRecord<byte[], byte[]> value = new ProducerRecord<>("orders", 3, KEY, large);
        ProducerRecord<byte[], byte[]> header = new ProducerRecord<>("orders", 3, KEY, KEY);
        header.headers().add("trace", large);
        ProducerRecord<byte[], byte[]> key = new ProducerRecord<>("orders", 3, large, KEY);

        List<ConsumerRecord<byte[], byte[]>> results = results(List.of(value, header, key));

        for (ConsumerRecord<byte[], byte[]> result : results) {
            assertThat(result.topic()).isEqualTo("orders.failed");
            assertThat(result.partition()).isEqualTo(3);
            assertThat(result.key()).isNull();
            assertThat(result.value()).isEmpty();
            assertThat(result.headers())
                    .extracting(Header::key)
                    .containsExactly("failed.reason", "failed.source");
        }
        assertThat(reason(results.get(0)))
                .isEqualTo(
                        "pipeline 'orders': the input: the limit of 10485760 input bytes is"
                                + " exceeded (option max_input_bytes)");
        assertThat(reason(results.get(1)))
                .matches(
                        "org.apache.kafka.common.errors.RecordTooLargeException: The message is"
                                + " [0-9]+ bytes when serialized which is larger than 20971520,"
                                + " which is the value of the max.request.size configuration.");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "kafka.OVERRIDE_TOPIC",
                "kafka.TOPIC",
                "kafka.KEY",
                "kafka.PARTITION_KEY",
                "KAFKA.override_topic",
                "CamelKafkaOverrideTopic",
                "CAMELKAFKAOVERRIDETOPIC",
                "camelkafkaoverridetopic",
                "CamelKafkaTopic",
                "CamelKafkaKey",
                "cAMELkAFKAkEY",
                "CamelKafkaPartition",
                "CamelKafkaPartitionKey",
                "CAMELKAFKAPARTITIONKEY",
                "CamelKafkaOverrideTimestamp",
                "CamelKafkaManualCommit",
                "CamelKafkaHeaders",
                "CamelCharsetName",
                "CamelDagWasmMetadata",
                "CamelDagWasmPartial",
                "dagwasm.count.word_count",
                "DAGWASM.COUNT.WORD_COUNT",
                "dagwasm.forged"
            })
    void noHeaderOfTheSendersSteersAnything(String name) throws Exception {
        Set<String> topics = orders.topics();
        List<ProducerRecord<byte[], byte[]>> hostile = new ArrayList<>();
        for (byte[] value : VALUES) {
            ProducerRecord<byte[], byte[]> order =
                    new ProducerRecord<>("orders", 1, null, utf8("Hello World"));
            order.headers().add(name, value);
            hostile.add(order);
        }

        List<ConsumerRecord<byte[], byte[]>> results = results(hostile);

        for (ConsumerRecord<byte[], byte[]> result : results) {
            assertThat(result.topic()).isEqualTo("orders.done");
            assertThat(result.partition()).isEqualTo(1);
            assertThat(result.key()).isNull();
            assertThat(result.value()).isEqualTo(utf8("hello world-wasm"));
            assertThat(headers(result)).isEqualTo(METADATA);
        }
        assertThat(orders.topics()).isEqualTo(topics);
    }

    private static ProducerRecord<byte[], byte[]> order(byte[] key, String text) {
        return new ProducerRecord<>("orders", key, utf8(text));
    }

    private static ConsumerRecord<byte[], byte[]> result(ProducerRecord<byte[], byte[]> order) {
        return results(List.of(order)).get(0);
    }

    /** What becomes of some orders; when they are committed nothing else does. */
    private static List<ConsumerRecord<byte[], byte[]>> results(
            List<ProducerRecord<byte[], byte[]>> some) {
        some.forEach(orders::send);
        orders.flush();
        List<ConsumerRecord<byte[], byte[]>> results = new ArrayList<>();
        await().atMost(Duration.ofMinutes(10))
                .until(
                        () -> {
                            results.addAll(orders.results());
                            return results.size() >= some.size() && orders.uncommitted() == 0;
                        });
        results.addAll(orders.results());
        assertThat(results).hasSameSizeAs(some);
        return results;
    }

    private static String headers(ConsumerRecord<byte[], byte[]> result) {
        return StreamSupport.stream(result.headers().spliterator(), false)
                .map(
                        header ->
                                header.key()
                                        + "="
                                        + new String(header.value(), StandardCharsets.UTF_8))
                .sorted()
                .reduce((a, b) -> a + " " + b)
                .orElse("");
    }

    private static String reason(ConsumerRecord<byte[], byte[]> result) {
        return new String(
                result.headers().lastHeader("failed.reason").value(), StandardCharsets.UTF_8);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
