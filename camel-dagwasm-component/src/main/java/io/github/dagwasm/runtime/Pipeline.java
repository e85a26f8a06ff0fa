package io.github.dagwasm.runtime;

import io.github.dagwasm.executor.DagExecutor;
import io.github.dagwasm.executor.Plan;
import io.github.dagwasm.executor.PlannedProcessor;
import io.github.dagwasm.executor.RunHandle;
import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.spi.PipelineProcessor;
import io.github.dagwasm.text.Text;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.IntStream;

/**
 * A pipeline whose processors are made and whose modules are loaded. Safe for use by any number of
 * threads.
 */
public final class Pipeline implements AutoCloseable {

    private final Plan plan;
    private final InputLimit limit;
    private final List<String> warnings;
    private final DagExecutor executor;
    private final Set<String> attributes;
    private final boolean takesBytes;

    Pipeline(Plan plan, InputLimit limit, List<String> warnings, DagExecutor executor) {
        this.plan = plan;
        this.limit = limit;
        this.warnings = List.copyOf(warnings);
        this.executor = executor;
        Set<String> asked = new LinkedHashSet<>();
        plan.processors().forEach(planned -> asked.addAll(planned.processor().attributes()));
        this.attributes = Collections.unmodifiableSet(asked);
        this.takesBytes =
                IntStream.range(0, plan.processors().size())
                        .filter(node -> plan.graph().dependencyCount(node) == 0)
                        .allMatch(node -> plan.processors().get(node).processor().carriesBytes());
    }

    /**
     * What runs.
     *
     * @return the plan, with the pipeline's name, processors and graph
     */
    public Plan plan() {
        return plan;
    }

    /**
     * What the author may not have meant: every default that discards the text of a transform.
     *
     * @return one sentence for each
     */
    public List<String> warnings() {
        return warnings;
    }

    /**
     * The attributes that at least one processor asks to be shown: what {@link
     * RunOptions#attributes} is to hold, of what there is. Nobody looks at others.
     *
     * @return their names as the processors spell them, in which upper and lower case are one
     */
    public Set<String> attributes() {
        return attributes;
    }

    /**
     * The largest input of a run.
     *
     * @return bytes, of a text those of UTF-8
     */
    public long maxInputBytes() {
        return limit.bytes();
    }

    /**
     * What an input fails with that is larger than {@link #maxInputBytes()}, for who stops reading
     * there and does not know how large it is.
     *
     * @return the failure, to be thrown
     */
    public LimitExceededException inputTooLarge() {
        return LimitExceededException.byMore("input bytes", limit.bytes(), limit.option())
                .at(input());
    }

    /**
     * Runs the pipeline and waits for the result. An interrupt while it waits cancels the run; the
     * flag is set again.
     *
     * @param input the input: a text, or any bytes where each processor that gets them {@linkplain
     *     PipelineProcessor#carriesBytes() carries bytes}
     * @param options what else the run is told
     * @return what the run came to, also where it failed
     * @throws MalformedTextException if the input is no text where one is needed
     * @throws LimitExceededException if the input is larger than {@link #maxInputBytes()}
     */
    public RunResult run(Text input, RunOptions options) {
        check(input);
        return executor.run(plan, input, options);
    }

    /**
     * Makes a run, which somebody starts.
     *
     * @param input the input, as {@link #run} takes it
     * @param options what else the run is told
     * @param whenSettled told the result, once, on the thread that settles the run
     * @return the run
     * @throws MalformedTextException if the input is no text where one is needed
     * @throws LimitExceededException if the input is larger than {@link #maxInputBytes()}
     */
    public RunHandle prepare(Text input, RunOptions options, Consumer<RunResult> whenSettled) {
        check(input);
        return executor.prepare(plan, input, options, whenSettled);
    }

    /** Closes the processors. No run may be under way. */
    @Override
    public void close() {
        closeAll(plan.processors().stream().map(PlannedProcessor::processor).toList(), null);
    }

    /**
     * Closes all of them, also if some throw; what they throw is suppressed by the reason, or
     * thrown where there is none.
     */
    static void closeAll(List<PipelineProcessor> processors, Throwable reason) {
        Throwable thrown = null;
        for (PipelineProcessor processor : processors) {
            try {
                processor.close();
            } catch (RuntimeException | Error e) {
                if (reason != null) {
                    reason.addSuppressed(e);
                } else if (thrown == null) {
                    thrown = e;
                } else {
                    thrown.addSuppressed(e);
                }
            }
        }
        if (thrown instanceof Error error) {
            throw error;
        }
        if (thrown instanceof RuntimeException exception) {
            throw exception;
        }
    }

    private String input() {
        return "pipeline '" + plan.name() + "': the input";
    }

    private void check(Text input) {
        int length;
        try {
            length = takesBytes ? input.byteLength() : input.utf8Length();
        } catch (MalformedTextException e) {
            throw new MalformedTextException(input() + ": " + e.getMessage(), e.offset());
        } catch (LimitExceededException e) {
            throw e.at(input());
        }
        if (length > limit.bytes()) {
            throw new LimitExceededException("input bytes", limit.bytes(), length, limit.option())
                    .at(input());
        }
    }
}
