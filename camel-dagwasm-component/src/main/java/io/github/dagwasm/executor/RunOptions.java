package io.github.dagwasm.executor;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What one run may be told beside its input.
 *
 * @param attributes what surrounds the text, such as headers let in by an allow-list
 * @param keepTexts whether the result holds the text of every processor, and not only the output
 * @param onCallersThread whether the run stays wholly on the thread that starts it, one processor
 *     at a time, as a transaction asks for
 * @param carried what the caller passes along for processors that know it, such as a message's
 *     exchange; nobody else looks at it
 */
public record RunOptions(
        Map<String, String> attributes,
        boolean keepTexts,
        boolean onCallersThread,
        List<Object> carried) {

    /** No attributes, no texts kept, on any thread, nothing carried. */
    public static final RunOptions DEFAULTS = new RunOptions(Map.of(), false, false, List.of());

    /** Copies the attributes and the list. */
    public RunOptions {
        attributes = Map.copyOf(attributes);
        carried = List.copyOf(carried);
    }

    /**
     * The same options with other attributes.
     *
     * @param others what surrounds the text
     * @return the new options
     */
    public RunOptions with(Map<String, String> others) {
        return new RunOptions(others, keepTexts, onCallersThread, carried);
    }

    /**
     * The same options with every text kept.
     *
     * @return the new options
     */
    public RunOptions keepingTexts() {
        return new RunOptions(attributes, true, onCallersThread, carried);
    }

    /**
     * The same options for a run that stays on the thread that starts it.
     *
     * @return the new options
     */
    public RunOptions stayingOnCallersThread() {
        return new RunOptions(attributes, keepTexts, true, carried);
    }

    /** What was passed along, if it is of this type. */
    <T> Optional<T> carried(Class<T> type) {
        return carried.stream().filter(type::isInstance).map(type::cast).findFirst();
    }

    /**
     * The same options with something more passed along.
     *
     * @param companion what {@link io.github.dagwasm.spi.ProcessorCall#carried} hands out; of two
     *     of one type, the first
     * @return the new options
     */
    public RunOptions carrying(Object companion) {
        List<Object> all = new ArrayList<>(carried);
        all.add(companion);
        return new RunOptions(attributes, keepTexts, onCallersThread, all);
    }
}
