package io.github.dagwasm.spi;

import io.github.dagwasm.failure.DagWasmException;
import java.util.List;
import java.util.stream.Collectors;

/**
 * A pipeline that cannot be used, be it a file or parameters, with every fault it has. The message
 * has a line for each.
 */
public final class PipelineFileException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private final transient List<Fault> faults;

    /**
     * Creates a failure.
     *
     * @param faults all that is wrong with the file, at least one, in the order of the file
     */
    public PipelineFileException(List<Fault> faults) {
        super(faults.stream().map(Fault::toString).collect(Collectors.joining("\n")), null);
        this.faults = List.copyOf(faults);
    }

    @Override
    public String kind() {
        return "pipeline_file";
    }

    /**
     * All that is wrong with the file.
     *
     * @return the faults in the order of the file
     */
    public List<Fault> faults() {
        return faults;
    }
}
