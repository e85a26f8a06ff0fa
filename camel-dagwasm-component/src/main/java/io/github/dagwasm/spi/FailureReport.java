package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFrames;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.text.JsonWriter;
import java.util.List;
import java.util.Optional;

/**
 * Why a processor failed. Immutable.
 *
 * @param kind the failure's kind, as {@link DagWasmException#kind()} says it
 * @param limit the limit that was exceeded, where it was one
 * @param message the sentence for people
 * @param retryable whether another try might have helped
 * @param guestStack the guest's functions that were open, the innermost first, bounded and escaped;
 *     empty where none is known
 */
public record FailureReport(
        String kind,
        Optional<String> limit,
        String message,
        boolean retryable,
        List<String> guestStack) {

    /** Copies the list. */
    public FailureReport {
        guestStack = List.copyOf(guestStack);
    }

    /**
     * Tells of a failure what a report holds.
     *
     * @param failure the failure
     * @return its report
     */
    public static FailureReport of(DagWasmException failure) {
        Optional<String> limit =
                failure instanceof LimitExceededException exceeded
                        ? Optional.of(exceeded.limit())
                        : Optional.empty();
        return new FailureReport(
                failure.kind(),
                limit,
                failure.getMessage(),
                failure.retryable(),
                GuestFrames.of(failure));
    }

    void writeTo(JsonWriter json) {
        json.beginObject().name("kind").value(kind).name("limit");
        limit.ifPresentOrElse(json::value, json::nullValue);
        json.name("message").value(message).name("retryable").value(retryable);
        if (!guestStack.isEmpty()) {
            json.name("guest_stack").beginArray();
            guestStack.forEach(json::value);
            json.endArray();
        }
        json.endObject();
    }
}
