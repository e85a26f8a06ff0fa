package io.github.dagwasm.runtime;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.ProcessorFailureException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** The processors of one pipeline that could not be made, in the order of the file. */
final class UnmadeProcessors {

    /** Beyond these a hostile file's processors are counted, not kept. */
    static final int MAX_LISTED = 1000;

    private final List<Fault> faults = new ArrayList<>();
    private final List<DagWasmException> failures = new ArrayList<>();
    private int unlisted;

    void add(Fault fault, DagWasmException failure) {
        if (faults.size() < MAX_LISTED) {
            faults.add(fault);
            failures.add(failure);
        } else {
            unlisted++;
        }
    }

    /**
     * Throws one failure for all of them. It blames whom the first blames, which is its cause, and
     * has a line for each.
     */
    void throwIfAny() {
        if (failures.isEmpty()) {
            return;
        }
        DagWasmException first = failures.get(0);
        DagWasmException all =
                first instanceof ModuleRefusedException
                        ? new ModuleRefusedException(message(), first)
                        : new ProcessorFailureException(message(), first, first.retryable());
        failures.stream().skip(1).forEach(all::addSuppressed);
        throw all;
    }

    private String message() {
        String lines = faults.stream().map(Fault::toString).collect(Collectors.joining("\n"));
        return unlisted > 0 ? lines + "\n" + unlisted + " more faults are not listed" : lines;
    }
}
