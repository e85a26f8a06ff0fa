package io.github.dagwasm.wasm;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.slf4j.MDC;
import org.slf4j.Marker;
import org.slf4j.event.Level;
import org.slf4j.helpers.LegacyAbstractLogger;
import org.slf4j.helpers.MessageFormatter;

/** A logger that keeps what it is told by any thread, with what the MDC then held. */
final class RecordingLogger extends LegacyAbstractLogger {

    private static final long serialVersionUID = 1L;

    private final transient List<String> lines = new ArrayList<>();
    private final transient List<String> contexts = new ArrayList<>();

    private transient Optional<RuntimeException> failure = Optional.empty();

    /** From now on each line fails. */
    void failWith(RuntimeException thrown) {
        failure = Optional.of(thrown);
    }

    List<String> lines() {
        return lines;
    }

    List<String> contexts() {
        return contexts;
    }

    @Override
    public boolean isTraceEnabled() {
        return true;
    }

    @Override
    public boolean isDebugEnabled() {
        return true;
    }

    @Override
    public boolean isInfoEnabled() {
        return true;
    }

    @Override
    public boolean isWarnEnabled() {
        return true;
    }

    @Override
    public boolean isErrorEnabled() {
        return true;
    }

    @Override
    protected String getFullyQualifiedCallerName() {
        return null;
    }

    @Override
    protected synchronized void handleNormalizedLoggingCall(
            Level level, Marker marker, String pattern, Object[] arguments, Throwable thrown) {
        failure.ifPresent(
                e -> {
                    throw e;
                });
        lines.add(level + " " + MessageFormatter.basicArrayFormat(pattern, arguments));
        contexts.add(MDC.get(GuestLog.MDC_PIPELINE) + "/" + MDC.get(GuestLog.MDC_PROCESSOR));
    }
}
