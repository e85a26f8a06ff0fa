package io.github.dagwasm.wasm;

import static io.github.dagwasm.wasm.Calls.with;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.TextProcessor;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the limits are called where the user has other names for them than a file has. */
class LimitNamesTest {

    @TempDir Path folder;

    private final WasmBackend backend = new WasmBackend();

    @AfterEach
    void closeBackend() {
        backend.close();
    }

    @Test
    void namesALimitAsTheUserDoes() {
        KeyValues limits =
                new KeyValues(Map.of("memory_mb", 1L, "input_bytes", 2L << 20, "output_bytes", 4L));
        Path append = TestModule.write(folder.resolve("append.wasm"), TestModules.append("!"));
        TextProcessor processor =
                (TextProcessor) backend.create(Calls.named(append, Map.of("limits", limits)));

        assertThatThrownBy(() -> processor.process(with("x".repeat(1 << 20))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 1048576 memory bytes is exceeded: 1114112 asked for (option"
                                + " my memory_mb)")
                .satisfies(
                        e ->
                                assertThat(e.getSuppressed())
                                        .singleElement()
                                        .isInstanceOf(GuestFailureException.class));
        assertThatThrownBy(() -> processor.process(with("x".repeat((2 << 20) + 1))))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "the limit of 2097152 input bytes is exceeded: 2097153 asked for (option"
                                + " my input_bytes)");
        assertThatThrownBy(() -> processor.process(with("1234")))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage("the limit of 4 output bytes is exceeded (option my output_bytes)");
    }
}
