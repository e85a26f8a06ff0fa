package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.abi.Answer;

/**
 * The stack of one processor's calls: the thread's own where that holds what the guest may open,
 * else one of {@link SureStacks}. Which of the two it is changes no result. How much of the
 * thread's own stack is left nobody can tell beforehand; so a call that finds its end is undone and
 * runs again on a sure stack: its instance, its log and its fuel are begun anew. Safe for use by
 * any number of threads.
 */
final class GuestStack {

    private static final int MAX_CAUSES = 16;

    private final SureStacks sure;
    private final long bytes;

    /**
     * A stack.
     *
     * @param sure the threads to move to
     * @param bytes how many bytes of it the guest's frames may take
     */
    GuestStack(SureStacks sure, long bytes) {
        this.sure = sure;
        this.bytes = bytes;
    }

    /** Lets a slot process a call's text. */
    Answer process(Slot slot, GuestCall call, long outputBytes) throws InterruptedException {
        if (SureStacks.ownBytes(bytes) > 0) {
            return sure.call(bytes, () -> slot.process(call, outputBytes));
        }
        try {
            if (!slot.isReady()) {
                // A class that is initialised at the stack's end stays broken.
                StackReserve.require();
            }
            return slot.process(call, outputBytes);
        } catch (RuntimeException | Error e) {
            if (!isEnd(e)) {
                throw e;
            }
        }
        return sure.call(
                bytes,
                () -> {
                    slot.undo();
                    return slot.process(call, outputBytes);
                });
    }

    /** Whether something was thrown because a thread's stack ended. */
    static boolean isEnd(Throwable thrown) {
        Throwable at = thrown;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            if (at instanceof StackOverflowError) {
                return true;
            }
            at = at.getCause();
        }
        return false;
    }
}
