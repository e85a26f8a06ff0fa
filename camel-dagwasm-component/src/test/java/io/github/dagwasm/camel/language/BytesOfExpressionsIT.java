package io.github.dagwasm.camel.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.wasm.CamelGuests;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import org.apache.camel.Expression;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of an expression's value that is no text. */
class BytesOfExpressionsIT extends LanguageFixture {

    private static final byte[] NO_TEXT = {'a', (byte) 0xff};

    private Expression echo;

    @BeforeEach
    void resolve() {
        context.start();
        echo = expression(module("echo", CamelGuests.echo()));
        echo.init(context);
    }

    private <T> T evaluated(Class<T> type) {
        return echo.evaluate(exchange(NO_TEXT), type);
    }

    @Test
    void itIsBytesForThoseThatAskForBytesOrAnything() throws IOException {
        assertThat(evaluated(byte[].class)).isEqualTo(NO_TEXT).isNotSameAs(NO_TEXT);
        assertThat(evaluated(Object.class)).isEqualTo(NO_TEXT);
        assertThat(evaluated(ByteBuffer.class)).isEqualTo(ByteBuffer.wrap(NO_TEXT));
        try (InputStream in = evaluated(InputStream.class)) {
            assertThat(in.readAllBytes()).isEqualTo(NO_TEXT);
        }
    }

    @ParameterizedTest
    @ValueSource(
            classes = {
                String.class,
                CharSequence.class,
                Reader.class,
                Integer.class,
                boolean.class
            })
    void itIsRefusedToThoseThatAskForAText(Class<?> type) {
        assertThatThrownBy(() -> evaluated(type))
                .isInstanceOf(MalformedTextException.class)
                .hasMessage(
                        "language dagwasm: the value is no text: malformed UTF-8 at byte 1 (0xff)");
    }
}
