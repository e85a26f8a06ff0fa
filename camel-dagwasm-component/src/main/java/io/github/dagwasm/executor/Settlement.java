package io.github.dagwasm.executor;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.ProcessorFailureException;
import io.github.dagwasm.spi.ProcessorResult;

/** How one try of a processor ended. */
sealed interface Settlement {

    /** It returned a result. */
    record Succeeded(ProcessorResult result) implements Settlement {

        /**
         * A text that is not well formed is the failure of the processor that made it, not of one
         * that needs it; and so is too much metadata, or an attribute that is not for processors to
         * set.
         */
        @Override
        public Settlement checked(PlannedProcessor planned) {
            try {
                if (planned.transforms() && !planned.processor().carriesBytes()) {
                    var unused = result.text().utf8Length();
                }
                MetadataLimits.check(result.metadata());
                HandedOn.check(result.attributes());
                return this;
            } catch (MalformedTextException
                    | LimitExceededException
                    | ProcessorFailureException e) {
                return new Failed(e);
            }
        }
    }

    /** It failed, or its time was up. */
    record Failed(DagWasmException failure) implements Settlement {

        /** What it was to be called with could not be made. */
        static Failed unmerged(Throwable e) {
            return new Failed(
                    e instanceof DagWasmException failure
                            ? failure
                            : new ProcessorFailureException(
                                    "the input could not be merged: " + e, e, false));
        }
    }

    /** It was stopped because the run is over. */
    record Cancelled() implements Settlement {}

    /** Somebody else settled it meanwhile; whatever it did is dropped. */
    record Abandoned() implements Settlement {}

    /** What becomes of it when the result is looked at. */
    default Settlement checked(PlannedProcessor planned) {
        return this;
    }

    /**
     * How a try ended that nobody has stopped.
     *
     * @param result what was returned, or null
     * @param thrown what was thrown, or null
     */
    static Settlement of(ProcessorResult result, Throwable thrown) {
        return thrown == null && result != null
                ? new Succeeded(result)
                : new Failed(asFailure(thrown));
    }

    private static DagWasmException asFailure(Throwable thrown) {
        if (thrown == null) {
            return new ProcessorFailureException("returned null instead of a result", null, false);
        }
        if (thrown instanceof DagWasmException failure) {
            return failure;
        }
        if (thrown instanceof DeadlinePassedException) {
            return new ProcessorFailureException(
                    "stopped at a deadline, but has none", thrown, false);
        }
        if (thrown instanceof InterruptedException) {
            return new ProcessorFailureException("interrupted from outside the run", thrown, false);
        }
        String message = thrown.getMessage();
        String name = thrown.getClass().getName();
        return new ProcessorFailureException(
                message == null ? name : name + ": " + message, thrown, false);
    }
}
