package io.github.dagwasm.camel.language;

import io.github.dagwasm.camel.PipelineFunction;
import io.github.dagwasm.spi.Text;
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
            // The text's own are shared, with processors perhaps, and who asked may write to his.
            return type.cast(text.utf8().clone());
        }
        if (type == Boolean.class || type == boolean.class) {
            @SuppressWarnings("unchecked")
            T verdict = (T) Boolean.valueOf(verdict(text));
            return verdict;
        }
        String string = text.string();
        return type.isInstance(string) ? type.cast(string) : converted(exchange, string, type);
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
        String word = text.string().strip();
        if (word.equalsIgnoreCase("true")) {
            return true;
        }
        if (word.equalsIgnoreCase("false")) {
            return false;
        }
        throw new NoVerdictException(expression, word);
    }

    private static <T> T converted(Exchange exchange, String string, Class<T> type) {
        try {
            return exchange.getContext()
                    .getTypeConverter()
                    .mandatoryConvertTo(type, exchange, string);
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
