package io.github.dagwasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.text.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetadataTest {

    private static final Metadata.Keys KEYS = Metadata.keys("module_path", "in", "out");

    private final Metadata metadata = KEYS.of("a.wasm", 11, 1L << 40);

    @Test
    void isAMapOfStringsInTheOrderOfItsKeys() {
        Map<String, String> plain = new LinkedHashMap<>();
        plain.put("module_path", "a.wasm");
        plain.put("in", "11");
        plain.put("out", "1099511627776");

        assertThat(metadata.entrySet()).containsExactlyElementsOf(plain.entrySet());
        assertThat((Object) metadata).isEqualTo(plain);
        assertThat((Object) plain).isEqualTo(metadata);
        assertThat(metadata).hasToString(plain.toString()).hasSameHashCodeAs(plain);
        assertThat(metadata.get("in")).isEqualTo("11");
        assertThat(metadata.get("more")).isNull();
        assertThat(metadata.containsKey("out")).isTrue();
        assertThat(metadata.containsKey("OUT")).isFalse();
    }

    @Test
    void cannotBeChanged() {
        assertThatThrownBy(() -> metadata.put("in", "12"))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> metadata.entrySet().iterator().remove())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> metadata.entrySet().iterator().next().setValue("b"))
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void isKeptAsItIsByResultAndReport() {
        assertThat(ProcessorResult.of(Text.EMPTY, metadata).metadata()).isSameAs(metadata);
    }

    @Test
    void isWrittenAsAPlainMap() throws Exception {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
            out.writeObject(metadata);
        }

        Object read;
        try (ObjectInputStream in =
                new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
            read = in.readObject();
        }

        assertThat(read).isExactlyInstanceOf(LinkedHashMap.class).isEqualTo(metadata);
    }

    @Test
    void boundsItsCharactersWithoutSpellingNumbers() {
        long characters =
                metadata.entrySet().stream()
                        .mapToLong(entry -> entry.getKey().length() + entry.getValue().length())
                        .sum();

        assertThat(metadata.mostCharacters()).isGreaterThanOrEqualTo(characters).isLessThan(64);
    }

    @Test
    void saysWhatDoesNotFit() {
        assertThatThrownBy(() -> KEYS.of("a.wasm")).hasMessage("1 values do not fit 3 keys");
        assertThatThrownBy(() -> KEYS.of("a.wasm", 1, 2.0))
                .hasMessage(
                        "the value of 'out' must be a String, an Integer or a Long, but is java.lang.Double");
        assertThatThrownBy(() -> KEYS.of(null, 1, 2))
                .hasMessage(
                        "the value of 'module_path' must be a String, an Integer or a Long, but is null");
    }
}
