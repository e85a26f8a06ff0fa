package io.github.dagwasm.examples.http;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;

/**
 * Answers what fails before or beside a route with a problem document of RFC 9457, as the routes do
 * for what fails in them: no such path, another method, a request that is no HTTP. The document is
 * made of the status alone. Safe for use by any number of threads.
 */
public final class EarlyProblems extends ErrorHandler {

    /** The attribute of a request that is refused since there is no such charset. */
    static final String UNKNOWN_CHARSET = EarlyProblems.class.getName() + ".charset";

    private static final int UNPROCESSED = 500;

    private long maxBytes;

    /** Creates the handler; Camel binds its properties. */
    public EarlyProblems() {}

    /**
     * What a text that is too large is told.
     *
     * @param maxBytes the largest body that is taken
     */
    public void setMaxBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
        int status = response.getStatus() < 400 ? UNPROCESSED : response.getStatus();
        response.setStatus(status);
        HttpFields.Mutable headers = response.getHeaders();
        headers.put(HttpHeader.CONTENT_TYPE, "application/problem+json");
        switch (status) {
            case HttpStatus.METHOD_NOT_ALLOWED_405 ->
                    headers.put(HttpHeader.ALLOW, "POST, OPTIONS");
            case HttpStatus.UNSUPPORTED_MEDIA_TYPE_415 -> {
                headers.put(HttpHeader.ACCEPT, "text/plain");
                headers.put(HttpHeader.ACCEPT_ENCODING, "identity");
            }
            case HttpStatus.SERVICE_UNAVAILABLE_503 -> headers.put(HttpHeader.RETRY_AFTER, "1");
            default -> {}
        }
        byte[] json = document(request, status).getBytes(StandardCharsets.UTF_8);
        headers.put(HttpHeader.CONTENT_LENGTH, json.length);
        boolean bodiless = HttpMethod.HEAD.is(request.getMethod());
        response.write(true, bodiless ? null : ByteBuffer.wrap(json), callback);
        return true;
    }

    private String document(Request request, int status) {
        if (request.getAttribute(UNKNOWN_CHARSET) != null) {
            return """
                    {"type":"tag:dagwasm.github.io,2026:unknown-charset","title":"Unknown charset",\
                    "status":400,"detail":"There is no such charset."}""";
        }
        if (status == HttpStatus.PAYLOAD_TOO_LARGE_413) {
            return """
                    {"type":"tag:dagwasm.github.io,2026:text-too-large","title":"Text too large",\
                    "status":413,"detail":"The text is larger than the %d bytes that are taken."}"""
                    .formatted(maxBytes);
        }
        return """
                {"type":"about:blank","title":"%s","status":%d}"""
                .formatted(title(status), status);
    }

    /** The words that ProblemDetails has too, where Jetty's are older. */
    private static String title(int status) {
        return switch (status) {
            case HttpStatus.INTERNAL_SERVER_ERROR_500 -> "Internal Server Error";
            default -> HttpStatus.getMessage(status);
        };
    }
}
