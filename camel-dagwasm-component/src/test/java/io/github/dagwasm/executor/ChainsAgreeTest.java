package io.github.dagwasm.executor;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.dag.Graph;
import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.Intent;
import io.github.dagwasm.spi.ProcessorCall;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.Retry;
import io.github.dagwasm.spi.Strategy;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Random chains come to the same, be they run as chains or by the schedule of a DAG. */
class ChainsAgreeTest extends RunFixture {

    private static final Duration LONG = Duration.ofSeconds(60);

    /** What one processor of a random chain does. */
    private enum Deed {
        APPEND,
        ANALYZE,
        FAIL,
        RETURN_NOTHING,
        MALFORMED,
        TIME_PASSES
    }

    private record Doer(String id, Deed deed) implements TextProcessor {

        @Override
        public ProcessorResult process(ProcessorCall call) throws InterruptedException {
            call.usedFuel(id.length());
            String text = call.text().string();
            return switch (deed) {
                case APPEND ->
                        new ProcessorResult(
                                Text.of(text + id), Map.of("seen", text), Map.of("last", id));
                case ANALYZE -> ProcessorResult.of(call.text(), Map.of("seen", text));
                case FAIL -> throw new IllegalStateException(id + " fails");
                case RETURN_NOTHING -> null;
                case MALFORMED -> ProcessorResult.of("\ud800");
                case TIME_PASSES -> throw new DeadlinePassedException();
            };
        }

        @Override
        public Intent intent() {
            return deed == Deed.ANALYZE ? Intent.ANALYZE : Intent.TRANSFORM;
        }

        @Override
        public boolean keepsDeadline() {
            return true;
        }
    }

    static LongStream hundreds() {
        return LongStream.range(0, 30).map(hundred -> hundred * 100);
    }

    private static Plan chain(Random random) {
        int size = 1 + random.nextInt(6);
        List<Integer> order = new ArrayList<>();
        List<List<Integer>> dependencies = new ArrayList<>();
        for (int node = 0; node < size; node++) {
            order.add(node);
            dependencies.add(List.of());
        }
        Collections.shuffle(order, random);
        for (int index = 1; index < size; index++) {
            dependencies.set(order.get(index), List.of(order.get(index - 1)));
        }
        List<PlannedProcessor> processors = new ArrayList<>();
        int mischief = random.nextInt(10);
        for (int node = 0; node < size; node++) {
            Deed deed =
                    random.nextInt(10) < mischief
                            ? RandomDag.pick(random, Deed.values())
                            : RandomDag.pick(random, new Deed[] {Deed.APPEND, Deed.ANALYZE});
            processors.add(
                    new PlannedProcessor(
                            "n" + node,
                            "local",
                            new Doer("n" + node, deed),
                            Optional.empty(),
                            "\n",
                            random.nextInt(4) == 0,
                            timeout(random, "timeout_seconds"),
                            Retry.of(0)));
        }
        return new Plan(
                "random",
                RandomDag.pick(random, Strategy.values()),
                RandomDag.pick(random, FailureStrategy.values()),
                2,
                timeout(random, "executor_options.run_timeout_seconds"),
                random.nextInt(3) == 0 ? Optional.of("n" + random.nextInt(size)) : Optional.empty(),
                processors,
                (Graph) Graph.of(dependencies));
    }

    private static Optional<Timeout> timeout(Random random, String option) {
        return random.nextInt(3) == 0
                ? Optional.of(new Timeout(LONG.plusSeconds(random.nextInt(3)), option))
                : Optional.empty();
    }

    @ParameterizedTest(name = "100 seeds from {0}")
    @MethodSource("hundreds")
    void aChainComesToWhatItsPlanComesToOtherwise(long first) {
        for (long seed = first; seed < first + 100; seed++) {
            Random random = new Random(seed);
            Plan plan = chain(random);
            RunOptions options = options(random);
            assertThat(plan.chain()).as("seed " + seed).isPresent();

            RunResult chain = executor.run(plan, Text.of("in"), options);
            AtomicReference<RunResult> scheduled = new AtomicReference<>();
            executor.scheduled(plan, Text.of("in"), options, scheduled::set).start();

            assertThat(told(chain)).as("seed " + seed).isEqualTo(told(scheduled.get()));
        }
    }

    private static RunOptions options(Random random) {
        RunOptions options = RunOptions.DEFAULTS;
        options = random.nextBoolean() ? options.keepingTexts() : options;
        return random.nextBoolean() ? options.stayingOnCallersThread() : options;
    }

    /** All that a result says, but for times. */
    private static List<Object> told(RunResult result) {
        List<Object> told = new ArrayList<>();
        String json = result.report().toJson();
        told.add(json.replaceAll("_ns\":\\d+", "_ns\":0").replaceAll("_path\":\\[[^]]*]", ""));
        told.add(List.copyOf(result.texts().keySet()));
        result.texts().values().forEach(text -> told.add(text.string()));
        told.add(
                result.failure().isPresent()
                        ? result.failure().get().getMessage()
                        : result.text().string());
        result.failure().ifPresent(failure -> told.add(messages(failure.causes())));
        told.add(result.report().executed());
        told.add(result.handedOn());
        return told;
    }

    private static List<String> messages(List<DagWasmException> causes) {
        return causes.stream().map(cause -> cause.getClass() + ": " + cause.getMessage()).toList();
    }

    @Test
    void onlyAPlanThatNeedsNoHelpIsAChain() {
        TextProcessor plain = Plans.append("!");
        TextProcessor keeper = new Doer("keeper", Deed.APPEND);

        assertThat(new Plans().add("a", plain).add("b", plain, "a").plan().chain()).isPresent();
        assertThat(new Plans().timed("a", LONG, 0, keeper).plan().chain()).isPresent();
        assertThat(new Plans().runTimeout(LONG).add("a", keeper).plan().chain()).isPresent();
        assertThat(new Plans().timed("a", LONG, 0, plain).plan().chain()).isEmpty();
        assertThat(new Plans().runTimeout(LONG).add("a", plain).plan().chain()).isEmpty();
        assertThat(new Plans().retried("a", 1, plain).plan().chain()).isEmpty();
        assertThat(new Plans().add("a", plain).add("b", plain).plan().chain()).isEmpty();
        assertThat(
                        new Plans()
                                .add("a", plain)
                                .add("b", plain, "a")
                                .add("c", plain, "a")
                                .plan()
                                .chain())
                .isEmpty();
    }
}
