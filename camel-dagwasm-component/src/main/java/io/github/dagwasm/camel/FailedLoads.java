package io.github.dagwasm.camel;

import io.github.dagwasm.text.GuestText;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.util.URISupport;

/**
 * Which endpoints do not load, and why. The latest are remembered: a route may let messages name
 * endpoints. Safe for use by any number of threads.
 */
final class FailedLoads {

    static final int MOST = 20;

    private static final int LONGEST_URI = 200;
    private static final int LONGEST_REASON = 1000;

    /** The oldest comes first. */
    private final Map<String, String> reasons = new LinkedHashMap<>();

    /** An endpoint does not load. */
    synchronized void failed(String uri, Throwable failure) {
        String shown = shown(uri);
        reasons.remove(shown);
        reasons.put(shown, reason(failure));
        if (reasons.size() > MOST) {
            var oldest = reasons.keySet().iterator();
            oldest.next();
            oldest.remove();
        }
    }

    /** An endpoint has loaded, or is gone. */
    synchronized void forget(String uri) {
        if (!reasons.isEmpty()) {
            reasons.remove(shown(uri));
        }
    }

    /** The reasons by URI, the oldest first. */
    synchronized Map<String, String> reasons() {
        return new LinkedHashMap<>(reasons);
    }

    private static String shown(String uri) {
        return GuestText.escape(URISupport.sanitizeUri(uri), LONGEST_URI);
    }

    /** A sentence may have parts that an author or a module has written, and several lines. */
    private static String reason(Throwable failure) {
        String message = failure.getMessage() == null ? failure.toString() : failure.getMessage();
        return GuestText.escape(String.join("; ", message.lines().toList()), LONGEST_REASON);
    }
}
