package io.github.dagwasm.runtime;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.dagwasm.RealMdc;
import io.github.dagwasm.executor.RunOptions;
import io.github.dagwasm.executor.ThreadContext;
import io.github.dagwasm.local.LocalBackend;
import io.github.dagwasm.pipeline.PipelineDefinition;
import io.github.dagwasm.pipeline.Placeholders;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.spi.TextProcessorFactory;
import io.github.dagwasm.text.Text;
import io.opentelemetry.context.Context;
import io.opentelemetry.context.ContextKey;
import io.opentelemetry.context.Scope;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.slf4j.MDC;

/** MDC and OpenTelemetry's context of one thread on another. */
@ExtendWith(RealMdc.class)
class CurrentContextTest {

    private static final ContextKey<String> SPAN = ContextKey.named("span");

    private final ExecutorService other = Executors.newSingleThreadExecutor();

    @AfterEach
    void close() {
        other.shutdownNow();
    }

    private static Context with(String span) {
        return Context.root().with(SPAN, span);
    }

    private static String seen() {
        return MDC.get("tenant") + " " + MDC.get("own") + " " + Context.current().get(SPAN);
    }

    private static ThreadContext captured(String tenant, String span) throws Exception {
        MDC.put("tenant", tenant);
        ThreadContext context = with(span).wrap(CurrentContext::capture).call();
        MDC.clear();
        return context;
    }

    private <T> T onTheOther(Callable<T> work) throws Exception {
        return other.submit(work).get();
    }

    private static List<String> around(ThreadContext context, Runnable work) {
        List<String> all = new CopyOnWriteArrayList<>();
        all.add(seen());
        context.run(
                () -> {
                    all.add(seen());
                    work.run();
                });
        all.add(seen());
        return all;
    }

    @Test
    void bothAreThereAndAfterwardsNoMore() throws Exception {
        ThreadContext context = captured("acme", "span 1");

        assertThat(onTheOther(() -> around(context, () -> {})))
                .containsExactly("null null null", "acme null span 1", "null null null");
        assertThat(onTheOther(() -> around(context, () -> {})))
                .containsExactly("null null null", "acme null span 1", "null null null");
    }

    @Test
    void theOtherThreadHasItsOwnAgain() throws Exception {
        ThreadContext context = captured("acme", "span 1");

        List<String> seen =
                onTheOther(
                        () -> {
                            MDC.put("own", "x");
                            return with("span 2").wrap(() -> around(context, () -> {})).call();
                        });

        assertThat(seen).containsExactly("null x span 2", "acme null span 1", "null x span 2");
    }

    @Test
    void emptyOnesTakeThePlaceOfWhatTheOtherThreadHas() throws Exception {
        ThreadContext empty = CurrentContext.capture();

        List<String> seen =
                onTheOther(
                        () -> {
                            MDC.put("own", "x");
                            return with("span 2").wrap(() -> around(empty, () -> {})).call();
                        });

        assertThat(seen).containsExactly("null x span 2", "null null null", "null x span 2");
    }

    @Test
    void whatATaskLeavesBehindIsGone() throws Exception {
        ThreadContext context = captured("acme", "span 1");

        List<String> seen =
                onTheOther(() -> around(context, CurrentContextTest::leaveSomethingBehind));

        assertThat(seen).containsExactly("null null null", "acme null span 1", "null null null");
    }

    @SuppressWarnings("MustBeClosedChecker")
    private static void leaveSomethingBehind() {
        MDC.put("own", "left behind");
        var unused = with("span 3").makeCurrent();
    }

    /** As Camel does where an exchange goes on elsewhere: each close is for what is current. */
    @Test
    @SuppressWarnings("MustBeClosedChecker")
    void aTaskMayCloseTheScopesOfAnotherThread() throws Exception {
        var unused = with("outer").makeCurrent();
        Scope inner = with("inner").makeCurrent();
        ThreadContext context = CurrentContext.capture();
        CurrentContext.remove();

        List<String> seen = onTheOther(() -> around(context, inner::close));

        assertThat(seen).containsExactly("null null null", "null null inner", "null null null");
    }

    @Test
    void aTaskThatThrowsLeavesNothingBehind() throws Exception {
        ThreadContext context = captured("acme", "span 1");

        onTheOther(
                () -> {
                    assertThatThrownBy(
                                    () ->
                                            context.run(
                                                    () -> {
                                                        throw new IllegalStateException("no");
                                                    }))
                            .hasMessage("no");
                    return null;
                });

        assertThat(onTheOther(CurrentContextTest::seen)).isEqualTo("null null null");
    }

    @Test
    void bothCanBeRemoved() throws Exception {
        String seen =
                onTheOther(
                        () -> {
                            leaveSomethingBehind();
                            CurrentContext.remove();
                            return seen();
                        });

        assertThat(seen).isEqualTo("null null null");
    }

    /** A runtime and its threads are all that it takes. */
    @Test
    void runsOfJavaProgramsTakeThemAlong() throws Exception {
        List<String> seen = new CopyOnWriteArrayList<>();
        ScheduledExecutorService scheduler = Executors.newSingleThreadScheduledExecutor();
        TextProcessor looking =
                call -> {
                    seen.add(seen());
                    return ProcessorResult.of(call.text());
                };
        MDC.put("tenant", "acme");
        try (PipelineRuntime runtime =
                        new PipelineRuntime(
                                List.of(new LocalBackend(List.of(look(looking)))),
                                other,
                                scheduler);
                Pipeline pipeline = runtime.load(onOtherThread(runtime))) {

            with("span 1").wrap(() -> pipeline.run(Text.of("text"), RunOptions.DEFAULTS)).call();

            assertThat(seen).containsExactly("acme null span 1");
        } finally {
            scheduler.shutdownNow();
        }
    }

    /** A processor that may be left behind runs on a thread of the pool. */
    private static PipelineDefinition onOtherThread(PipelineRuntime runtime) {
        return runtime.reader(Placeholders.NONE)
                .read(
                        "test.yaml",
                        "processors: [ { id: a, backend: local, impl: look, timeout_seconds: 3600 } ]",
                        Optional.empty());
    }

    private static TextProcessorFactory look(TextProcessor processor) {
        return new TextProcessorFactory() {
            @Override
            public String name() {
                return "look";
            }

            @Override
            public TextProcessor create(KeyValues options) {
                return processor;
            }
        };
    }
}
