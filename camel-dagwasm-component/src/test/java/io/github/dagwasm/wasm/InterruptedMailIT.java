package io.github.dagwasm.wasm;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.chicory.ChicoryEngine;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Isolation under interrupts that arrive at any instruction: in a guest, in a reset, while an
 * instance is made, between two calls. Each message has a secret. A call ends in its own answer,
 * its own failure or the interrupt, and afterwards its secret is nowhere. {@code
 * -Ddagwasm.interrupts.seconds=900} makes the proof long.
 */
class InterruptedMailIT {

    private static final long SECONDS = Long.getLong("dagwasm.interrupts.seconds", 3);
    private static final int THREADS = 4;
    private static final int MOST_MESSAGES = 1 << 18;
    private static final int LEAST_INTERRUPTED = 50;
    private static final int LEAST_ANSWERED = 10;
    private static final int MOST_PAUSE_NANOS = 2_000_000;
    private static final int LONGEST_PAUSE_NANOS = 1_000_000_000;

    /** So many calls that are interrupted in place of one that is answered are too many. */
    private static final int TOO_MANY = 20;

    private static final long SEED = 11;

    @TempDir Path folder;

    private final AtomicInteger numbers = new AtomicInteger();
    private final AtomicInteger interrupted = new AtomicInteger();
    private final AtomicInteger answered = new AtomicInteger();

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void interruptsTellNobody(boolean settable) throws Exception {
        byte[] wasm = settable ? Hoarder.settable() : Hoarder.unsettable();
        Path module = TestModule.write(folder.resolve("guest.wasm"), wasm);
        SandboxBounds bounds = new SandboxBounds(3, 512 << 20, Duration.ofMinutes(1));
        try (SecretMail mail =
                new SecretMail(bounds, new ChicoryEngine(), WasmInstance::reset, module, 2)) {
            mail.expectInterrupts();

            disturb(
                    message ->
                            (mail.send(message).isEmpty() ? interrupted : answered)
                                    .getAndIncrement());

            // The last calls may all have been interrupted: then their instances are dropped.
            assertThat(mail.send(Message.of(MOST_MESSAGES, Message.Ending.ANSWER))).isNotEmpty();
            assertThat(mail.instances()).isPositive();
            System.out.printf(
                    "interrupts: %d messages, %d of them without an answer%n",
                    numbers.get(), interrupted.get());
        }
    }

    private interface Sender {
        void send(Message message);
    }

    /** Senders that are interrupted at random until the time has passed, and often enough. */
    private void disturb(Sender sender) throws Exception {
        List<Thread> senders = new ArrayList<>();
        ExecutorService pool =
                Executors.newFixedThreadPool(
                        THREADS,
                        task -> {
                            Thread thread = new Thread(task, "sender");
                            senders.add(thread);
                            return thread;
                        });
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS / 2 + 1);
        try {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                all.add(pool.submit(() -> send(sender, end)));
            }
            Random random = new Random(SEED);
            int pause = MOST_PAUSE_NANOS;
            while (all.stream().anyMatch(one -> !one.isDone())) {
                // On a slow machine nothing would be answered between two interrupts.
                boolean tooOften = interrupted.get() > TOO_MANY * (answered.get() + 1);
                pause = tooOften ? Math.min(LONGEST_PAUSE_NANOS, 2 * pause) : MOST_PAUSE_NANOS;
                LockSupport.parkNanos(random.nextInt(pause));
                senders.get(random.nextInt(THREADS)).interrupt();
            }
            for (Future<?> one : all) {
                one.get();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    private void send(Sender sender, long end) {
        while (System.nanoTime() - end < 0
                || interrupted.get() < LEAST_INTERRUPTED
                || answered.get() < LEAST_ANSWERED) {
            int number = numbers.getAndIncrement() % MOST_MESSAGES;
            Random random = new Random(SEED + number);
            sender.send(Message.drawn(number, random, List.of(Message.Ending.ANSWER)));
            // An interrupt may come after the call has ended: the next call begins without.
            Thread.interrupted();
        }
    }
}
