package io.github.dagwasm.spi;

import io.github.dagwasm.text.Text;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a {@link Backend} makes for one processor of a pipeline: synchronous ({@link TextProcessor})
 * or asynchronous ({@link AsyncTextProcessor}). One object serves all runs of its pipeline, so it
 * is called by many threads at once.
 */
public sealed interface PipelineProcessor extends AutoCloseable
        permits TextProcessor, AsyncTextProcessor {

    /**
     * What this processor does with its text.
     *
     * @return the intent, the same for the whole life of the processor
     */
    default Intent intent() {
        return Intent.TRANSFORM;
    }

    /**
     * The module, endpoint or other resource behind this processor, as written in the pipeline
     * file. Failures name it.
     *
     * @return the resource, empty where there is none worth naming
     */
    default Optional<String> resource() {
        return Optional.empty();
    }

    /**
     * What the bytes behind the {@linkplain #resource() resource} are, for people who ask. A
     * processor that wraps another passes this on.
     *
     * @return their SHA-256, in lower-case hexadecimal; empty where there are none
     */
    default Optional<String> sha256() {
        return Optional.empty();
    }

    /**
     * What a call of this processor may use, for people who ask.
     *
     * @return each limit's name, as it is written in a pipeline file, and its value
     */
    default Map<String, Long> limits() {
        return Map.of();
    }

    /**
     * The attributes that a call is to be shown of what surrounds its text, such as a message's
     * headers. They are looked up when the run begins: what one processor {@linkplain
     * ProcessorResult#attributes() hands on} is not shown to those after it. What was there before
     * the run is replaced only by a processor that asks to be shown it.
     *
     * @return their names, in which upper and lower case are one; the same for the whole life of
     *     the processor
     */
    default Set<String> attributes() {
        return Set.of();
    }

    /**
     * Whether the processor takes any bytes and, as a transform, gives any: it reads {@link
     * Text#bytes()}. A processor that does not is never called with bytes that are no UTF-8, and
     * fails where its own answer is none.
     *
     * @return true only where no bytes are refused; the same for the whole life of the processor
     */
    default boolean carriesBytes() {
        return false;
    }

    /** Gives back what the processor holds; called once, when no call is under way. */
    @Override
    default void close() {}
}
