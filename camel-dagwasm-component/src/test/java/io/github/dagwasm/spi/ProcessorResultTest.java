package io.github.dagwasm.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.text.Text;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ProcessorResultTest {

    @Test
    void keepsMetadataInItsOrderWhateverBecomesOfTheMap() {
        Map<String, String> metadata = new LinkedHashMap<>();
        metadata.put("z", "1");
        metadata.put("a", "2");
        metadata.put("m", "3");
        ProcessorResult result = ProcessorResult.of(Text.EMPTY, metadata);

        metadata.clear();

        assertThat(result.metadata().keySet()).containsExactly("z", "a", "m");
        assertThat(result.attributes()).isEmpty();
        assertThatThrownBy(() -> result.metadata().clear())
                .isInstanceOf(UnsupportedOperationException.class);
    }

    @Test
    void aValueOfNullIsRefusedByItsKey() {
        Map<String, String> metadata = new HashMap<>();
        metadata.put("language", null);

        assertThatThrownBy(() -> ProcessorResult.of(Text.EMPTY, metadata))
                .isInstanceOf(NullPointerException.class)
                .hasMessage("the value of 'language' is null");
    }

    @Test
    void tellsSizesAndNeverContent() {
        assertThat(ProcessorResult.of(Text.of("secret"), Map.of("key", "secret")))
                .hasToString("ProcessorResult[Text[6 bytes], 1 metadata, 0 attributes]");
    }
}
