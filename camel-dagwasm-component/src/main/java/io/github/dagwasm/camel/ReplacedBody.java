package io.github.dagwasm.camel;

import io.github.dagwasm.wasm.TextLease;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.support.SynchronizationAdapter;

/**
 * Replacement of a body that could be read only once. Camel's error handlers put the body itself
 * back for a redelivery, that of an outer route even after a run has succeeded. So the exchange
 * remembers what stands for it, as long as it lives. Copies of an exchange share it. Safe for use
 * by any number of threads.
 */
final class ReplacedBody {

    private static final String PROPERTY = "CamelDagWasmReplacedBody";

    private final Object body;
    private final Object by;
    private final long bytes;

    /** Room that it has while its exchange fails; guarded by this. */
    private TextLease kept = TextLease.FREE;

    private ReplacedBody(Object body, Object by, long bytes) {
        this.body = body;
        this.by = by;
        this.bytes = bytes;
    }

    /**
     * Remembers what stands for a body.
     *
     * @param body what could be read only once
     * @param by what stands for it
     * @param bytes what that takes of the heap
     */
    static void set(Exchange exchange, Object body, Object by, long bytes) {
        Optional<ReplacedBody> before = of(exchange);
        exchange.setProperty(PROPERTY, new ReplacedBody(body, by, bytes));
        before.ifPresent(ReplacedBody::giveRoomBack);
    }

    /** What stands for the last body of an exchange that could be read only once. */
    private static Optional<ReplacedBody> of(Exchange exchange) {
        return Optional.ofNullable(exchange.getProperty(PROPERTY, ReplacedBody.class));
    }

    /** What stands for a body, or the body itself. */
    static Object orBody(Exchange exchange, Object body) {
        return of(exchange).filter(one -> one.body == body).map(one -> one.by).orElse(body);
    }

    /**
     * Closes the room of a run that succeeded. What stands for the body is no longer counted, like
     * any other body that the application has.
     */
    static void succeeded(Exchange exchange, TextLease room) {
        of(exchange).ifPresent(ReplacedBody::giveRoomBack);
        room.close();
    }

    /**
     * Closes the room of a run that failed, but for that of what stands for the body: this stays in
     * the heap while the failure is logged and the message delivered again, so it counts until the
     * exchange is done.
     */
    static void failed(Exchange exchange, TextLease room) {
        if (exchange.getUnitOfWork() != null) {
            of(exchange).ifPresent(one -> one.keepRoom(exchange, room));
        }
        room.close();
    }

    private synchronized void keepRoom(Exchange exchange, TextLease room) {
        TextLease more = room.keep(bytes);
        giveRoomBack();
        kept = more;
        exchange.getExchangeExtension()
                .addOnCompletion(
                        new SynchronizationAdapter() {
                            @Override
                            public void onDone(Exchange done) {
                                more.close();
                            }
                        });
    }

    private synchronized void giveRoomBack() {
        kept.close();
        kept = TextLease.FREE;
    }

    /** No text: Camel logs the properties of an exchange. */
    @Override
    public String toString() {
        return "what was read of the body";
    }
}
