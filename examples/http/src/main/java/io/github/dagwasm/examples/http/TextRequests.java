package io.github.dagwasm.examples.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.camel.util.IOHelper;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpHeaderValue;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Takes texts. A request whose headers say enough is refused before anything is read: no plain
 * text, a compressed one, an unknown charset, a length over the limit. Chunks are the only transfer
 * coding. A body without a type is plain text in UTF-8. All other bodies are read before a thread
 * works on their requests, within bounds on their rate, number and bytes. Safe for use by any
 * number of threads.
 */
public final class TextRequests extends Handler.Wrapper {

    private static final Pattern PLAIN_TEXT =
            Pattern.compile("text/plain[ \t]*(;.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private long maxBytes;
    private long minBytesPerSecond;
    private int maxWaitingBodies;
    private long maxWaitingBytes;
    private Arrivals arrivals;

    /** Creates the handler; Camel binds its properties and puts it before its servlet. */
    public TextRequests() {}

    /**
     * How large a body may be.
     *
     * @param maxBytes the most bytes that it may have, or its {@code Content-Length} may announce
     */
    public void setMaxBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    /**
     * How fast a body must come; a slower one is answered 408.
     *
     * @param minBytesPerSecond the rate from its begin, five seconds aside
     */
    public void setMinBytesPerSecond(long minBytesPerSecond) {
        this.minBytesPerSecond = minBytesPerSecond;
    }

    /**
     * How many bodies may be on their way; one more is answered 503.
     *
     * @param maxWaitingBodies the number
     */
    public void setMaxWaitingBodies(int maxWaitingBodies) {
        this.maxWaitingBodies = maxWaitingBodies;
    }

    /**
     * How much of these bodies may have come; a body that brings more is answered 503.
     *
     * @param maxWaitingBytes the bytes of all of them
     */
    public void setMaxWaitingBytes(long maxWaitingBytes) {
        this.maxWaitingBytes = maxWaitingBytes;
    }

    @Override
    protected void doStart() throws Exception {
        arrivals = new Arrivals(maxBytes, minBytesPerSecond, maxWaitingBodies, maxWaitingBytes);
        super.doStart();
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        if (!HttpMethod.POST.is(request.getMethod())) {
            leaveUnread(request, response);
            return super.handle(request, response, callback);
        }
        int status = refusal(request);
        if (status == 0) {
            new ArrivingBody(arrivals, getHandler(), request, response, callback).begin();
        } else {
            leaveUnread(request, response);
            Response.writeError(request, response, callback, status);
        }
        return true;
    }

    /** Chunks that nobody wants would be read to their end, which may never come. */
    private static void leaveUnread(Request request, Response response) {
        if (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            response.getHeaders().put(HttpHeader.CONNECTION, HttpHeaderValue.CLOSE);
            Endings.closeSoon(request);
        }
    }

    /** The status of the refusal, 0 for none. */
    private int refusal(Request request) {
        HttpFields headers = request.getHeaders();
        if (!has(headers, HttpHeader.TRANSFER_ENCODING, "chunked")) {
            return HttpStatus.NOT_IMPLEMENTED_501;
        }
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        if ((type != null && !PLAIN_TEXT.matcher(type).matches())
                || headers.getValuesList(HttpHeader.CONTENT_TYPE).size() > 1
                || !has(headers, HttpHeader.CONTENT_ENCODING, "identity")) {
            return HttpStatus.UNSUPPORTED_MEDIA_TYPE_415;
        }
        if (type != null && !isCharsetKnown(type)) {
            request.setAttribute(EarlyProblems.UNKNOWN_CHARSET, true);
            return HttpStatus.BAD_REQUEST_400;
        }
        return request.getLength() > maxBytes ? HttpStatus.PAYLOAD_TOO_LARGE_413 : 0;
    }

    /** Whether a header is there once with one value, or not at all. */
    private static boolean has(HttpFields headers, HttpHeader name, String value) {
        List<String> values = headers.getValuesList(name);
        return values.isEmpty() || (values.size() == 1 && value.equalsIgnoreCase(values.get(0)));
    }

    /** As Camel reads it, which else fails where no route handles the failure. */
    private static boolean isCharsetKnown(String type) {
        try {
            return Charset.isSupported(IOHelper.getCharsetNameFromContentType(type));
        } catch (IllegalCharsetNameException e) {
            return false;
        }
    }
}
