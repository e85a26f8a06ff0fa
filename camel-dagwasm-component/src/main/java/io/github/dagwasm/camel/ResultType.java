package io.github.dagwasm.camel;

import io.github.dagwasm.text.Text;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;

/** What a body becomes. */
enum ResultType {
    /** Bytes that are no text stay bytes: no String holds them. */
    STRING {
        @Override
        void set(Exchange exchange, Message message, Text text) {
            if (text.wellFormed()) {
                message.setBody(text.string());
            } else {
                BYTES.set(exchange, message, text);
            }
        }
    },
    BYTES {
        /** A charset that was said for the body before does not hold for these bytes. */
        @Override
        void set(Exchange exchange, Message message, Text text) {
            message.setBody(text.bytes());
            if (exchange.getProperty(ExchangePropertyKey.CHARSET_NAME) == null) {
                return;
            }
            if (text.wellFormed()) {
                exchange.setProperty(
                        ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
            } else {
                exchange.removeProperty(ExchangePropertyKey.CHARSET_NAME);
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
