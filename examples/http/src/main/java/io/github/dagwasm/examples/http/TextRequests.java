package io.github.dagwasm.examples.http;

import java.nio.charset.Charset;
import java.nio.charset.IllegalCharsetNameException;
import java.util.regex.Pattern;
import org.apache.camel.util.IOHelper;
import org.eclipse.jetty.http.HttpFields;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpMethod;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;

/**
 * Refuses, before anything is read of their bodies, the requests whose headers say enough: what is
 * no plain text, what is compressed, what has a charset that nobody knows, and what is too large by
 * its own word. A body without a type is taken for plain text in UTF-8. Safe for use by any number
 * of threads.
 */
public final class TextRequests extends Handler.Wrapper {

    private static final Pattern PLAIN_TEXT =
            Pattern.compile("text/plain[ \t]*(;.*)?", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    private long maxBytes;

    /** Creates the handler; Camel binds its properties and puts it before its servlet. */
    public TextRequests() {}

    /**
     * How large a body may be.
     *
     * @param maxBytes the most bytes that its {@code Content-Length} may announce
     */
    public void setMaxBytes(long maxBytes) {
        this.maxBytes = maxBytes;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) throws Exception {
        int status = HttpMethod.POST.is(request.getMethod()) ? refusal(request) : 0;
        if (status == 0) {
            return super.handle(request, response, callback);
        }
        Response.writeError(request, response, callback, status);
        return true;
    }

    /** The status of the refusal, 0 for none. */
    private int refusal(Request request) {
        HttpFields headers = request.getHeaders();
        String type = headers.get(HttpHeader.CONTENT_TYPE);
        String encoding = headers.get(HttpHeader.CONTENT_ENCODING);
        if ((type != null && !PLAIN_TEXT.matcher(type).matches())
                || (encoding != null && !encoding.equalsIgnoreCase("identity"))) {
            return HttpStatus.UNSUPPORTED_MEDIA_TYPE_415;
        }
        if (type != null && !isCharsetKnown(type)) {
            request.setAttribute(EarlyProblems.UNKNOWN_CHARSET, true);
            return HttpStatus.BAD_REQUEST_400;
        }
        return request.getLength() > maxBytes ? HttpStatus.PAYLOAD_TOO_LARGE_413 : 0;
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
