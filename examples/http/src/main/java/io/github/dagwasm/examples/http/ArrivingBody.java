package io.github.dagwasm.examples.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.http.HttpStatus;
import org.eclipse.jetty.io.Content;
import org.eclipse.jetty.server.Handler;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.util.Callback;
import org.eclipse.jetty.util.thread.Scheduler;

/**
 * One body on its way. It holds no thread while it waits for bytes. The request goes on when the
 * body is there, or has broken off. A body that is too slow is answered 408, one that is too large
 * 413, one too many 503.
 */
final class ArrivingBody implements Runnable {

    private final Arrivals arrivals;
    private final Handler next;
    private final Request request;
    private final Response response;
    private final Callback callback;
    private final Scheduler scheduler;
    private final long begin = System.nanoTime();
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private boolean over;
    private boolean reading;
    private boolean entered;
    private long held;
    private Scheduler.Task watch = () -> false;

    ArrivingBody(
            Arrivals arrivals,
            Handler next,
            Request request,
            Response response,
            Callback callback) {
        this.arrivals = arrivals;
        this.next = next;
        this.request = request;
        this.response = response;
        this.callback = callback;
        scheduler = request.getConnectionMetaData().getConnector().getScheduler();
    }

    /**
     * Takes the first bytes. Chunks have a watch from their begin: while a sender is as fast as the
     * parser, the extension of a chunk or zeros before its size keep a read from returning.
     */
    void begin() {
        if (request.getHeaders().contains(HttpHeader.TRANSFER_ENCODING)) {
            isInTime();
        }
        run();
    }

    /** Takes the bytes that are there; called by one thread at a time. */
    @Override
    public void run() {
        while (mayRead()) {
            Content.Chunk chunk = request.read();
            endRead();
            if (chunk == null) {
                await();
                return;
            }
            if (Content.Chunk.isFailure(chunk)) {
                goOn(chunk);
                return;
            }
            int status = take(chunk.getByteBuffer());
            chunk.release();
            if (status != 0) {
                refuse(status);
                return;
            }
            if (chunk.isLast()) {
                goOn(Content.Chunk.EOF);
                return;
            }
        }
    }

    private synchronized boolean mayRead() {
        reading = !over;
        return reading;
    }

    private synchronized void endRead() {
        reading = false;
    }

    /** The status of a refusal, 0 for none. */
    private synchronized int take(ByteBuffer chunk) {
        int length = chunk.remaining();
        if (arrivals.isTooLarge(bytes.size() + (long) length)) {
            return HttpStatus.PAYLOAD_TOO_LARGE_413;
        }
        if (entered && !over) {
            if (!arrivals.hold(length)) {
                return HttpStatus.SERVICE_UNAVAILABLE_503;
            }
            held += length;
        }
        byte[] copy = new byte[length];
        chunk.get(copy);
        bytes.writeBytes(copy);
        return 0;
    }

    private void await() {
        if (!isAdmitted()) {
            refuse(HttpStatus.SERVICE_UNAVAILABLE_503);
        } else if (!isWaiting()) {
            refuse(HttpStatus.REQUEST_TIMEOUT_408);
        }
    }

    private synchronized boolean isAdmitted() {
        if (entered) {
            return true;
        }
        entered = arrivals.enter();
        if (!entered || !arrivals.hold(bytes.size())) {
            return false;
        }
        held = bytes.size();
        return true;
    }

    /** Asks to be called when there is more; nobody may ask once the request was refused. */
    private synchronized boolean isWaiting() {
        boolean inTime = isInTime();
        if (inTime) {
            request.demand(this);
        }
        return inTime;
    }

    /**
     * Refuses what is late. A read that has not returned is in Jetty's parser, where no second
     * thread may be: its connection ends unanswered.
     */
    private void watch() {
        synchronized (this) {
            if (over || isInTime()) {
                return;
            }
            if (reading) {
                Endings.closeSoon(request);
                return;
            }
            end();
        }
        answer(HttpStatus.REQUEST_TIMEOUT_408);
    }

    /** Whether enough has come; if so, somebody looks again when more should have. */
    private synchronized boolean isInTime() {
        long left = begin + arrivals.nanosFor(bytes.size()) - System.nanoTime();
        if (!over && left > 0) {
            watch.cancel();
            watch = scheduler.schedule(this::watch, left, TimeUnit.NANOSECONDS);
        }
        return !over && left > 0;
    }

    private void refuse(int status) {
        if (end()) {
            answer(status);
        }
    }

    private void answer(int status) {
        Endings.closeSoon(request);
        Response.writeError(request, response, callback, status);
    }

    private void goOn(Content.Chunk end) {
        if (!end()) {
            return;
        }
        Request whole = new ArrivedRequest(request, bytes.toByteArray(), end);
        try {
            if (!next.handle(whole, response, callback)) {
                Response.writeError(request, response, callback, HttpStatus.NOT_FOUND_404);
            }
        } catch (Exception e) {
            Response.writeError(request, response, callback, e);
        }
    }

    /** Gives the room back; false if somebody else did. */
    private synchronized boolean end() {
        if (over) {
            return false;
        }
        over = true;
        watch.cancel();
        if (entered) {
            arrivals.leave(held);
        }
        return true;
    }
}
