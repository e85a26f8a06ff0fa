package io.github.dagwasm.camel.language;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.RunFailedException;
import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TestModules;
import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.TypeConversionException;
import org.apache.camel.support.ExpressionToPredicateAdapter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What an expression's value is, and what becomes of the exchange. */
class LanguageIT extends LanguageFixture {

    private void says(String text) {
        TextProcessor says = call -> ProcessorResult.of(text);
        context.getRegistry().bind("says", TextProcessor.class, says);
        context.start();
    }

    @Test
    void theValueHasTheTypeThatIsAskedFor() {
        says("42 é");
        Expression expression = expression("local:says");

        Exchange exchange = exchange("x");

        assertThat(expression.evaluate(exchange, Object.class)).isEqualTo("42 é");
        assertThat(expression.evaluate(exchange, CharSequence.class)).isEqualTo("42 é");
        assertThat(expression.evaluate(exchange, byte[].class))
                .isEqualTo("42 é".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void whoWritesToTheBytesOfAValueWritesToNobodyElses() {
        Text shared = Text.of("abc");
        TextProcessor says = call -> ProcessorResult.of(shared);
        context.getRegistry().bind("says", TextProcessor.class, says);
        context.start();
        Expression expression = expression("local:says");

        expression.evaluate(exchange("x"), byte[].class)[0] = 'z';

        assertThat(expression.evaluate(exchange("x"), byte[].class))
                .isEqualTo("abc".getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void otherTypesAreWhatCamelMakesOfTheText() {
        says("42");
        Expression expression = expression("local:says");

        Exchange exchange = exchange("x");

        assertThat(expression.evaluate(exchange, Integer.class)).isEqualTo(42);
        assertThat(expression.evaluate(exchange, Long.class)).isEqualTo(42L);
        assertThatThrownBy(() -> expression.evaluate(exchange, Thread.class))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage(
                        "language dagwasm: there is no converter from a text to java.lang.Thread");
    }

    @Test
    void aTextThatIsNoNumberIsNone() {
        says("4 2");

        assertThatThrownBy(() -> expression("local:says").evaluate(exchange("x"), Integer.class))
                .isInstanceOf(TypeConversionException.class);
    }

    @ParameterizedTest
    @CsvSource({"true,true", "' TRUE\n',true", "tRue,true", "false,false", "'\tFalse ',false"})
    void aPredicateTakesTheTextAtItsWord(String text, boolean verdict) {
        says(text);

        assertThat(predicate("local:says").matches(exchange("x"))).isEqualTo(verdict);
        assertThat(expression("local:says").evaluate(exchange("x"), Boolean.class))
                .isEqualTo(verdict);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "yes", "1", "truefalse", "true false", "error", "trüe"})
    void anythingElseIsNoVerdict(String text) {
        says(text);
        String message =
                "predicate 'local:says': the text is '" + text + "'; expected true or false";

        assertThatThrownBy(() -> predicate("local:says").matches(exchange("x")))
                .isInstanceOf(NoVerdictException.class)
                .hasMessage(message);
        assertThatThrownBy(() -> expression("local:says").evaluate(exchange("x"), Boolean.class))
                .isInstanceOf(NoVerdictException.class)
                .hasMessage(message);
    }

    @Test
    void whatIsNoVerdictIsShownEscapedAndInPart() {
        says("true\r\n\u001b[31m\u202e" + "x".repeat(100));

        assertThatThrownBy(() -> predicate("local:says").matches(exchange("x")))
                .hasMessage(
                        "predicate 'local:says': the text is 'true\\u{d}\\u{a}\\u{1b}[31m\\u{202e}"
                                + "x".repeat(48)
                                + "…'; expected true or false");
    }

    @Test
    void camelMakesNoPredicateOfItByARuleOfItsOwn() {
        says("no");

        Predicate made = ExpressionToPredicateAdapter.toPredicate(expression("local:says"));

        assertThatThrownBy(() -> made.matches(exchange("x")))
                .isInstanceOf(NoVerdictException.class);
    }

    @Test
    void theExchangeStaysAsItIs() {
        context.start();
        Exchange exchange = exchange("abc");
        exchange.getMessage().setHeader("dagwasm.count.char_count", "kept");
        exchange.getMessage().setHeader("CamelDagWasmPartial", true);
        exchange.setProperty("CamelDagWasmReport", "kept");

        String value =
                expression(pipeline("p", UPPER) + "?metadataHeaders=true&resultType=bytes")
                        .evaluate(exchange, String.class);

        assertThat(value).isEqualTo("ABC");
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
        assertThat(exchange.getMessage().getHeaders())
                .containsOnly(
                        entry("dagwasm.count.char_count", "kept"),
                        entry("CamelDagWasmPartial", true));
        assertThat(exchange.getProperties()).containsOnly(entry("CamelDagWasmReport", "kept"));
    }

    @Test
    void aStreamCanBeReadAgain() {
        context.start();
        InputStream in = new ByteArrayInputStream("héllo".getBytes(StandardCharsets.UTF_8));
        Exchange exchange = exchange(new FilterInputStream(in) {});
        Expression expression = expression(pipeline("p", UPPER));

        assertThat(expression.evaluate(exchange, String.class)).isEqualTo("HÉLLO");
        assertThat(expression.evaluate(exchange, String.class)).isEqualTo("HÉLLO");
        assertThat(exchange.getMessage().getBody(String.class)).isEqualTo("héllo");
    }

    @Test
    void aFailureHasTheReportAndTheExchangeHasNot() {
        context.start();
        Exchange exchange = exchange("abc");
        String trap = module("trap", TestModules.trap());

        assertThatThrownBy(() -> expression(trap).evaluate(exchange, String.class))
                .isInstanceOfSatisfying(
                        RunFailedException.class,
                        failure ->
                                assertThat(failure.report().outcome()).isEqualTo(RunOutcome.FAILED))
                .hasMessageStartingWith("pipeline 'trap': processor 'trap' (file:" + folder);
        assertThat(exchange.getProperties()).isEmpty();
        assertThat(exchange.getMessage().getBody()).isEqualTo("abc");
    }

    @Test
    void theLimitsAreThoseOfTheEndpoint() {
        context.start();
        String small = module("small", TestModules.append("!")) + "?inputBytes=3";

        assertThat(evaluated(small, "abc")).isEqualTo("abc!");
        assertThatThrownBy(() -> evaluated(small, "abcd"))
                .isInstanceOf(LimitExceededException.class)
                .hasMessage(
                        "pipeline 'small': the input: the limit of 3 input bytes is exceeded: 4 asked"
                                + " for (option inputBytes)");
        assertThatThrownBy(() -> evaluated(small, new byte[] {(byte) 0xc3}))
                .isInstanceOf(MalformedTextException.class);
        assertThatThrownBy(() -> evaluated(small, "\ud800"))
                .isInstanceOf(MalformedTextException.class);
    }

    @Test
    void aTransactedExchangeStaysOnItsThread() {
        List<Thread> threads = new ArrayList<>();
        TextProcessor note =
                call -> {
                    threads.add(Thread.currentThread());
                    return ProcessorResult.of(call.text());
                };
        context.getRegistry().bind("note", TextProcessor.class, note);
        context.start();
        Exchange exchange = exchange("abc");
        exchange.getExchangeExtension().setTransacted(true);
        String wide =
                pipeline(
                        "wide",
                        """
                        output: a
                        processors:
                          - { id: a, backend: local, impl: note, timeout_seconds: 60 }
                          - { id: b, backend: local, impl: note, timeout_seconds: 60 }
                          - { id: c, backend: local, impl: note, timeout_seconds: 60 }
                        """);

        String value = expression(wide).evaluate(exchange, String.class);

        assertThat(value).isEqualTo("abc");
        assertThat(threads).hasSize(3).containsOnly(Thread.currentThread());
    }

    @Test
    void blanksAroundAnExpressionAreNotOfIt() {
        context.start();

        assertThat(evaluated("\n  " + pipeline("p", UPPER) + "\n", "abc")).isEqualTo("ABC");
        assertThat(expression("local:reverse_text")).hasToString("dagwasm{local:reverse_text}");
    }

    @Test
    void optionsOfTheProcessorAreWrittenAsInAUri() {
        context.start();

        assertThat(evaluated("local:prefix_suffix_adder?option.suffix=RAW( +1)", "abc"))
                .isEqualTo("abc +1");
    }
}
