package io.github.dagwasm.camel;

import io.github.dagwasm.spi.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/** What a body becomes. */
enum ResultType {
    STRING {
        @Override
        void set(Exchange exchange, Message message, Text text) {
            message.setBody(text.string());
        }
    },
    BYTES {
        /** A charset that was said for the body before does not hold for these bytes. */
        @Override
        void set(Exchange exchange, Message message, Text text) {
            message.setBody(text.utf8());
            if (exchange.getProperty(ExchangePropertyKey.CHARSET_NAME) != null) {
                exchange.setProperty(
                        ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
            }
        }
    };

    abstract void set(Exchange exchange, Message message, Text text);

    String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    static ResultType of(String key) {
        return Arrays.stream(values())
                .filter(type -> type.key().equals(key))
                .findFirst()
                .orElseThrow(
                        () ->
                                new IllegalArgumentException(
                                        "resultType is '"
                                                + key
                                                + "'; expected 'string' or 'bytes'"));
    }
}
