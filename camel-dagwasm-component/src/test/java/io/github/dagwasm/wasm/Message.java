package io.github.dagwasm.wasm;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dagwasm.failure.DeadlinePassedException;
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.failure.TrapException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Base64;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * A text with a secret that no other message has, for guests that hoard what they are given. The
 * secret is a mark of four bytes, four times over, so that a part of it gives it away too; no guest
 * has such letters of its own, and they have no other case.
 *
 * @param number tells it from all others
 * @param ending how its call is to end
 * @param text what is sent: the secret, the ending's letter, how many pages to grow by, more
 */
public record Message(int number, Ending ending, String text) {

    private static final int FIRST_LETTER = 0x590;
    private static final int LETTERS = 512;
    private static final int TIMES = 4;
    private static final int MOST_PAGES = 3;
    private static final int MOST_MORE = 20_000;
    private static final int ENDS_OTHERWISE = 6;
    private static final long SHORT_NANOS = 1_000_000;
    private static final Pattern MARK = Pattern.compile("[\u0590-\u078f]{2}");

    /** How a call ends, by the letter that makes a guest do it. */
    public enum Ending {
        ANSWER('a'),
        TRAP('t'),
        STORE_OUTSIDE('b'),
        LIMIT('g'),
        NULL_POINTER('n'),
        MALFORMED('m'),
        DEADLINE('l'),
        FUEL('l'),
        INTERRUPT('l'),
        EXCEPTION('x');

        private final char letter;

        Ending(char letter) {
            this.letter = letter;
        }

        /** What guests look for in their input. */
        public char letter() {
            return letter;
        }
    }

    /** The endings that every guest that hoards knows. */
    public static final List<Ending> ENDINGS =
            Stream.of(Ending.values()).filter(Predicate.not(Ending.EXCEPTION::equals)).toList();

    /** A message of no great length. */
    public static Message of(int number, Ending ending) {
        return with(number, ending, 1, 100);
    }

    /** A message of some length, of which most are answered. */
    public static Message drawn(int number, Random random, List<Ending> endings) {
        Ending ending =
                random.nextInt(ENDS_OTHERWISE) == 0
                        ? endings.get(random.nextInt(endings.size()))
                        : Ending.ANSWER;
        int more = random.nextInt(4) == 0 ? random.nextInt(MOST_MORE) : random.nextInt(64);
        return with(number, ending, random.nextInt(MOST_PAGES + 1), more);
    }

    private static Message with(int number, Ending ending, int pages, int more) {
        String secret = mark(number).repeat(TIMES);
        return new Message(number, ending, secret + ending.letter() + pages + "m".repeat(more));
    }

    private static String mark(int number) {
        return Character.toString(FIRST_LETTER + number / LETTERS)
                + Character.toString(FIRST_LETTER + number % LETTERS);
    }

    /** What is looked for. */
    public byte[] mark() {
        return mark(number).getBytes(UTF_8);
    }

    /** The same as it is where the text is in base64: three of them are four times four letters. */
    public byte[] markInBase64() {
        return Base64.getEncoder().encode(mark(number).repeat(3).getBytes(UTF_8));
    }

    /** The same as a number. */
    public int markBits() {
        return ByteBuffer.wrap(mark()).order(ByteOrder.LITTLE_ENDIAN).getInt();
    }

    /** Whether something has a mark of another message. */
    public boolean tellsOfOthers(String told) {
        return MARK.matcher(told.replace(mark(number), "")).find();
    }

    /** Whether it is a failure that the message asks for. */
    public boolean endsBy(Exception failure) {
        return switch (ending) {
            case ANSWER -> false;
            case TRAP, STORE_OUTSIDE, EXCEPTION -> failure instanceof TrapException;
            case LIMIT, FUEL -> failure instanceof LimitExceededException;
            case NULL_POINTER -> failure instanceof GuestFailureException;
            case MALFORMED ->
                    failure instanceof GuestFailureException
                            || failure instanceof MalformedTextException;
            // The time may be up before there is room for the call.
            case DEADLINE ->
                    failure instanceof DeadlinePassedException
                            || failure instanceof SandboxFullException;
            case INTERRUPT -> failure instanceof InterruptedException;
        };
    }

    /** How long its call may take. */
    public long nanos() {
        return ending == Ending.DEADLINE ? SHORT_NANOS : Long.MAX_VALUE;
    }

    /** Interrupts the calling thread in a while, if that is what the message asks for. */
    public void mayInterrupt() {
        if (ending == Ending.INTERRUPT) {
            Thread caller = Thread.currentThread();
            CompletableFuture.delayedExecutor(SHORT_NANOS, TimeUnit.NANOSECONDS)
                    .execute(caller::interrupt);
        }
    }

    @Override
    public String toString() {
        return "message " + number + " (" + ending + ")";
    }
}
