package io.github.dagwasm.executor;

import static io.github.dagwasm.executor.Plans.append;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.spi.FailureStrategy;
import io.github.dagwasm.spi.ProcessorResult;
import io.github.dagwasm.spi.TextProcessor;
import io.github.dagwasm.text.Text;
import java.lang.ref.WeakReference;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Texts that nobody will ask for are dropped while the run goes on. */
class RetentionTest extends RunFixture {

    private final AtomicReference<WeakReference<Text>> made = new AtomicReference<>();

    private final TextProcessor maker =
            call -> {
                Text text = Text.of(call.text().string() + " made");
                made.set(new WeakReference<>(text));
                return ProcessorResult.of(text);
            };

    private final TextProcessor witness =
            call -> {
                await().until(
                                () -> {
                                    System.gc();
                                    return made.get().get() == null;
                                });
                return ProcessorResult.of(call.text().string() + " gone");
            };

    @ParameterizedTest
    @EnumSource(FailureStrategy.class)
    void theTextOfASinkIsDroppedWhereAnotherOutputIsNamed(FailureStrategy failureStrategy) {
        Plans plans =
                new Plans()
                        .failing(failureStrategy)
                        .maxConcurrency(1)
                        .output("witness")
                        .add("maker", maker)
                        .add("witness", witness);

        assertThat(run(plans, "in").text().string()).isEqualTo("in gone");
    }

    @Test
    void theTextOfASinkThatCannotBecomeTheOutputIsDropped() {
        Plans plans = new Plans().maxConcurrency(1).add("maker", maker).add("witness", witness);

        assertThat(run(plans, "in").text().string()).isEqualTo("in gone");
    }

    @Test
    void aTextIsDroppedAfterItsLastDependent() {
        Plans plans =
                new Plans()
                        .maxConcurrency(1)
                        .add("maker", maker)
                        .add("next", append(" next"), "maker")
                        .add("witness", witness, "next");

        assertThat(run(plans, "in").text().string()).isEqualTo("in made next gone");
    }
}
