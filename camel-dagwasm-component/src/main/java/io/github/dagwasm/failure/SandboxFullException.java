package io.github.dagwasm.failure;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * A call of a guest found no room beside the others: as many instances are in use as the operator
 * allows, or as much memory. The call did nothing wrong and exceeded no limit of its own.
 */
public final class SandboxFullException extends DagWasmException {

    private static final long serialVersionUID = 1L;

    private static final String HEAP_SPENT = "the JVM's heap is full";

    private final String what;
    private final long bound;
    private final long inUse;
    private final long asked;
    private final Duration waited;
    private final String option;

    /**
     * Creates the failure of a call that did not get what it needs to begin.
     *
     * @param what what there is no more of, with its unit, as in "instances"
     * @param bound how much of it there is for all calls together
     * @param inUse how much of it other calls had when the wait was over
     * @param asked how much of it the call asked for
     * @param waited how long it waited for others to give some back
     * @param option the option that sets the bound
     */
    public SandboxFullException(
            String what, long bound, long inUse, long asked, Duration waited, String option) {
        this(what, bound, inUse, asked, waited, "waited " + seconds(waited) + " s", option);
    }

    private SandboxFullException(
            String what,
            long bound,
            long inUse,
            long asked,
            Duration waited,
            String patience,
            String option) {
        super(
                "the sandbox is full: "
                        + inUse
                        + " of "
                        + bound
                        + " "
                        + what
                        + " are in use, "
                        + asked
                        + " more asked for; "
                        + patience
                        + " (option "
                        + option
                        + ")",
                null);
        this.what = what;
        this.bound = bound;
        this.inUse = inUse;
        this.asked = asked;
        this.waited = waited;
        this.option = option;
    }

    /**
     * The failure of a call that was under way and could not wait for more.
     *
     * @param what what there is no more of, with its unit
     * @param bound how much of it there is for all calls together
     * @param inUse how much of it all calls have, this one among them
     * @param asked how much more of it the call asked for
     * @param why why it did not wait
     * @param option the option that sets the bound
     * @return the failure
     */
    public static SandboxFullException whileRunning(
            String what, long bound, long inUse, long asked, String why, String option) {
        return new SandboxFullException(what, bound, inUse, asked, Duration.ZERO, why, option);
    }

    /**
     * The failure of a call for which the JVM found no room in its heap.
     *
     * @param cause what the JVM said
     * @return the failure
     */
    public static SandboxFullException heapSpent(OutOfMemoryError cause) {
        return new SandboxFullException(HEAP_SPENT, 0, 0, "none", cause);
    }

    /**
     * The failure of a call for which the JVM found no room in its heap, beside what all calls
     * have.
     *
     * @param bound how many bytes there are for all calls together
     * @param inUse how many of them are in use
     * @param option the option that sets the bound
     * @param cause what the JVM said
     * @return the failure
     */
    public static SandboxFullException heapSpent(
            long bound, long inUse, String option, OutOfMemoryError cause) {
        String message =
                HEAP_SPENT
                        + ", though only "
                        + inUse
                        + " of "
                        + bound
                        + " memory bytes are in use; give the JVM more heap or lower option "
                        + option;
        return new SandboxFullException(message, bound, inUse, option, cause);
    }

    private SandboxFullException(
            String message, long bound, long inUse, String option, OutOfMemoryError cause) {
        super(message, cause);
        what = "memory bytes";
        this.bound = bound;
        this.inUse = inUse;
        asked = 0;
        waited = Duration.ZERO;
        this.option = option;
    }

    @Override
    public String kind() {
        return "sandbox_full";
    }

    /**
     * True: what is missing is what other calls have, and they end. Each try waits anew, so it is
     * back-off by itself.
     */
    @Override
    public boolean retryable() {
        return true;
    }

    /**
     * What there is no more of.
     *
     * @return the name, with the unit
     */
    public String what() {
        return what;
    }

    /**
     * How much of it there is for all calls together.
     *
     * @return the bound, in the unit that {@link #what()} names
     */
    public long bound() {
        return bound;
    }

    /**
     * How much of it was in use.
     *
     * @return the amount, in the unit that {@link #what()} names
     */
    public long inUse() {
        return inUse;
    }

    /**
     * How much of it the call asked for.
     *
     * @return the amount, in the unit that {@link #what()} names
     */
    public long asked() {
        return asked;
    }

    /**
     * How long the call waited.
     *
     * @return the time, zero where a call does not wait
     */
    public Duration waited() {
        return waited;
    }

    /**
     * What sets the bound.
     *
     * @return the option's name
     */
    public String option() {
        return option;
    }

    private static String seconds(Duration duration) {
        return BigDecimal.valueOf(duration.toMillis(), 3).stripTrailingZeros().toPlainString();
    }
}
