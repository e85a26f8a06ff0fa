package io.github.dagwasm.wasm;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.GuestException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.GuestFrames;
import io.github.dagwasm.wasm.abi.Answer;
import io.github.dagwasm.wasm.abi.AnswerRoom;
import io.github.dagwasm.wasm.engine.GuestExitException;
import io.github.dagwasm.wasm.engine.SpareMemory;
import io.github.dagwasm.wasm.engine.WasmInstance;
import java.util.Optional;

/**
 * A place for one call at a time: room in the sandbox, and what the last call left for the next. It
 * is an instance, set back to where every call begins, or else memory, cleared. For one thread at a
 * time. After a call that failed it is closed and not used again.
 */
final class Slot extends Share {

    private final GuestStart start;
    private final CallLog log;
    private final Outside outside;
    private Optional<WasmInstance> ready = Optional.empty();
    private Optional<SpareMemory> spare = Optional.empty();
    private final boolean mute;
    private boolean hasImage;
    private boolean tells;

    Slot(Tenant tenant, Sandbox sandbox, GuestStart start, long logBytes, long advance) {
        super(tenant, sandbox, 1, start.initialBytes(), advance);
        this.start = start;
        log = new CallLog(logBytes);
        mute = logBytes == 0;
        outside = start.outside(log);
    }

    /**
     * Lets the guest process a text, and takes away all that it leaves. What it spent is told to
     * the call.
     *
     * @param outputBytes how many bytes of UTF-8 the answer may have
     * @return the answer
     */
    Answer process(GuestCall call, long outputBytes) throws InterruptedException {
        try {
            WasmInstance guest = ready.isPresent() ? ready.get() : begin(call.remainingNanos());
            AnswerRoom room = new AnswerRoom(outputBytes, this);
            Answer output = answer(guest, call, room);
            keepOrGive(room.settle(output.text().byteLength()), call);
            leave(guest);
            return output;
        } catch (GuestExitException e) {
            throw told(failure(e));
        } catch (GuestException e) {
            throw told(e);
        } finally {
            outside.renew();
        }
    }

    private Answer answer(WasmInstance guest, GuestCall call, AnswerRoom room)
            throws InterruptedException {
        try {
            return start.process(guest, call, outside.streams(), room);
        } catch (GuestExitException e) {
            throw news(failure(e), guest);
        } catch (GuestFailureException e) {
            throw news(e, guest);
        }
    }

    /** An allocator that gets no memory returns a null pointer: then the limit is the news. */
    private DagWasmException news(GuestFailureException failure, WasmInstance guest) {
        Optional<DagWasmException> refused = guest.memory().refusedGrowth();
        refused.ifPresent(limit -> limit.addSuppressed(told(failure)));
        return refused.isPresent() ? refused.get() : failure;
    }

    private static GuestFailureException failure(GuestExitException exit) {
        return GuestFrames.putOn(
                new GuestFailureException(exit.getMessage(), exit), GuestFrames.of(exit));
    }

    /** An answer's room is the message's from here on, where somebody counts for the message. */
    private void keepOrGive(long cost, GuestCall call) {
        if (cost > 0 && !call.texts().adopt(this, cost)) {
            give(cost);
        }
    }

    /**
     * The failure with the guest's last words. A guest that may log nothing does not say it by
     * failing either.
     */
    private GuestException told(GuestException e) {
        GuestException whole = e.withWords(outside.streams().lastWords());
        return mute ? whole.withoutWords() : whole;
    }

    /** Whether the next call finds an instance that earlier calls have used. */
    boolean isReady() {
        return ready.isPresent();
    }

    /** Takes back all that a call has done that is to be done again: nobody learns of it. */
    void undo() {
        ready = Optional.empty();
        spare = Optional.empty();
        outside.undo();
        keep(start.initialBytes());
        forgetAttempt();
        tells = false;
    }

    private WasmInstance begin(long remainingNanos) throws InterruptedException {
        Optional<SpareMemory> last = spare;
        spare = Optional.empty();
        GuestStart.Begun begun = start.begin(outside, this, last, remainingNanos);
        // The call itself begins with its streams, its clock and its dice as every other does.
        outside.renew();
        hasImage = begun.hasImage();
        tells = start.tellsBeginning();
        if (!tells) {
            log.detach();
        }
        return begun.guest();
    }

    private void leave(WasmInstance guest) throws InterruptedException {
        if (hasImage) {
            guest.reset();
            if (ready.isEmpty()) {
                ready = Optional.of(guest);
            }
        } else {
            SpareMemory left = guest.retire();
            keep(Math.max(start.initialBytes(), left.bytes()));
            spare = Optional.of(left);
        }
        settle();
    }

    @Override
    void letGo() {
        ready = Optional.empty();
        spare = Optional.empty();
    }

    /** The attempt does not count: another one tells what its guest logs when it begins. */
    void forgetAttempt() {
        if (tells) {
            start.tellBeginningAgain();
        }
    }

    /** What the guest has logged since the last time. */
    CallLog.Logged logged() {
        return log.detach();
    }
}
