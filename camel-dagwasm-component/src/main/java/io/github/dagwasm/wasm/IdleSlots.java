package io.github.dagwasm.wasm;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.AtomicReferenceArray;

/**
 * Slots that no call uses. A thread finds the one that it put here last, as long as no other thread
 * needed it: each has a place of its own, by its number, which few others share. Threads whose
 * places are taken, as those of a crowd are, put theirs on a stack. There is no lock, and nothing
 * belongs to a thread, so that thousands of virtual threads need no more slots than run at once.
 * Safe for use by any number of threads.
 */
final class IdleSlots {

    private static final int FEWEST_PLACES = 4;
    private static final int MOST_PLACES = 64;

    /** How many may lie on the stack. */
    private static final int DEEPEST = 64;

    /** So many references apart two places share no cache line, nor a pair of lines. */
    private static final int STRIDE_SHIFT = 5;

    private final int mask;
    private final AtomicReferenceArray<Slot> places;
    private final AtomicReference<Stacked> stack = new AtomicReference<>();

    /** As many places as there are cores, twice. */
    IdleSlots() {
        this(Runtime.getRuntime().availableProcessors() * 2);
    }

    IdleSlots(int atLeast) {
        int count = Math.max(FEWEST_PLACES, Math.min(MOST_PLACES, atLeast));
        count = Integer.highestOneBit(count * 2 - 1);
        mask = count - 1;
        places = new AtomicReferenceArray<>(count << STRIDE_SHIFT);
    }

    /** Takes one out, the thread's own if it is there. */
    Optional<Slot> poll() {
        int home = home();
        Slot own = places.getAndSet(at(home), null);
        return own != null ? Optional.of(own) : pollOther(home);
    }

    private Optional<Slot> pollOther(int home) {
        for (int i = 1; i <= mask; i++) {
            int at = at(home + i);
            // Looked at first: to write where there is nothing would take the line from its owner.
            Slot other = places.get(at) == null ? null : places.getAndSet(at, null);
            if (other != null) {
                return Optional.of(other);
            }
        }
        Stacked top = stack.get();
        while (top != null && !stack.compareAndSet(top, top.below)) {
            top = stack.get();
        }
        return top == null ? Optional.empty() : Optional.of(top.slot);
    }

    /** Puts one in; false if there are enough. */
    boolean offer(Slot slot) {
        int home = home();
        return places.compareAndSet(at(home), null, slot) || offerOther(home, slot);
    }

    private boolean offerOther(int home, Slot slot) {
        for (int i = 1; i <= mask; i++) {
            int at = at(home + i);
            if (places.get(at) == null && places.compareAndSet(at, null, slot)) {
                return true;
            }
        }
        Stacked top;
        do {
            top = stack.get();
            if (top != null && top.depth == DEEPEST) {
                return false;
            }
        } while (!stack.compareAndSet(top, new Stacked(slot, top)));
        return true;
    }

    /** How many there are, more or less where others take and put at the same time. */
    int count() {
        Stacked top = stack.get();
        int count = top == null ? 0 : top.depth;
        for (int i = 0; i <= mask; i++) {
            if (places.get(at(i)) != null) {
                count++;
            }
        }
        return count;
    }

    private int home() {
        return (int) Thread.currentThread().getId();
    }

    private int at(int place) {
        return (place & mask) << STRIDE_SHIFT;
    }

    /** A slot on the stack, never changed, so that one that comes back is not mistaken. */
    private static final class Stacked {

        private final Slot slot;
        private final Stacked below;
        private final int depth;

        Stacked(Slot slot, Stacked below) {
            this.slot = slot;
            this.below = below;
            depth = below == null ? 1 : below.depth + 1;
        }
    }
}
