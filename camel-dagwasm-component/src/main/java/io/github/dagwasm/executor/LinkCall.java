package io.github.dagwasm.executor;

import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorReport;
import io.github.dagwasm.text.Text;
import java.util.Map;
import java.util.Optional;

/**
 * One call of a processor by a {@link ChainRun}. Whoever keeps it finds in it what it was made of,
 * and changes nothing with it once the run has taken over what it was told.
 */
final class LinkCall implements ProcessorCall {

    private final ChainRun run;
    private final Text text;
    private final long deadline;
    private long fuel = ProcessorReport.NOT_MEASURED;

    LinkCall(ChainRun run, Text text, long deadline) {
        this.run = run;
        this.text = text;
        this.deadline = deadline;
    }

    @Override
    public Text text() {
        return text;
    }

    @Override
    public Map<String, String> attributes() {
        return run.options().attributes();
    }

    @Override
    public <T> Optional<T> carried(Class<T> type) {
        return run.options().carried(type);
    }

    @Override
    public long remainingNanos() {
        return deadline == NO_DEADLINE ? NO_DEADLINE : deadline - System.nanoTime();
    }

    @Override
    public long deadlineNanos() {
        return deadline;
    }

    @Override
    public boolean cancelled() {
        return run.cancelled();
    }

    @Override
    public void usedFuel(long units) {
        fuel = units;
    }

    /** What it was told last, or {@link ProcessorReport#NOT_MEASURED}. */
    long fuel() {
        return fuel;
    }
}
