package io.github.dagwasm.spi;

import io.github.dagwasm.text.JsonWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a run tells of one processor. Numbers that were not measured, because the processor did not
 * get that far, are {@link #NOT_MEASURED}.
 *
 * @param id the processor's id
 * @param backend the backend it belongs to
 * @param outcome how it settled
 * @param startNanos when its first try started, in nanoseconds since the run's start
 * @param durationNanos from the start of its first try until it settled, in nanoseconds
 * @param tries how often it was called
 * @param bytesIn its input's size in bytes, of a text those of UTF-8
 * @param bytesOut its text's size in bytes, of a text those of UTF-8
 * @param fuel how much fuel its last try used, where it counts that
 * @param metadata what it learnt, in its own order
 * @param failure why it failed, where it did
 */
public record ProcessorReport(
        String id,
        String backend,
        ProcessorOutcome outcome,
        long startNanos,
        long durationNanos,
        int tries,
        long bytesIn,
        long bytesOut,
        long fuel,
        Map<String, String> metadata,
        Optional<FailureReport> failure) {

    /** Stands for a number that there is not; null in JSON. */
    public static final long NOT_MEASURED = -1;

    /** Copies the metadata, but for a {@link Metadata}, keeping its order. */
    public ProcessorReport {
        if (!(metadata instanceof Metadata)) {
            metadata =
                    metadata.isEmpty()
                            ? Map.of()
                            : Collections.unmodifiableMap(new LinkedHashMap<>(metadata));
        }
    }

    /**
     * Whether the processor was called and ran to an end of its own.
     *
     * @return true if it succeeded or failed
     */
    public boolean executed() {
        return outcome == ProcessorOutcome.SUCCEEDED || outcome == ProcessorOutcome.FAILED;
    }

    /** Tells id and outcome; metadata may hold what a guest said. */
    @Override
    public String toString() {
        return id + ": " + outcome.key();
    }

    void writeTo(JsonWriter json) {
        json.beginObject()
                .name("id")
                .value(id)
                .name("backend")
                .value(backend)
                .name("outcome")
                .value(outcome.key())
                .name("start_ns");
        measured(json, startNanos).name("duration_ns");
        measured(json, durationNanos).name("tries").value(tries).name("bytes_in");
        measured(json, bytesIn).name("bytes_out");
        measured(json, bytesOut).name("fuel");
        measured(json, fuel).name("metadata").beginObject();
        metadata.forEach((key, value) -> json.name(key).value(value));
        json.endObject().name("failure");
        failure.ifPresentOrElse(f -> f.writeTo(json), json::nullValue);
        json.endObject();
    }

    private static JsonWriter measured(JsonWriter json, long number) {
        return number == NOT_MEASURED ? json.nullValue() : json.value(number);
    }
}
