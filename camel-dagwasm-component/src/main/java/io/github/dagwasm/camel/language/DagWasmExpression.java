package io.github.dagwasm.camel.language;

import io.github.dagwasm.camel.PipelineFunction;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.text.Text;
import java.io.InputStream;
import java.nio.ByteBuffer;
import org.apache.camel.CamelContext;
import org.apache.camel.Exchange;
import org.apache.camel.Expression;
import org.apache.camel.NoTypeConversionAvailableException;
import org.apache.camel.Predicate;

/**
 * An expression whose value is a text, and the predicate that takes the text at its word. It is
 * both, so that Camel never makes a predicate of it by a rule of its own, for which any text but
 * "false" is true.
 */
final class DagWasmExpression implements Expression, Predicate {

    private final String expression;
    private final PipelineFunction function;
    private final KeptFunctions kept;

    DagWasmExpression(String expression, PipelineFunction function, KeptFunctions kept) {
        this.expression = expression;
        this.function = function;
        this.kept = kept;
    }

    /** There is nothing left to do. */
    @Override
    public void init(CamelContext context) {}

    @Override
    public <T> T evaluate(Exchange exchange, Class<T> type) {
        Text text = text(exchange);
        if (type == byte[].class) {
            // The text's own are shared, with processors perhaps, and the caller may write to his.
            return type.cast(text.bytes().clone());
        }
        if (type == Boolean.class || type == boolean.class) {
            @SuppressWarnings("unchecked")
            T verdict = (T) Boolean.valueOf(verdict(text));
            return verdict;
        }
        Object value = !text.wellFormed() && holdsBytes(type) ? text.bytes().clone() : string(text);
        return type.isInstance(value) ? type.cast(value) : converted(exchange, value, type);
    }

    /** For other types Camel's converters would make a text, and replace malformed bytes. */
    private static boolean holdsBytes(Class<?> type) {
        return type.isAssignableFrom(byte[].class)
                || type == InputStream.class
                || type == ByteBuffer.class;
    }

    private static String string(Text text) {
        try {
            return text.string();
        } catch (MalformedTextException e) {
            throw new MalformedTextException(
                    "language dagwasm: the value is no text: " + e.getMessage(), e.offset());
        }
    }

    @Override
    public boolean matches(Exchange exchange) {
        return verdict(text(exchange));
    }

    private Text text(Exchange exchange) {
        kept.keep(expression, function);
        return function.apply(exchange);
    }

    private boolean verdict(Text text) {
        String word = string(text).strip();
        if (word.equalsIgnoreCase("true")) {
            return true;
        }
        if (word.equalsIgnoreCase("false")) {
            return false;
        }
        throw new NoVerdictException(expression, word);
    }

    private static <T> T converted(Exchange exchange, Object value, Class<T> type) {
        try {
            return exchange.getContext()
                    .getTypeConverter()
                    .mandatoryConvertTo(type, exchange, value);
        } catch (NoTypeConversionAvailableException e) {
            throw new IllegalArgumentException(
                    "language dagwasm: there is no converter from a text to " + type.getName(), e);
        }
    }

    @Override
    public String toString() {
        return "dagwasm{" + expression + "}";
    }
}
