package io.github.dagwasm.examples.jms;

import jakarta.jms.ConnectionFactory;
import jakarta.jms.JMSConsumer;
import jakarta.jms.JMSContext;
import jakarta.jms.JMSException;
import jakarta.jms.JMSRuntimeException;
import jakarta.jms.Message;
import java.util.concurrent.atomic.AtomicReference;

/** Takes every message of a queue, on a thread of its own, whatever happens to the broker. */
final class Results implements AutoCloseable {

    private static final long POLL_MILLIS = 200;

    /** What is done with each message. */
    @FunctionalInterface
    interface Reader {
        void read(Message message) throws JMSException;
    }

    private final ConnectionFactory connections;
    private final String queue;
    private final Reader reader;
    private final AtomicReference<Throwable> fault = new AtomicReference<>();
    private final Thread thread = new Thread(this::run, "results");
    private volatile boolean closed;

    private Results(ConnectionFactory connections, String queue, Reader reader) {
        this.connections = connections;
        this.queue = queue;
        this.reader = reader;
    }

    static Results of(ConnectionFactory connections, String queue, Reader reader) {
        Results results = new Results(connections, queue, reader);
        results.thread.start();
        return results;
    }

    private void run() {
        while (!closed) {
            try (JMSContext context = connections.createContext(JMSContext.AUTO_ACKNOWLEDGE);
                    JMSConsumer consumer = context.createConsumer(context.createQueue(queue))) {
                while (!closed) {
                    Message message = consumer.receive(POLL_MILLIS);
                    if (message != null) {
                        reader.read(message);
                    }
                }
            } catch (JMSRuntimeException e) {
                // The broker is away: what was not acknowledged comes again.
                Thread.onSpinWait();
            } catch (JMSException | RuntimeException | AssertionError e) {
                fault.compareAndSet(null, e);
                return;
            }
        }
    }

    /** Fails where reading a message failed. */
    void requireSound() {
        if (fault.get() != null) {
            throw new AssertionError("a result of " + queue, fault.get());
        }
    }

    @Override
    public void close() {
        closed = true;
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
