package io.github.dagwasm.text;

import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.Objects;

/**
 * An immutable text, held as a {@link String}, as UTF-8 bytes, or as both.
 *
 * <p>The form that is missing is made when it is first asked for, and once. Nothing is replaced
 * silently: a text that is not well formed throws {@link MalformedTextException} from each method
 * that needs it to be. Bytes that are no text go from one processor to the next only where both
 * carry bytes; they read {@link #bytes()}. Safe for use by any number of threads. {@link
 * #toString()} tells the size and never the content.
 */
public final class Text {

    private static final VarHandle MADE;

    static {
        try {
            MADE = MethodHandles.lookup().findVarHandle(Text.class, "made", Object.class);
        } catch (ReflectiveOperationException e) {
            throw new ExceptionInInitializerError(e);
        }
    }

    private static final VarHandle EIGHT =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.nativeOrder());

    private static final long NOT_ASCII = 0x8080808080808080L;
    private static final int FIRST_OF_TWO_BYTES = 0x80;

    /** The text of no characters. */
    public static final Text EMPTY = of("");

    /** The form that was given; of the two one is null. */
    private final String string;

    private final byte[] utf8;

    /** The form that is missing, once somebody has asked for it; by {@link #MADE} only. */
    @SuppressWarnings("UnusedVariable")
    private Object made;

    /**
     * One more than the number of bytes in UTF-8; 0 until somebody has looked whether the text is
     * well formed. Threads that race write the same.
     */
    private int checked;

    private Text(String string, byte[] utf8) {
        this.string = string;
        this.utf8 = utf8;
    }

    /**
     * A text of the given characters.
     *
     * @param string the characters; an unpaired surrogate among them is reported when the text is
     *     first measured or encoded
     * @return the text
     */
    public static Text of(String string) {
        return new Text(Objects.requireNonNull(string, "string"), null);
    }

    /**
     * A text of the given UTF-8 bytes, which belong to the text from now on and must not be
     * changed.
     *
     * @param utf8 the bytes; a malformed sequence among them is reported when the text is first
     *     measured, decoded or read
     * @return the text
     */
    public static Text ofUtf8(byte[] utf8) {
        return new Text(null, Objects.requireNonNull(utf8, "utf8"));
    }

    /**
     * The text as a String.
     *
     * @return the characters
     * @throws MalformedTextException if the text was given as bytes that are not well-formed UTF-8,
     *     naming the first byte at fault, or as a String with an unpaired surrogate
     */
    public String string() {
        var unused = utf8Length();
        if (string != null) {
            return string;
        }
        Object known = MADE.getAcquire(this);
        return (String) (known == null ? make() : known);
    }

    /**
     * The text as UTF-8.
     *
     * @return the bytes, shared by all callers and not to be modified
     * @throws MalformedTextException if the text is not well formed; see {@link #string()}
     */
    public byte[] utf8() {
        var unused = utf8Length();
        if (utf8 != null) {
            return utf8;
        }
        Object known = MADE.getAcquire(this);
        return (byte[]) (known == null ? make() : known);
    }

    /**
     * The bytes as they were given, or the String as UTF-8. Bytes need not be well-formed UTF-8.
     *
     * @return the bytes, shared by all callers and not to be modified
     * @throws MalformedTextException if the text was given as a String with an unpaired surrogate
     */
    public byte[] bytes() {
        return utf8 == null ? utf8() : utf8;
    }

    /**
     * How many bytes {@link #bytes()} has, found without making them.
     *
     * @return the number of bytes
     * @throws MalformedTextException if the text was given as a String with an unpaired surrogate
     */
    public int byteLength() {
        return utf8 == null ? utf8Length() : utf8.length;
    }

    /**
     * Whether {@link #string()} and {@link #utf8()} have an answer.
     *
     * @return false for bytes that are no UTF-8, and for a String with an unpaired surrogate
     */
    public boolean wellFormed() {
        try {
            var unused = utf8Length();
            return true;
        } catch (MalformedTextException e) {
            return false;
        }
    }

    /** Threads that race here each make it; they all get the one that came first. */
    private Object make() {
        Object form =
                string == null
                        ? new String(utf8, StandardCharsets.UTF_8)
                        : string.getBytes(StandardCharsets.UTF_8);
        Object before = MADE.compareAndExchangeRelease(this, null, form);
        return before == null ? form : before;
    }

    /**
     * How many bytes the text has in UTF-8, found without encoding it.
     *
     * @return the number of bytes
     * @throws MalformedTextException if the text is not well formed; see {@link #string()}
     */
    public int utf8Length() {
        int known = checked;
        if (known == 0) {
            known = (string == null ? checkUtf8(utf8) : measure(string)) + 1;
            checked = known;
        }
        return known - 1;
    }

    /** Tells the size of the text, or that it is not well formed; never its content. */
    @Override
    public String toString() {
        return wellFormed() ? "Text[" + utf8Length() + " bytes]" : "Text[malformed]";
    }

    private static int measure(String string) {
        int at = ascii(string);
        long bytes = at;
        while (at < string.length()) {
            char c = string.charAt(at);
            if (c < FIRST_OF_TWO_BYTES) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else {
                if (Character.charCount(string.codePointAt(at)) == 1) {
                    throw unpairedSurrogate(string, at);
                }
                bytes += 4;
                at++;
            }
            at++;
        }
        if (bytes > Integer.MAX_VALUE - 8) {
            throw new LimitExceededException(
                    "text size", Integer.MAX_VALUE - 8, bytes, "none: a Java array holds no more");
        }
        return (int) bytes;
    }

    private static int checkUtf8(byte[] bytes) {
        int ascii = ascii(bytes);
        if (ascii == bytes.length) {
            return bytes.length;
        }
        CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
        ByteBuffer in = ByteBuffer.wrap(bytes, ascii, bytes.length - ascii);
        CharBuffer out = CharBuffer.allocate(Math.min(bytes.length - ascii, 8192));
        while (true) {
            CoderResult result = decoder.decode(in, out, true);
            if (result.isUnderflow()) {
                return bytes.length;
            }
            if (result.isError()) {
                throw malformedUtf8(bytes, in.position());
            }
            out.clear();
        }
    }

    private static MalformedTextException malformedUtf8(byte[] bytes, int offset) {
        return new MalformedTextException(
                String.format(
                        Locale.ROOT, "malformed UTF-8 at byte %d (0x%02x)", offset, bytes[offset]),
                offset);
    }

    private static MalformedTextException unpairedSurrogate(String string, int offset) {
        return new MalformedTextException(
                String.format(
                        Locale.ROOT,
                        "unpaired surrogate at character %d (U+%04X)",
                        offset,
                        (int) string.charAt(offset)),
                offset);
    }

    /** How many characters a string begins with that are a byte each, or a few fewer. */
    private static int ascii(String string) {
        int most = string.length() - Long.BYTES;
        int at = 0;
        while (at <= most
                && (string.charAt(at)
                                | string.charAt(at + 1)
                                | string.charAt(at + 2)
                                | string.charAt(at + 3)
                                | string.charAt(at + 4)
                                | string.charAt(at + 5)
                                | string.charAt(at + 6)
                                | string.charAt(at + 7))
                        < FIRST_OF_TWO_BYTES) {
            at += Long.BYTES;
        }
        return at;
    }

    /** How many bytes there are before the first that is no character of its own. */
    private static int ascii(byte[] bytes) {
        int most = bytes.length - Long.BYTES;
        int at = 0;
        while (at <= most && ((long) EIGHT.get(bytes, at) & NOT_ASCII) == 0) {
            at += Long.BYTES;
        }
        while (at < bytes.length && bytes[at] >= 0) {
            at++;
        }
        return at;
    }
}
