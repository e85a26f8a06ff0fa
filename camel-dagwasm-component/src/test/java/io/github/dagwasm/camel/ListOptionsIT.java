package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import org.apache.camel.Exchange;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Lists in an endpoint's URI. */
class ListOptionsIT extends EndpointFixture {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "a\\,b.md        | a,b.md",
                "RAW(a\\,b.md)   | a,b.md",
                "a%5C,b.md       | a,b.md",
                "a\\,b.md,c.md   | a,b.md",
                "a,b.md          | a",
                "a\\\\,b.md      | a\\\\"
            })
    void aCommaCanBeSaid(String args, String file) {
        camel.context.start();

        Exchange exchange =
                sent("dagwasm:wasm:../wasm_modules/cmark.wasm?option.args=" + args, "Hello");

        assertThat(exchange.getException().getMessage())
                .contains("Error opening file " + file + ": ");
    }
}
