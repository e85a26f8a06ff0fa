package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of an endpoint's URI is shown. */
class EndpointUriTest {

    @ParameterizedTest
    @CsvSource({
        "http:h/x?password=s3cret, http:h/x?password=xxxxxx",
        "http:h/x?password=RAW(s3&cret)&a=b, http:h/x?password=xxxxxx&a=b",
        "http:h/x?sig=RAW(s3cret), http:h/x?sig=xxxxxx",
        "http:h/x?sig=RAW{s3&cret}&a=b, http:h/x?sig=xxxxxx&a=b",
        "ftp://joe:s3cret@h/x, ftp://joe:xxxxxx@h/x",
        "http:h/x?suffix=RAW( +1)&a=b, http:h/x?suffix=RAW( +1)&a=b",
        "http:h/x?a=b, http:h/x?a=b",
    })
    void secretsAreMasked(String written, String shown) {
        EndpointUri uri = new EndpointUri(written);

        assertThat(uri.shown()).isEqualTo(shown);
        assertThat(uri).hasToString(shown);
        assertThat(uri.written()).isEqualTo(written);
    }

    @ParameterizedTest
    @CsvSource({
        "http:h/x?password=s3cret, s3cret",
        "http:h/x?sig=RAW(s3&cret), s3&cret",
        "http:h/x?sig=RAW(s3 cret), s3%20cret",
    })
    void whatOthersSayIsMaskedToo(String written, String secret) {
        EndpointUri uri = new EndpointUri(written);

        assertThat(uri.masked("no entry with " + secret + "!")).isEqualTo("no entry with xxxxxx!");
        assertThat(uri.isKeptBy(new IOException(secret))).isFalse();
        assertThat(uri.isKeptBy(new IOException("another"))).isTrue();
    }
}
