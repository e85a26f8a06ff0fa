package io.github.dagwasm.failure;

import java.io.EOFException;
import java.net.ConnectException;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.net.http.HttpConnectTimeoutException;
import java.nio.channels.UnresolvedAddressException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemLoopException;
import java.nio.file.NoSuchFileException;

/**
 * Why reading failed, in words: neither the names of classes nor their messages, which quote what
 * others sent. Stateless.
 */
public final class IoReason {

    private static final int MOST_CAUSES = 8;

    private IoReason() {}

    /**
     * The reason for a failure.
     *
     * @param failure the failure; of one that says nothing by itself the cause is asked
     * @return a few words without a full stop
     */
    public static String of(Throwable failure) {
        Throwable at = failure;
        for (int i = 0; at != null && i < MOST_CAUSES; i++) {
            String reason = known(at);
            if (!reason.isEmpty()) {
                return reason;
            }
            at = at.getCause();
        }
        return "an input or output error";
    }

    private static String known(Throwable t) {
        if (t instanceof AccessDeniedException) {
            return "permission is denied";
        }
        if (t instanceof NoSuchFileException) {
            return "it is gone";
        }
        if (t instanceof FileSystemLoopException) {
            return "links go round in a circle";
        }
        if (t instanceof UnknownHostException || t instanceof UnresolvedAddressException) {
            return "the host is unknown";
        }
        if (t instanceof HttpConnectTimeoutException || t instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        if (t instanceof ConnectException) {
            return "no connection";
        }
        if (t instanceof EOFException) {
            return "it ends early";
        }
        return t instanceof SocketException ? "the connection broke" : "";
    }
}
