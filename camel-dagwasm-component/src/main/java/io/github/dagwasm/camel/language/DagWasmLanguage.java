package io.github.dagwasm.camel.language;

import io.github.dagwasm.camel.PipelineFunction;
import io.github.dagwasm.text.GuestText;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.Expression;
import org.apache.camel.Predicate;
import org.apache.camel.StaticService;
import org.apache.camel.spi.annotations.Language;
import org.apache.camel.support.LanguageSupport;

/**
 * The language {@code dagwasm}. An expression is what follows {@code dagwasm:} in the URI of an
 * endpoint, {@code wasm:MODULE}, {@code local:NAME} or {@code pipeline:FILE}, options included, and
 * its value the text that the endpoint would make of the body. The endpoint of that URI is used,
 * and shared with the routes that use it. Safe for use by any number of threads.
 *
 * <p>What an expression names is loaded when the expression is made, which is when its route is
 * built, so that a fault fails the start. It stays loaded until the context stops. Of expressions
 * that are made of messages, as the EIP {@code language} and others can, only the latest stay so.
 */
@Language("dagwasm")
public final class DagWasmLanguage extends LanguageSupport implements StaticService {

    private static final List<String> KINDS = List.of("wasm:", "local:", "pipeline:");

    /** Camel keeps the URIs of a thousand endpoints that messages have named. */
    private static final int LONGEST = 4096;

    private static final int SHOWN = 60;

    private final KeptFunctions kept = new KeptFunctions();

    /** Makes the language; Camel does, once for each context. */
    public DagWasmLanguage() {}

    /**
     * Makes an expression and loads what it names.
     *
     * @param expression what follows {@code dagwasm:} in the URI of an endpoint
     * @return the expression, which is a predicate, too
     * @throws IllegalArgumentException if it names neither a module, a processor nor a file
     * @throws org.apache.camel.ResolveEndpointFailedException if there can be no such endpoint
     * @throws io.github.dagwasm.failure.DagWasmException if what it names does not load
     */
    @Override
    public Expression createExpression(String expression) {
        return expressionOf(expression);
    }

    /**
     * Makes a predicate and loads what it names.
     *
     * @param expression what follows {@code dagwasm:} in the URI of an endpoint
     * @return the predicate, whose text must be {@code true} or {@code false}
     * @throws IllegalArgumentException if it names neither a module, a processor nor a file
     * @throws org.apache.camel.ResolveEndpointFailedException if there can be no such endpoint
     * @throws io.github.dagwasm.failure.DagWasmException if what it names does not load
     */
    @Override
    public Predicate createPredicate(String expression) {
        return expressionOf(expression);
    }

    private DagWasmExpression expressionOf(String expression) {
        String text = checked(expression.strip());
        PipelineFunction function = kept.get(text, this::functionOf, madeForRoute());
        return new DagWasmExpression(text, function, kept);
    }

    private PipelineFunction functionOf(String text) {
        return PipelineFunction.of(getCamelContext(), "dagwasm:" + text);
    }

    private static String checked(String text) {
        if (text.length() > LONGEST) {
            throw new IllegalArgumentException(
                    "language dagwasm: the expression has %d characters; expected at most %d"
                            .formatted(text.length(), LONGEST));
        }
        if (KINDS.stream().noneMatch(text::startsWith)) {
            throw new IllegalArgumentException(
                    "language dagwasm: found '%s'; expected wasm:MODULE, local:NAME or pipeline:FILE"
                            .formatted(GuestText.escape(text, SHOWN)));
        }
        return text;
    }

    /** As Camel itself tells endpoints of routes from those that messages name. */
    private boolean madeForRoute() {
        CamelContext context = getCamelContext();
        return !context.isStarted()
                || context.getCamelContextExtension().isSetupRoutes()
                || context.getRouteController().isStartingRoutes();
    }

    @Override
    public void start() {}

    /** What is loaded for expressions may be dropped; one that is used again loads it again. */
    @Override
    public void stop() {
        kept.clear();
    }
}
