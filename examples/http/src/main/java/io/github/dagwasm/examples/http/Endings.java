package io.github.dagwasm.examples.http;

import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.io.EndPoint;
import org.eclipse.jetty.server.ConnectionMetaData;
import org.eclipse.jetty.server.Request;

/** Ends of connections whose request is answered before its body is read. */
final class Endings {

    /** Enough for the answer to arrive: a connection that is closed at once may lose it. */
    private static final long SECONDS = 2;

    private Endings() {}

    /**
     * Closes a connection in a moment. Until then the server may read on, since the parser takes
     * extensions of chunks without end, and a thread with it.
     */
    static void closeSoon(Request request) {
        ConnectionMetaData connection = request.getConnectionMetaData();
        EndPoint endPoint = connection.getConnection().getEndPoint();
        var unused =
                connection
                        .getConnector()
                        .getScheduler()
                        .schedule(endPoint::close, SECONDS, TimeUnit.SECONDS);
    }
}
