package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.Fault;
import io.github.dagwasm.spi.PipelineFileException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * What has been found wrong with one file, or one set of parameters, so far. Used by one thread.
 */
final class Faults {

    /** Beyond these a hostile file's faults are counted, not kept. */
    static final int MAX_LISTED = 1000;

    private static final Comparator<Fault> FILE_ORDER =
            Comparator.comparingInt(Fault::line).thenComparingInt(Fault::column);

    private final Source source;
    private final List<Fault> found = new ArrayList<>();
    private int unlisted;

    Faults(Source source) {
        this.source = source;
    }

    /**
     * Adds a fault.
     *
     * @param where the path of the key in a file
     */
    void add(Position at, String where, String problem) {
        if (found.size() < MAX_LISTED) {
            found.add(fault(at, where, problem));
        } else {
            unlisted++;
        }
    }

    boolean none() {
        return found.isEmpty();
    }

    /** All faults found, in the order of the file. */
    PipelineFileException exception() {
        List<Fault> all = new ArrayList<>(found);
        all.sort(FILE_ORDER);
        if (unlisted > 0) {
            Fault last = all.get(all.size() - 1);
            Position at = new Position(last.line(), last.column());
            all.add(fault(at, "", unlisted + " more faults are not listed"));
        }
        return new PipelineFileException(all);
    }

    /** A fault that ends the reading: whatever else might be wrong cannot be told. */
    PipelineFileException fatal(Position at, String problem) {
        return new PipelineFileException(List.of(fault(at, "", problem)));
    }

    private Fault fault(Position at, String where, String problem) {
        return source.fault(at, where, problem);
    }
}
