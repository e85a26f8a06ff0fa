package io.github.dagwasm.camel;

import io.github.dagwasm.spi.RunOutcome;
import io.github.dagwasm.spi.RunReport;
import java.util.ArrayList;
import java.util.List;
import org.apache.camel.Message;

/** The headers of this component: those of a sender are removed, those of a run are set. */
final class ResultHeaders {

    private ResultHeaders() {}

    /**
     * Removes what looks like a result before there is one: a sender must not be able to make
     * something of that kind up, and none of it steers anything.
     */
    static void removeIncoming(Message message) {
        if (!message.hasHeaders()) {
            return;
        }
        List<String> forged = null;
        for (String name : message.getHeaders().keySet()) {
            // A map of a HeadersMapFactory other than the default may have a null for a name.
            if (name != null && isOurs(name)) {
                forged = forged == null ? new ArrayList<>() : forged;
                forged.add(name);
            }
        }
        if (forged != null) {
            forged.forEach(message::removeHeader);
        }
    }

    /** Sets the headers of a run that has a text. */
    static void set(Message message, RunReport report, boolean plainOnes) {
        message.setHeader(DagWasmConstants.PROCESSORS_EXECUTED, report.executed());
        message.setHeader(DagWasmConstants.METADATA, new RunMetadata(report));
        message.setHeader(DagWasmConstants.PARTIAL, report.outcome() == RunOutcome.PARTIAL);
        if (plainOnes) {
            PlainHeaders.set(message, report);
        }
    }

    /** Camel's headers do not tell upper from lower case. */
    private static boolean isOurs(String name) {
        return startsWith(name, DagWasmConstants.CAMEL_PREFIX)
                || startsWith(name, DagWasmConstants.PLAIN_PREFIX);
    }

    private static boolean startsWith(String name, String prefix) {
        return name.regionMatches(true, 0, prefix, 0, prefix.length());
    }
}
