package io.github.dagwasm.camel;

import io.github.dagwasm.executor.ThreadContext;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.runtime.CurrentContext;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.wasm.TextLease;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import org.apache.camel.Exchange;
import org.apache.camel.support.EventHelper;

/**
 * One call of an endpoint, from the wait for a thread until the answer is read. Once it is
 * cancelled it is not sent any more; if it was, the thread is interrupted while it is inside the
 * producer, and the answer, whenever it comes, is dropped. The exchange is ended when the endpoint
 * gives it back, whether somebody still waits or not.
 */
final class EndpointCall extends CompletableFuture<ProcessorResult> implements Runnable {

    private final ProcessorCall call;
    private final EndpointProcessor processor;
    private final Optional<Exchange> transacted;
    private final Optional<CallersContext> context;
    private final ThreadContext threadContext = CurrentContext.capture();
    private final AtomicBoolean answered = new AtomicBoolean();
    private Thread inside;

    /**
     * Of the exchange of a caller nothing is kept but what is read here, unless it is transacted.
     */
    EndpointCall(ProcessorCall call, Optional<Exchange> caller, EndpointProcessor processor) {
        this.call = call;
        this.processor = processor;
        transacted = caller.filter(Exchange::isTransacted);
        context = caller.map(CallersContext::of);
    }

    boolean isTransacted() {
        return transacted.isPresent();
    }

    /** On a thread of the pool. */
    @Override
    public void run() {
        inContext(this::runOnPool);
    }

    private void runOnPool() {
        synchronized (this) {
            if (isDone()) {
                return;
            }
            inside = Thread.currentThread();
        }
        call.begins();
        try {
            send();
        } finally {
            leaves();
        }
    }

    /** Works for the call on a thread that did not make it. */
    private void inContext(Runnable work) {
        try {
            threadContext.run(work);
        } catch (RuntimeException | Error e) {
            completeExceptionally(told(e));
        }
    }

    /**
     * Nobody interrupts this thread any more. That a cancel may have done so is no affair of what
     * is to be ended, nor of the thread's next task.
     */
    private void leaves() {
        synchronized (this) {
            if (inside != Thread.currentThread()) {
                return;
            }
            inside = null;
        }
        Thread.interrupted();
    }

    /**
     * On the run's own thread, which waits for the answer; whoever stops the call interrupts it by
     * himself.
     */
    void runHere() {
        send();
        try {
            var unused = get();
        } catch (InterruptedException e) {
            completeExceptionally(e);
            Thread.currentThread().interrupt();
        } catch (ExecutionException e) {
            // It is for who asked for this call to see why.
            return;
        }
    }

    @Override
    public boolean cancel(boolean mayInterruptIfRunning) {
        boolean cancelled = super.cancel(mayInterruptIfRunning);
        if (cancelled) {
            synchronized (this) {
                if (inside != null) {
                    inside.interrupt();
                }
            }
            processor.threads().withdraw(this);
        }
        return cancelled;
    }

    private void send() {
        Exchange exchange;
        try {
            exchange =
                    transacted.isPresent()
                            ? processor.message().within(call, transacted.get())
                            : processor.message().of(call, context);
        } catch (RuntimeException | Error e) {
            completeExceptionally(processor.failures().of(e));
            return;
        }
        boolean told =
                EventHelper.notifyExchangeSending(
                        exchange.getContext(), exchange, processor.message().endpoint());
        long sentAt = System.nanoTime();
        boolean here;
        try {
            here =
                    processor
                            .producer()
                            .process(
                                    exchange,
                                    doneHere -> calledBack(doneHere, exchange, told, sentAt));
        } catch (Throwable e) {
            exchange.setException(e);
            here = true;
        }
        if (here) {
            // Who answers here has called back already, or never will.
            answered(exchange, told, sentAt);
        }
    }

    private void calledBack(boolean here, Exchange exchange, boolean told, long sentAt) {
        if (here) {
            answered(exchange, told, sentAt);
        } else {
            inContext(() -> answered(exchange, told, sentAt));
        }
    }

    /** The endpoint gives the exchange back; a second time it has nothing to give. */
    private void answered(Exchange exchange, boolean told, long sentAt) {
        if (!answered.compareAndSet(false, true)) {
            return;
        }
        ProcessorResult result = null;
        Throwable failure = null;
        try {
            if (told) {
                long millis = (System.nanoTime() - sentAt) / 1_000_000;
                EventHelper.notifyExchangeSent(
                        exchange.getContext(), exchange, processor.message().endpoint(), millis);
            }
            if (!isDone()) {
                result = processor.answer().of(exchange, call.text(), room());
            }
        } catch (Throwable e) {
            failure = told(e);
        }
        leaves();
        try {
            end(exchange);
        } catch (Throwable e) {
            failure = failure == null ? told(e) : failure;
        }
        if (failure == null) {
            complete(result);
        } else {
            completeExceptionally(failure);
        }
    }

    /** Where nobody counts for the message of the run, its answers are not counted either. */
    private TextLease room() {
        return call.carried(TextLease.class).map(TextLease::another).orElse(TextLease.FREE);
    }

    /** What others throw may tell a secret. */
    private Throwable told(Throwable failure) {
        return failure instanceof DagWasmException ? failure : processor.failures().of(failure);
    }

    /** Who cannot be closed does not keep the unit of work from its end. */
    private void end(Exchange exchange) {
        try {
            EndpointAnswer.close(exchange);
        } finally {
            if (transacted.isEmpty()) {
                EndpointMessage.end(exchange);
            }
        }
    }

    @Override
    public String toString() {
        return "EndpointCall[" + processor + "]";
    }
}
