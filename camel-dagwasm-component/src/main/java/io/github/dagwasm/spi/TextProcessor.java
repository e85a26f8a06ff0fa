package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;

/**
 * A synchronous processor: text in, text or metadata out. Called by many threads at once.
 *
 * <pre>{@code
 * TextProcessor shout = call -> ProcessorResult.of(call.text().string() + "!");
 * }</pre>
 */
@FunctionalInterface
public non-sealed interface TextProcessor extends PipelineProcessor {

    /**
     * Processes one text.
     *
     * @param call the text and what surrounds it; not to be kept beyond the call
     * @return the text or metadata made of it, never null
     * @throws InterruptedException if the call was stopped by an interrupt; the executor says why
     *     (timeout, cancellation). {@link DeadlinePassedException} is one
     * @throws DagWasmException if the call failed in a way the family has a name for; {@link
     *     DagWasmException#retryable()} is the processor's word on whether another try may help
     * @throws Exception any other failure; it is not retried
     */
    ProcessorResult process(ProcessorCall call) throws Exception;

    /**
     * Whether an interrupt of the calling thread surely ends the call soon. Where it does, a
     * timed-out call is waited for on its own thread; where it does not, a call with a timeout runs
     * on a pool thread that is abandoned when time is up.
     *
     * @return true only where no input can keep the call going after an interrupt
     */
    default boolean stopsOnInterrupt() {
        return false;
    }

    /**
     * Whether a call looks at its {@linkplain ProcessorCall#remainingNanos() remaining time} itself
     * and ends by a {@link DeadlinePassedException} soon after it is used up, so that nobody need
     * keep the time for it.
     *
     * @return true only where no input can keep the call going past its deadline
     */
    default boolean keepsDeadline() {
        return false;
    }
}
