package io.github.dagwasm.executor;

import io.github.dagwasm.spi.DagWasmException;
import io.github.dagwasm.spi.ProcessorResult;

/** How one try of a processor ended. */
sealed interface Settlement {

    /** It returned a result. */
    record Succeeded(ProcessorResult result) implements Settlement {}

    /** It failed, or its time was up. */
    record Failed(DagWasmException failure) implements Settlement {}

    /** It was stopped because the run is over. */
    record Cancelled() implements Settlement {}

    /** Somebody else settled it meanwhile; whatever it did is dropped. */
    record Abandoned() implements Settlement {}
}
