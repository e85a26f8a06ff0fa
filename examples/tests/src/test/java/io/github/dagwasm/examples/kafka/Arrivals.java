package io.github.dagwasm.examples.kafka;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/**
 * Numbered orders of several keys, some of them no text, and what became of them. Each result is
 * checked by itself as it comes: its key, its partition, its text or its reason.
 */
final class Arrivals {

    static final String NUMBER = "number";

    private static final int KEYS = 20;
    private static final int ONE_IN_MALFORMED = 20;
    private static final int LONGEST = 2048;

    private final Random random;
    private final Orders orders;
    private final List<byte[]> sent = new ArrayList<>();
    private final List<Integer> keys = new ArrayList<>();
    private final Map<String, List<Integer>> arrived = new HashMap<>();
    private final Set<Integer> distinct = new HashSet<>();
    private int total;

    Arrivals(Orders orders, Random random) {
        this.orders = orders;
        this.random = random;
    }

    /** Sends so many more. */
    void send(int count) {
        for (int i = 0; i < count; i++) {
            add(value());
        }
        orders.flush();
    }

    /** Sends one more of this text. */
    void send(String text) {
        add(text.getBytes(StandardCharsets.UTF_8));
        orders.flush();
    }

    private void add(byte[] value) {
        int key = random.nextInt(KEYS);
        ProducerRecord<byte[], byte[]> order =
                new ProducerRecord<>("orders", null, key(key), value);
        order.headers().add(NUMBER, ByteBuffer.allocate(Integer.BYTES).putInt(sent.size()).array());
        sent.add(value);
        keys.add(key);
        orders.send(order);
    }

    private byte[] value() {
        byte[] value = new byte[1 + random.nextInt(LONGEST)];
        for (int i = 0; i < value.length; i++) {
            value[i] = (byte) ('A' + random.nextInt(26));
        }
        if (random.nextInt(ONE_IN_MALFORMED) == 0) {
            value[0] = (byte) 0xff;
        }
        return value;
    }

    private static byte[] key(int key) {
        return ("customer-" + key).getBytes(StandardCharsets.UTF_8);
    }

    /** Looks at what has come out since. */
    void look() {
        for (ConsumerRecord<byte[], byte[]> result : orders.results()) {
            int number = ByteBuffer.wrap(result.headers().lastHeader(NUMBER).value()).getInt();
            byte[] value = sent.get(number);
            boolean malformed = value[0] == (byte) 0xff;
            assertThat(result.topic())
                    .as("where order %d went", number)
                    .isEqualTo(malformed ? "orders.failed" : "orders.done");
            assertThat(result.key()).isEqualTo(key(keys.get(number)));
            assertThat(result.value()).isEqualTo(malformed ? value : expected(value));
            arrived.computeIfAbsent(
                            result.topic() + "-" + result.partition(), at -> new ArrayList<>())
                    .add(number);
            distinct.add(number);
            total++;
        }
    }

    private static byte[] expected(byte[] value) {
        String lower = new String(value, StandardCharsets.UTF_8).toLowerCase(Locale.ROOT);
        return (lower + "-wasm").getBytes(StandardCharsets.UTF_8);
    }

    /** How many orders were sent. */
    int sent() {
        return sent.size();
    }

    /** How many orders have come out, each counted once. */
    int processed() {
        return distinct.size();
    }

    int duplicates() {
        return total - distinct.size();
    }

    int lost() {
        return sent.size() - distinct.size();
    }

    /**
     * The order of each key, with repeats removed: what comes out for the first time comes out
     * after all that was sent before it with the same key.
     */
    void requireOrder() {
        Map<Integer, String> partitions = new HashMap<>();
        arrived.forEach(
                (at, numbers) -> {
                    Map<Integer, Integer> last = new HashMap<>();
                    for (int number : new LinkedHashSet<>(numbers)) {
                        int key = keys.get(number);
                        Integer before = last.put(key, number);
                        assertThat(before == null || before < number)
                                .as("%s: order %d of a key after %d", at, number, before)
                                .isTrue();
                        String partition = at.substring(at.lastIndexOf('-'));
                        assertThat(partitions.computeIfAbsent(key, k -> partition))
                                .as("the partition of key %d", key)
                                .isEqualTo(partition);
                    }
                });
    }

    /**
     * While there is one worker at a time, which commits each record before it begins the next, no
     * other record can come between a record and its repeat.
     */
    void requireRepeatsOfTheLastOnly() {
        arrived.forEach(
                (at, numbers) -> {
                    Set<Integer> seen = new HashSet<>();
                    for (int i = 0; i < numbers.size(); i++) {
                        assertThat(seen.add(numbers.get(i)) || isRepeatOfTheLast(numbers, i))
                                .as("%s: %s is new, or repeats the one before it", at, i)
                                .isTrue();
                    }
                });
    }

    private static boolean isRepeatOfTheLast(List<Integer> numbers, int i) {
        return numbers.get(i).equals(numbers.get(i - 1));
    }

    @Override
    public String toString() {
        return String.format(
                Locale.ROOT,
                "%d records, %d processed at least once, %d duplicates, %d lost",
                sent.size(),
                processed(),
                duplicates(),
                lost());
    }
}
