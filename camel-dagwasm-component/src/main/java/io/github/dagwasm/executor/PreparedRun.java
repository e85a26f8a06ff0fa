package io.github.dagwasm.executor;

import java.util.Optional;
import java.util.function.Consumer;

/** A {@link Run}, and the caller that waits for it where one does. */
final class PreparedRun extends RunHandle {

    private final Run run;
    private final Optional<WaitingCaller> waiting;
    private final Consumer<RunResult> whenSettled;

    PreparedRun(Run run, Optional<WaitingCaller> waiting, Consumer<RunResult> whenSettled) {
        this.run = run;
        this.waiting = waiting;
        this.whenSettled = whenSettled;
    }

    @Override
    public boolean start() {
        if (waiting.isEmpty()) {
            return run.start();
        }
        boolean interruptedBefore = Thread.interrupted();
        try {
            run.start();
            whenSettled.accept(waiting.get().await(run));
            return true;
        } finally {
            if (interruptedBefore) {
                Thread.currentThread().interrupt();
            }
        }
    }

    @Override
    public void cancel() {
        run.cancel();
    }
}
