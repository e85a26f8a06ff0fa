package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.wasm.engine.HeapCost;
import java.time.Duration;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(600)
class TextRoomTest {

    private static final long KIB = 1024;
    private static final SandboxUse EMPTY = new SandboxUse(0, 0, 0, 0);

    private static Sandbox sandbox(Duration patience) {
        return new Sandbox(new SandboxBounds(1, 2000 * KIB, patience));
    }

    @Test
    void smallTextsAreFree() {
        Sandbox sandbox = sandbox(Duration.ZERO);

        try (TextLease lease = new TextRoom(sandbox).lease()) {
            lease.cover(64 * KIB - 1);

            assertThat(sandbox.use()).isEqualTo(EMPTY);
        }
    }

    @Test
    void aLargeTextCountsTwiceUntilItsRunIsOver() {
        Sandbox sandbox = sandbox(Duration.ZERO);
        TextLease lease = new TextRoom(sandbox).lease();

        lease.cover(100 * KIB);
        assertThat(sandbox.use()).isEqualTo(new SandboxUse(0, 200 * KIB, 0, 0));
        lease.cover(90 * KIB);
        assertThat(sandbox.use().memoryBytes()).isEqualTo(200 * KIB);
        lease.cover(200 * KIB);
        assertThat(sandbox.use().memoryBytes()).isEqualTo(400 * KIB);

        lease.close();
        lease.close();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void textsHaveHalfOfTheRoomAndTellTheOptionThatSetsIt() {
        Sandbox sandbox = sandbox(Duration.ofMillis(10));
        TextRoom room = new TextRoom(sandbox);
        try (TextLease one = room.lease();
                TextLease other = room.lease()) {
            one.cover(450 * KIB);

            assertThatThrownBy(() -> other.cover(150 * KIB))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessage(
                            "the sandbox is full: 921600 of 2048000 memory bytes are in use, 307200"
                                    + " more asked for; texts, which may have half of it, had that"
                                    + " for too long (option memoryBytes)");
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void aTextThatIsLargerThanHalfMayHaveAll() {
        Sandbox sandbox =
                new Sandbox(new SandboxBounds(1, 3 * HeapCost.ofArray(900 * KIB), Duration.ZERO));

        try (TextLease all = new TextRoom(sandbox).lease()) {
            all.cover(900 * KIB);

            assertThat(sandbox.use().memoryBytes()).isEqualTo(2 * HeapCost.ofArray(900 * KIB));
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void ofTextsThatAreBeingReadOneAloneWaits() throws Exception {
        Sandbox sandbox = sandbox(Duration.ofMinutes(1));
        TextRoom room = new TextRoom(sandbox);
        TextLease one = room.lease();
        try (TextLease other = room.lease()) {
            one.cover(300 * KIB);
            other.cover(150 * KIB);
            FutureTask<Long> grown =
                    new FutureTask<>(
                            () -> {
                                other.cover(300 * KIB);
                                return sandbox.use().memoryBytes();
                            });
            Thread thread = new Thread(grown);
            thread.start();
            await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

            assertThatThrownBy(() -> one.cover(400 * KIB))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessage(
                            "the sandbox is full: 921600 of 2048000 memory bytes are in use, 204800"
                                    + " more asked for; another text that is being read waits for"
                                    + " room before (option memoryBytes)");
            one.close();

            assertThat(grown.get()).isEqualTo(600 * KIB);
            other.cover(400 * KIB);
            assertThat(sandbox.use().memoryBytes()).isEqualTo(800 * KIB);
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
        try (TextLease all = room.lease()) {
            all.cover(500 * KIB);
        }
    }

    @Test
    void aTextThatIsBeingReadWaitsNoLongerThanItMay() {
        Sandbox sandbox = sandbox(Duration.ofMillis(10));
        TextRoom room = new TextRoom(sandbox);
        try (TextLease one = room.lease();
                TextLease other = room.lease()) {
            one.cover(300 * KIB);
            other.cover(150 * KIB);

            assertThatThrownBy(() -> one.cover(400 * KIB))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessageContaining("; texts, which may have half of it, had that for too");
            assertThatThrownBy(() -> other.cover(300 * KIB))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessageContaining("; texts, which may have half of it, had that for too");
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void aTextThatOutlivesItsRunKeepsItsOwnRoomAlone() {
        Sandbox sandbox = sandbox(Duration.ZERO);
        TextRoom room = new TextRoom(sandbox);
        TextLease lease = room.lease();
        lease.cover(400 * KIB);

        TextLease kept = lease.keep(100 * KIB);
        assertThat(sandbox.use().memoryBytes()).isEqualTo(100 * KIB);
        lease.close();
        assertThat(sandbox.use().memoryBytes()).isEqualTo(100 * KIB);
        try (TextLease next = room.lease()) {
            next.cover(450 * KIB);
            assertThat(next.keep(64 * KIB - 1)).isSameAs(TextLease.FREE);
            assertThat(sandbox.use().memoryBytes()).isEqualTo(1000 * KIB);
        }

        kept.close();
        kept.close();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
        assertThat(room.lease().keep(100 * KIB)).isSameAs(TextLease.FREE);
    }

    @Test
    void aTextWaitsUntilAnotherIsDone() throws Exception {
        Sandbox sandbox = sandbox(Duration.ofMinutes(1));
        TextRoom room = new TextRoom(sandbox);
        TextLease first = room.lease();
        first.cover(450 * KIB);
        FutureTask<Long> second =
                new FutureTask<>(
                        () -> {
                            try (TextLease lease = room.lease()) {
                                lease.cover(300 * KIB);
                                return sandbox.use().memoryBytes();
                            }
                        });
        Thread thread = new Thread(second);
        thread.start();
        await().until(() -> thread.getState() == Thread.State.TIMED_WAITING);

        first.close();

        assertThat(second.get()).isEqualTo(600 * KIB);
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void anInterruptEndsTheWaitAndStaysSet() throws Exception {
        Sandbox sandbox = sandbox(Duration.ofMinutes(1));
        TextRoom room = new TextRoom(sandbox);
        try (TextLease first = room.lease();
                TextLease second = room.lease()) {
            first.cover(450 * KIB);
            Thread.currentThread().interrupt();

            assertThatThrownBy(() -> second.cover(300 * KIB))
                    .isInstanceOf(SandboxFullException.class)
                    .hasMessageContaining("; the wait was interrupted (");

            assertThat(Thread.interrupted()).isTrue();
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void aTextOfUnknownSizeIsCoveredAsItIsRead() {
        Sandbox sandbox = sandbox(Duration.ZERO);
        try (TextLease lease = new TextRoom(sandbox).lease()) {
            assertThat(lease.coverMore(0, 300 * KIB)).isEqualTo(64 * KIB);
            assertThat(sandbox.use()).isEqualTo(EMPTY);
            assertThat(lease.coverMore(64 * KIB, 300 * KIB)).isEqualTo(128 * KIB);
            assertThat(lease.coverMore(128 * KIB, 300 * KIB)).isEqualTo(256 * KIB);
            assertThat(lease.coverMore(256 * KIB, 300 * KIB)).isEqualTo(300 * KIB);
            assertThat(sandbox.use().memoryBytes()).isEqualTo(600 * KIB);
        }
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void anAnswerCountsUntilTheRunIsOver() throws Exception {
        Sandbox sandbox = sandbox(Duration.ZERO);
        Share share = sandbox.enter(new Share(TextRoom.NOBODY, sandbox, 0, 500 * KIB, 0), 0);
        TextLease lease = new TextRoom(sandbox).lease();

        assertThat(lease.adopt(share, 200 * KIB)).isTrue();
        share.close();
        assertThat(sandbox.use().memoryBytes()).isEqualTo(200 * KIB);

        lease.close();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }

    @Test
    void anAnswerThatComesAfterItsRunIsOverStaysWithItsCall() throws Exception {
        Sandbox sandbox = sandbox(Duration.ZERO);
        Share share = sandbox.enter(new Share(TextRoom.NOBODY, sandbox, 0, 500 * KIB, 0), 0);
        TextLease lease = new TextRoom(sandbox).lease();
        lease.close();

        assertThat(lease.adopt(share, 200 * KIB)).isFalse();
        assertThat(TextLease.FREE.adopt(share, 200 * KIB)).isFalse();
        assertThat(new TextRoom(sandbox(Duration.ZERO)).lease().adopt(share, KIB)).isFalse();

        assertThat(sandbox.use().memoryBytes()).isEqualTo(500 * KIB);
        share.close();
        assertThat(sandbox.use()).isEqualTo(EMPTY);
    }
}
