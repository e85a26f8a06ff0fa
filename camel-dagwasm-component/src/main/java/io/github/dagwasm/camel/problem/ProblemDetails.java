package io.github.dagwasm.camel.problem;

import io.github.dagwasm.camel.DagWasmConstants;
import java.nio.charset.StandardCharsets;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.Processor;

/**
 * Makes the answer to a failed exchange: one problem document of RFC 9457. It belongs into an
 * {@code onException} with {@code handled} true:
 *
 * <pre>{@code
 * - routeConfiguration:
 *     id: problems
 *     onException:
 *       - onException:
 *           exception: [ java.lang.Throwable ]
 *           handled: { constant: { expression: "true" } }
 *           steps:
 *             - process:
 *                 ref: "#class:io.github.dagwasm.camel.problem.ProblemDetails"
 * }</pre>
 *
 * <table>
 * <caption>What answers what</caption>
 * <tr><th>status</th><th>failure</th></tr>
 * <tr><td>400</td><td>the body is malformed in its charset, the charset is unknown, or the body broke off</td></tr>
 * <tr><td>413</td><td>the body is larger than the pipeline takes</td></tr>
 * <tr><td>422</td><td>a guest trapped, failed in its own words, or exceeded a limit of its own; a
 *     processor cannot be given the text it should get</td></tr>
 * <tr><td>502</td><td>an endpoint that is a processor failed</td></tr>
 * <tr><td>503</td><td>the sandbox is full, or an executor rejected the work; with Retry-After</td></tr>
 * <tr><td>504</td><td>a processor, the run or an exchange timed out</td></tr>
 * <tr><td>500</td><td>anything else</td></tr>
 * </table>
 *
 * <p>A run may have failed of several causes. Then 422 comes before 500, 500 before 502, 502 before
 * 504 and 504 before 503: that the same text may succeed later is said only where every cause says
 * so.
 *
 * <p>An exchange without an exception has the status that the route has set as {@code
 * CamelHttpResponseCode}, 500 where that is none from 400 to 599.
 *
 * <p>The document is built of constants, numbers and names of charsets. No message of an exception
 * is in it, and so no word of a guest, no path, no class and no text: what there is more to know is
 * in the log. There is no {@code instance}: the document tells of no request but the one that it
 * answers.
 *
 * <p>All headers of the message are removed, those of the request among them, which transports
 * would send back. A route that wants others in the answer sets them afterwards. Stateless and safe
 * for use by any number of threads.
 */
public final class ProblemDetails implements Processor {

    /** What an answer's {@code Content-Type} is. */
    public static final String CONTENT_TYPE = "application/problem+json";

    /** How many seconds a client is asked to wait before it tries again. */
    private static final int RETRY_AFTER_SECONDS = 1;

    /** Creates the processor, which has no settings. */
    public ProblemDetails() {}

    /** Replaces the message's body and headers by the problem document. */
    @Override
    public void process(Exchange exchange) {
        Problem problem = problem(exchange);
        Message message = exchange.getMessage();
        message.removeHeaders("*");
        message.setHeader(Exchange.CONTENT_TYPE, CONTENT_TYPE);
        message.setHeader(Exchange.HTTP_RESPONSE_CODE, problem.status());
        if (problem.passes()) {
            message.setHeader("Retry-After", Integer.toString(RETRY_AFTER_SECONDS));
        }
        // As bytes, and not in the charset of the request, in which a text would be written.
        exchange.setProperty(ExchangePropertyKey.CHARSET_NAME, StandardCharsets.UTF_8.name());
        message.setBody(problem.toJson().getBytes(StandardCharsets.UTF_8));
    }

    private static Problem problem(Exchange exchange) {
        Throwable failure = exchange.getProperty(Exchange.EXCEPTION_CAUGHT, Throwable.class);
        if (failure == null) {
            failure = exchange.getException();
        }
        if (failure != null) {
            String charset = exchange.getProperty(ExchangePropertyKey.CHARSET_NAME, String.class);
            boolean ran = exchange.getProperty(DagWasmConstants.REPORT) != null;
            return FailureProblem.of(failure, charset, ran);
        }
        // A route in YAML sets a constant as a String.
        String status =
                String.valueOf(exchange.getMessage().getHeader(Exchange.HTTP_RESPONSE_CODE));
        return Problem.of(status.matches("[45][0-9][0-9]") ? Integer.parseInt(status) : 500);
    }
}
