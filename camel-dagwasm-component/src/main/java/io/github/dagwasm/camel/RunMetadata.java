package io.github.dagwasm.camel;

import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.spi.RunReport;
import java.io.InvalidObjectException;
import java.io.ObjectInputStream;
import java.io.Serializable;
import java.util.AbstractMap;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/**
 * What the processors of a run have learnt, by processor id in the order of the file; those that
 * have learnt nothing are left out. Immutable; put together when somebody first looks, and written
 * as the plain maps that it stands for.
 */
final class RunMetadata extends AbstractMap<String, Map<String, String>> implements Serializable {

    private static final long serialVersionUID = 1L;

    private final transient RunReport report;

    /** Made on demand, of final fields only; threads that race make equal ones. */
    private transient Map<String, Map<String, String>> made;

    RunMetadata(RunReport report) {
        this.report = report;
    }

    @Override
    public Map<String, String> get(Object processor) {
        return made().get(processor);
    }

    @Override
    public boolean containsKey(Object processor) {
        return made().containsKey(processor);
    }

    @Override
    public Set<Entry<String, Map<String, String>>> entrySet() {
        return made().entrySet();
    }

    private Map<String, Map<String, String>> made() {
        Map<String, Map<String, String>> known = made;
        if (known == null) {
            Map<String, Map<String, String>> metadata = new LinkedHashMap<>();
            for (ProcessorReport processor : report.processors()) {
                if (!processor.metadata().isEmpty()) {
                    metadata.put(processor.id(), processor.metadata());
                }
            }
            known = Collections.unmodifiableMap(metadata);
            made = known;
        }
        return known;
    }

    private Object writeReplace() {
        return new LinkedHashMap<>(made());
    }

    private void readObject(ObjectInputStream in) throws InvalidObjectException {
        throw new InvalidObjectException("metadata is written as a plain map");
    }
}
