package io.github.dagwasm.wasm.engine.chicory;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Names are what the author wrote, without the compiler's hash. */
class RustNameTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = ' ',
            textBlock =
                    """
                    _ZN7library5shout17h87e84444c65dce2dE library::shout
                    _ZN7library5shout17h87e84444c65dce2dE.llvm.9924015148322341848 library::shout
                    app::parse::h0123456789abcdef app::parse
                    _ZN3std9panicking11begin_panic28_$u7b$$u7b$closure$u7d$$u7d$17h106d97be21bfe094E std::panicking::begin_panic::{{closure}}
                    _ZN50_$LT$T$u20$as$u20$core..convert..Into$LT$U$GT$$GT$4into17h0123456789abcdefE '<T as core::convert::Into<U>>::into'
                    _ZN3app12$RF$$BP$x$C$17h0123456789abcdefE app::&*x,
                    _ZN3app8$nope$$x17h0123456789abcdefE app::$nope$$x
                    """)
    void isThePath(String symbol, String path) {
        assertThat(RustName.of(symbol)).isEqualTo(path);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "main.do",
                "_ZN4text5parseEPKc",
                "_ZN4text5parseE",
                "_ZNE",
                "_ZN17h0123456789abcdefE",
                "_ZN99app17h0123456789abcdefE",
                "_ZN0app17h0123456789abcdefE",
                "_ZN99999999999999999999a17h0123456789abcdefE",
                "_ZNapp17h0123456789abcdefE",
                "_ZN3app17h0123456789abcdef"
            })
    void anyOtherNameStays(String symbol) {
        assertThat(RustName.of(symbol)).isEqualTo(symbol);
    }

    @Test
    void aNameThatIsTooLongStays() {
        String symbol = "_ZN3app" + "1a".repeat(1000) + "17h0123456789abcdefE";

        assertThat(RustName.of(symbol)).isEqualTo(symbol);
    }
}
