package io.github.dagwasm.executor;

import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.Merge;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.util.Objects;
import java.util.Optional;

/**
 * One processor of a plan.
 *
 * @param id its id, unique in the plan
 * @param backend the backend it belongs to
 * @param processor what is called
 * @param merge how several texts become its input, where its author chose; else {@link
 *     Merge#DEEPEST}
 * @param mergeSeparator what stands between texts that are joined
 * @param required whether its failure or skip fails the run
 * @param timeout how long each try may take
 * @param retry how often a retryable failure is followed by another try, and when
 */
public record PlannedProcessor(
        String id,
        String backend,
        PipelineProcessor processor,
        Optional<Merge> merge,
        String mergeSeparator,
        boolean required,
        Optional<Timeout> timeout,
        Retry retry) {

    /** Checks the arguments. */
    public PlannedProcessor {
        Objects.requireNonNull(id, "id");
        Objects.requireNonNull(processor, "processor");
        Objects.requireNonNull(retry, "retry");
    }

    /**
     * A processor without anything special: no timeout, no retries, not required.
     *
     * @param id its id
     * @param processor what is called
     * @return the planned processor
     */
    public static PlannedProcessor of(String id, PipelineProcessor processor) {
        return new PlannedProcessor(
                id,
                "local",
                processor,
                Optional.empty(),
                "\n",
                false,
                Optional.empty(),
                Retry.of(0));
    }

    /** How often a retryable failure is followed by another try. */
    int retries() {
        return retry.attempts();
    }

    /** What failures call it. */
    String label() {
        return ProcessorDefinition.label(id, processor.resource());
    }

    boolean transforms() {
        return processor.intent() == Intent.TRANSFORM;
    }

    /** Whether nobody need keep the time for it. */
    boolean keepsDeadline() {
        return processor instanceof TextProcessor synchronous && synchronous.keepsDeadline();
    }

    /**
     * Sees that the processor is called with no text that it cannot take.
     *
     * @param text the text
     * @return how many bytes it has
     * @throws MalformedTextException if it is no text, and the processor takes nothing else
     */
    int requireTakes(Text text) {
        if (processor.carriesBytes()) {
            return text.byteLength();
        }
        try {
            return text.utf8Length();
        } catch (MalformedTextException e) {
            throw new MalformedTextException("the input is no text: " + e.getMessage(), e.offset());
        }
    }

    Merge effectiveMerge() {
        return merge.orElse(Merge.DEEPEST);
    }
}
