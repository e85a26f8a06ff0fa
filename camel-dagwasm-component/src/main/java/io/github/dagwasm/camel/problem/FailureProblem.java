package io.github.dagwasm.camel.problem;

import io.github.dagwasm.camel.UnreadableBodyException;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.failure.TrapException;
import io.github.dagwasm.spi.EndpointFailureException;
import io.github.dagwasm.spi.ProcessorTimeoutException;
import io.github.dagwasm.spi.RunFailedException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeoutException;
import org.apache.camel.ExchangeTimedOutException;

/** Which problem a failure is. Stateless. */
final class FailureProblem {

    /** That another try may help is said only where every cause of a run says so. */
    private static final List<Integer> MOST_TELLING_FIRST = List.of(422, 500, 502, 504, 503);

    private static final String INPUT = "input bytes";

    private static final Problem UNEXPECTED = Problem.of(500);

    /** Wrappers within wrappers end somewhere; a cycle of them does not. */
    private static final int MOST_WRAPPERS = 16;

    private FailureProblem() {}

    /**
     * The problem of a failed exchange.
     *
     * @param charset what the body's charset was said to be, or null
     * @param begun whether a run has come to its end, so that what breaks off is not the body
     */
    static Problem of(Throwable failure, String charset, boolean begun) {
        Throwable known = failure;
        for (int i = 0; i < MOST_WRAPPERS && known != null; i++) {
            Optional<Problem> problem = ofKnown(known, charset);
            if (problem.isPresent()) {
                return problem.get();
            }
            if (!begun && known instanceof EOFException) {
                return brokenOff();
            }
            known = known.getCause();
        }
        return UNEXPECTED;
    }

    private static Optional<Problem> ofKnown(Throwable failure, String charset) {
        if (failure instanceof RunFailedException run) {
            return Optional.of(ofRun(run));
        }
        if (failure instanceof DagWasmException early) {
            return Optional.of(ofInput(early, charset));
        }
        if (failure instanceof TimeoutException || failure instanceof ExchangeTimedOutException) {
            return Optional.of(tooLate());
        }
        if (failure instanceof RejectedExecutionException) {
            return Optional.of(Problem.of(503));
        }
        return Optional.empty();
    }

    /** No run has begun: it is the body that is at fault, or nothing that its sender can change. */
    private static Problem ofInput(DagWasmException failure, String charset) {
        if (failure instanceof MalformedTextException malformed) {
            return Problem.of(
                    400,
                    "malformed-text",
                    "Malformed text",
                    "The text is not well-formed %s; the first fault is at offset %d."
                            .formatted(charsetName(charset), malformed.offset()));
        }
        if (failure instanceof LimitExceededException limit && INPUT.equals(limit.limit())) {
            return Problem.of(
                    413,
                    "text-too-large",
                    "Text too large",
                    "The text is larger than the %d bytes that are taken."
                            .formatted(limit.value()));
        }
        if (failure instanceof UnreadableBodyException unreadable) {
            return ofUnreadable(unreadable.getCause());
        }
        return ofCause(failure);
    }

    private static Problem ofUnreadable(Throwable reason) {
        if (reason instanceof IllegalArgumentException) {
            return Problem.of(
                    400, "unknown-charset", "Unknown charset", "There is no such charset.");
        }
        if (reason instanceof IOException) {
            return brokenOff();
        }
        // A route that hands over something else than a text.
        return UNEXPECTED;
    }

    private static Problem brokenOff() {
        return Problem.of(
                400, "unreadable-text", "Unreadable text", "The text broke off before its end.");
    }

    private static Problem ofRun(RunFailedException run) {
        return run.causes().stream()
                .map(FailureProblem::ofCause)
                .min(Comparator.comparing(problem -> MOST_TELLING_FIRST.indexOf(problem.status())))
                .orElse(UNEXPECTED);
    }

    private static Problem ofCause(DagWasmException cause) {
        if (cause instanceof TrapException) {
            return failedGuest("trap", "Trap", "A guest trapped on this text.");
        }
        if (cause instanceof GuestFailureException) {
            return failedGuest("guest-failure", "Guest failure", "A guest failed on this text.");
        }
        if (cause instanceof LimitExceededException limit) {
            return failedGuest(
                    "limit-exceeded",
                    "Limit exceeded",
                    "This text takes more than the limit of %d %s."
                            .formatted(limit.value(), limit.limit()));
        }
        if (cause instanceof MalformedTextException) {
            return failedGuest(
                    "text-not-carried",
                    "Text not carried",
                    "A processor cannot take, or did not give, a text that is well formed.");
        }
        if (cause instanceof ProcessorTimeoutException) {
            return tooLate();
        }
        if (cause instanceof EndpointFailureException) {
            return Problem.of(
                    502,
                    "endpoint-failure",
                    "Endpoint failure",
                    "A service that this text needs has failed.");
        }
        if (cause instanceof SandboxFullException) {
            return Problem.of(
                    503, "sandbox-full", "Sandbox full", "The sandbox is full; try again later.");
        }
        return UNEXPECTED;
    }

    private static Problem failedGuest(String name, String title, String detail) {
        return Problem.of(422, name, title, detail);
    }

    private static Problem tooLate() {
        return Problem.of(
                504, "too-late", "Too late", "The text was not processed in the time there is.");
    }

    /** A name of the JVM's: what the sender wrote may be anything. */
    private static String charsetName(String charset) {
        try {
            return charset == null
                    ? StandardCharsets.UTF_8.name()
                    : Charset.forName(charset.strip()).name();
        } catch (IllegalArgumentException e) {
            return "text";
        }
    }
}
