package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.wasm.engine.MemoryReserve;
import io.github.dagwasm.wasm.engine.WasiClock;
import io.github.dagwasm.wasm.engine.WasiWorld;
import java.io.InputStream;
import java.io.OutputStream;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.random.RandomGenerator;

/**
 * The standard streams of one slot's guest, and the world they are part of: no files, no sockets,
 * nothing of the host's. Between {@link #begin} and {@link #end} standard input is a text and
 * standard output collects the answer; at any other time nothing can be read, and standard output
 * goes where standard error always goes. For one thread at a time.
 */
public final class GuestStreams implements WasiWorld {

    /** Those of a guest that imports nothing of WASI. */
    public static final GuestStreams NONE = new GuestStreams(GuestSurroundings.BARE, new Nobody());

    /** Of no meaning: every guest without a grant gets the numbers that follow from it. */
    private static final long SEED = 0x6461_6777_6173_6dL;

    private final GuestSurroundings surroundings;
    private final TextInput in = new TextInput();
    private final LineOutput written;
    private final TextOutput out;
    private final LineOutput err;
    private final StillClock still = new StillClock();
    private final WasiClock clock;
    private final Random random;
    private boolean drawn;

    private GuestStreams(GuestSurroundings surroundings, GuestLines lines) {
        this.surroundings = surroundings;
        written = new LineOutput(lines);
        out = new TextOutput(written);
        err = new LineOutput(lines);
        clock = surroundings.clock() ? new SystemClock() : still;
        random = surroundings.random() ? new SecureRandom() : new Random(SEED);
    }

    /**
     * The streams of one slot.
     *
     * @param surroundings what else the guest gets
     * @param lines where lines go that are no answer
     * @return the streams
     */
    public static GuestStreams of(GuestSurroundings surroundings, GuestLines lines) {
        Rehearsal.hold();
        GuestStreams streams = new GuestStreams(surroundings, lines);
        // Here is stack enough for the classes of the generator, and for it to seed itself.
        streams.random().nextBytes(new byte[1]);
        streams.clear();
        return streams;
    }

    /** An instance begins, for calls that come later. */
    public void beginInstance() {
        still.beginInstance();
    }

    /**
     * Begins with a text.
     *
     * @param text UTF-8, not changed
     * @param room how many bytes the answer may have, one more of which ends the guest
     */
    void begin(byte[] text, AnswerRoom room) {
        in.begin(text);
        out.begin(room, text.length);
    }

    /** Hands over what the guest has written to standard output. */
    byte[] takeOutput() {
        return out.take();
    }

    /**
     * Ends the line that standard error is in, and quotes the last lines.
     *
     * @return what follows the message of a failure, bounded and escaped; empty where the guest has
     *     written nothing to standard error
     */
    public String lastWords() {
        err.finish();
        return err.lastWords();
    }

    /** Hands on the lines that have no end, and forgets all of the call, or of the beginning. */
    public void end() {
        written.finish();
        err.finish();
        clear();
    }

    private void clear() {
        in.clear();
        out.clear();
        written.clear();
        err.clear();
        still.beginCall();
        if (drawn && !surroundings.random()) {
            random.setSeed(SEED);
        }
        drawn = false;
    }

    @Override
    public List<String> arguments() {
        return surroundings.arguments();
    }

    @Override
    public Map<String, String> environment() {
        return surroundings.environment();
    }

    @Override
    public InputStream in() {
        return in;
    }

    @Override
    public OutputStream out() {
        return out;
    }

    @Override
    public OutputStream err() {
        return err;
    }

    @Override
    public WasiClock clock() {
        return clock;
    }

    @Override
    public RandomGenerator random() {
        drawn = true;
        return random;
    }

    /** Keeps no line. */
    private static final class Nobody implements GuestLines {

        @Override
        public long room() {
            return 0;
        }

        @Override
        public void line(byte[] kept, int length, long whole) {
            // Nobody reads it.
        }
    }

    /**
     * Goes once through what a guest may be the first to touch, at the end of the stack: see {@link
     * WasiWorld}.
     */
    private static final class Rehearsal {

        private static final boolean HELD = rehearse();

        static void hold() {
            if (!HELD) {
                throw new AssertionError("it is held when the class is initialised");
            }
        }

        private static boolean rehearse() {
            byte[] text = {'a', '\n'};
            GuestStreams streams =
                    new GuestStreams(
                            new GuestSurroundings(List.of(), Map.of(), true, false), new Nobody());
            streams.out.write(text, 0, 2);
            streams.err.write(text, 0, 2);
            streams.still.skip(streams.still.timeOfDay() + streams.still.monotonic());
            long unused = streams.clock.timeOfDay() + streams.clock.monotonic();
            streams.begin(text, new AnswerRoom(1, MemoryReserve.UNLIMITED));
            int read = streams.in.read(new byte[2], 0, 2);
            streams.random.nextBytes(new byte[read]);
            try {
                streams.out.write(text, 0, 2);
                throw new AssertionError("two bytes went where one may");
            } catch (LimitExceededException expected) {
                streams.end();
                return true;
            }
        }
    }
}
