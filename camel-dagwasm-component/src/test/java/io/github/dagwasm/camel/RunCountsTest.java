package io.github.dagwasm.camel;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.spi.RunFailedException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What counts as what. */
class RunCountsTest {

    private final RunCounts counts = new RunCounts();

    /** A failure of a kind that somebody has made up. */
    private static final class OddException extends DagWasmException {

        private static final long serialVersionUID = 1L;

        private final String kind;

        OddException(String kind) {
            super("odd", null);
            this.kind = kind;
        }

        @Override
        public String kind() {
            return kind;
        }
    }

    private void fails(Throwable failure) {
        counts.begins();
        counts.failed(failure);
    }

    private static RunFailedException run(DagWasmException... causes) {
        return new RunFailedException("failed", null, List.of(causes), Map.of());
    }

    @Test
    void aRunFailsOfItsFirstCauseOnce() {
        fails(run(new OddException("first"), new OddException("second")));
        fails(run());

        assertThat(counts.figures().failures()).isEqualTo(Map.of("first", 1L, "run_failed", 1L));
        assertThat(counts.figures().failed()).isEqualTo(2);
    }

    @Test
    void whatIsNoneOfOursIsOther() {
        fails(new IllegalStateException("x"));
        fails(new OddException(null));

        assertThat(counts.figures().failures()).isEqualTo(Map.of("other", 1L, "null", 1L));
    }

    @Test
    void kindsThatSomebodyMakesUpAreEscapedAndFew() {
        fails(new OddException("\u001b[2J" + "x".repeat(100)));
        for (int i = 0; i < 100; i++) {
            fails(new OddException("kind" + i));
        }

        RunFigures figures = counts.figures();

        assertThat(figures.failures()).hasSize(RunCounts.MOST_KINDS + 1);
        assertThat(figures.failures())
                .containsEntry("\\u{1b}[2J" + "x".repeat(36) + "…", 1L)
                .containsEntry("kind30", 1L)
                .doesNotContainKey("kind31")
                .containsEntry("other", 69L);
        assertThat(figures.failed()).isEqualTo(101);
    }

    @Test
    void theLaterOfTwoFailuresIsTheLatest() {
        RunFigures none = RunFigures.NONE;
        RunFigures early = failedAt("early", 1);
        RunFigures late = failedAt("late", 2);

        assertThat(none.plus(none).last()).isEmpty();
        assertThat(early.plus(none).last()).isEqualTo(early.last());
        assertThat(none.plus(early).last()).isEqualTo(early.last());
        assertThat(early.plus(late).last()).isEqualTo(late.last());
        assertThat(late.plus(early).last()).isEqualTo(late.last());
    }

    private static RunFigures failedAt(String kind, long second) {
        return RunFigures.NONE.since(
                RunFigures.NONE,
                Optional.of(new RunFigures.Failure(kind, Instant.ofEpochSecond(second))));
    }

    @Test
    void aSandboxIsFullWhereAnotherCallWouldWait() {
        long page = 65_536;

        assertThat(new SandboxFigures(0, 0, 0, 0, 1, page).full()).isFalse();
        assertThat(new SandboxFigures(1, 0, 0, page, 1, 9 * page).full()).isTrue();
        assertThat(new SandboxFigures(1, 1, 0, page, 1, 9 * page).full()).isFalse();
        assertThat(new SandboxFigures(1, 0, 0, page, 2, 2 * page).full()).isFalse();
        assertThat(new SandboxFigures(1, 0, 0, page + 1, 2, 2 * page).full()).isTrue();
        assertThat(new SandboxFigures(1, 1, 1, page, 2, 9 * page).full()).isTrue();
    }
}
