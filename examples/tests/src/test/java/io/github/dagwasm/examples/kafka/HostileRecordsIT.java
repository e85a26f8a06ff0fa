package io.github.dagwasm.examples.kafka;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.examples.WorkerProcess;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.header.Header;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Headers, keys and values that senders of the example kafka do harm with. */
@Tag("ci")
class HostileRecordsIT {

    private static final int MANY = 10_000;
    private static final byte[] ALL_BYTES = new byte[256];

    static {
        IntStream.range(0, ALL_BYTES.length).forEach(i -> ALL_BYTES[i] = (byte) i);
    }

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

    private static ProducerRecord<byte[], byte[]> order(byte[] key, byte[] value) {
        return new ProducerRecord<>("orders", key == null ? 1 : null, key, value);
    }

    private static ConsumerRecord<byte[], byte[]> result(ProducerRecord<byte[], byte[]> order) {
        return orders.resultsOf(List.of(order)).get(0);
    }

    private static byte[] value(ConsumerRecord<byte[], byte[]> result, String name) {
        return result.headers().lastHeader(name).value();
    }

    /** As much as the topic takes of a record that cannot be compressed. */
    @Test
    void everyByteOfKeysAndHeadersTravels() {
        byte[] large = new byte[1_000_000];
        new Random(1).nextBytes(large);
        ProducerRecord<byte[], byte[]> order = order(ALL_BYTES, "A".getBytes(UTF_8));
        order.headers().add("all", ALL_BYTES).add("large", large).add("empty", new byte[0]);

        ConsumerRecord<byte[], byte[]> result = result(order);

        assertThat(result.topic()).isEqualTo("orders.done");
        assertThat(result.key()).isEqualTo(ALL_BYTES);
        assertThat(value(result, "all")).isEqualTo(ALL_BYTES);
        assertThat(value(result, "large")).isEqualTo(large);
        assertThat(value(result, "empty")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "ключ",
                "🌍",
                "a b",
                "a\r\nb: c",
                "\u001b[31m",
                "\u0000",
                "../../etc/passwd",
                "${body}",
                "{{env:HOME}}",
                "#class:java.lang.Runtime",
                "breadcrumbId",
                "org.apache.kafka.x",
                "Content-Type",
            })
    void anyOtherNameTravels(String name) {
        ProducerRecord<byte[], byte[]> order = order(null, "A".getBytes(UTF_8));
        order.headers().add(name, ALL_BYTES);

        ConsumerRecord<byte[], byte[]> result = result(order);

        assertThat(result.value()).isEqualTo("a-wasm".getBytes(UTF_8));
        assertThat(value(result, name)).isEqualTo(ALL_BYTES);
    }

    @Test
    void tenThousandHeadersTravelAndOfOneNameTheLast() {
        ProducerRecord<byte[], byte[]> order = order(null, "A".getBytes(UTF_8));
        for (int i = 0; i < MANY; i++) {
            order.headers().add("h" + i, Integer.toString(i).getBytes(UTF_8));
            order.headers().add("same", Integer.toString(i).getBytes(UTF_8));
        }

        ConsumerRecord<byte[], byte[]> result = result(order);

        assertThat(result.headers())
                .filteredOn(header -> !header.key().startsWith("dagwasm."))
                .hasSize(MANY + 1)
                .extracting(Header::key)
                .doesNotHaveDuplicates();
        assertThat(value(result, "h" + (MANY - 1))).asString(UTF_8).isEqualTo("9999");
        assertThat(value(result, "same")).asString(UTF_8).isEqualTo("9999");
    }

    @Test
    void aRecordOfNothingStaysOne() {
        ConsumerRecord<byte[], byte[]> result = result(order(null, null));

        assertThat(result.topic()).isEqualTo("orders.done");
        assertThat(result.partition()).isEqualTo(1);
        assertThat(result.key()).isNull();
        assertThat(result.value()).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "41c0af, 1 (0xc0)",
        "41eda080, 1 (0xed)",
        "41e282, 1 (0xe2)",
        "41f4908080, 1 (0xf4)",
        "41f8888080, 1 (0xf8)",
        "4180, 1 (0x80)",
        "fffe4100, 0 (0xff)",
    })
    void whatIsNoUtf8IsADeadLetterToTheByte(String hex, String fault) {
        byte[] value = HexFormat.of().parseHex(hex);
        ProducerRecord<byte[], byte[]> order = order(ALL_BYTES, value);
        order.headers().add("all", ALL_BYTES).add("failed.reason", ALL_BYTES);

        ConsumerRecord<byte[], byte[]> result = result(order);

        assertThat(result.topic()).isEqualTo("orders.failed");
        assertThat(result.key()).isEqualTo(ALL_BYTES);
        assertThat(result.value()).isEqualTo(value);
        assertThat(value(result, "all")).isEqualTo(ALL_BYTES);
        assertThat(value(result, "failed.reason"))
                .asString(UTF_8)
                .isEqualTo("pipeline 'orders': the input: malformed UTF-8 at byte " + fault);
    }
}
