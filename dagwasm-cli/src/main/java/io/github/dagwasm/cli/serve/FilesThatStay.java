package io.github.dagwasm.cli.serve;

import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.camel.Exchange;

/**
 * Files that failed and are still where they were. Their consumer tries them at each poll, and one
 * line for all of these tries is enough. Safe for use by any number of threads.
 */
final class FilesThatStay {

    private static final int MOST = 1000;

    private final Map<String, String> failures =
            new LinkedHashMap<>() {
                private static final long serialVersionUID = 1L;

                @Override
                protected boolean removeEldestEntry(Map.Entry<String, String> eldest) {
                    return size() > MOST;
                }
            };

    /** Whether a file failed like this before, and has neither gone nor changed since. */
    synchronized boolean isKnown(Exchange exchange, FailedExchange failure) {
        String file = exchange.getMessage().getHeader("CamelFileAbsolutePath", String.class);
        if (file == null || !exists(file)) {
            return false;
        }
        String changed = exchange.getMessage().getHeader(Exchange.FILE_LAST_MODIFIED, String.class);
        String now = changed + " " + failure;
        return now.equals(failures.put(file, now));
    }

    private static boolean exists(String file) {
        try {
            return Files.exists(Path.of(file));
        } catch (InvalidPathException e) {
            return false;
        }
    }
}
