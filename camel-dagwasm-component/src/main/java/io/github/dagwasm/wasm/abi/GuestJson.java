package io.github.dagwasm.wasm.abi;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.core.util.JsonRecyclerPools;
import io.github.dagwasm.spi.GuestFailureException;
import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.wasm.engine.ByteSearch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An object of JSON that a guest made, read once from front to end and never built as a whole: who
 * reads it looks at each member as it comes, and refuses what is too much before it costs anything.
 * Whatever is wrong with it is the guest's failure, told with the byte where it was seen. For one
 * thread.
 */
public final class GuestJson {

    private static final int SHOWN_CODE_POINTS = 64;

    /** Deeper than anybody reads: who does not read a value refuses it before it is gone into. */
    private static final int DEEPEST = 3;

    /** Strings of any length: the bytes bound them. */
    static final int ANY_LENGTH = Integer.MAX_VALUE;

    /**
     * How failures speak of the object.
     *
     * @param what what it is and was to be, as in "the guest's answer is no envelope"
     * @param hint what follows the failure, or empty
     */
    public record Wording(String what, String hint) {}

    /** Who reads members. */
    @FunctionalInterface
    public interface Members {

        /**
         * Reads one member. It takes its value, and nothing more.
         *
         * @param name the member's name, one that was not there before
         * @param json where its value is next
         * @throws IOException as the methods of {@link GuestJson} do, which is dealt with
         */
        void read(String name, GuestJson json) throws IOException;
    }

    private final byte[] utf8;
    private final Wording wording;
    private final JsonParser parser;

    private GuestJson(byte[] utf8, Wording wording, JsonParser parser) {
        this.utf8 = utf8;
        this.wording = wording;
        this.parser = parser;
    }

    /**
     * Reads bytes that are to be one object and nothing else.
     *
     * @param utf8 the bytes, which the guest made
     * @param longest how many UTF-16 units of a string are read; a longer one is never copied whole
     * @param wording how failures speak of it
     * @param members who reads the members, in their order
     * @throws GuestFailureException if they are anything else
     */
    public static void read(byte[] utf8, int longest, Wording wording, Members members) {
        // Else the parser may find a byte order mark, or take the bytes for UTF-16.
        if (utf8.length < 2 || utf8[1] == 0 || !mayBegin(utf8[0])) {
            throw new GuestFailureException(message(wording, "no object begins", 0));
        }
        try (JsonParser parser = factory(longest).createParser(utf8)) {
            GuestJson json = new GuestJson(utf8, wording, parser);
            parser.nextToken();
            json.members(members);
            if (parser.nextToken() != null) {
                throw json.failure("something follows the object");
            }
        } catch (JacksonException e) {
            JsonLocation location = e.getLocation();
            String problem = "no JSON, or more of it than is read";
            throw new GuestFailureException(
                    location == null
                            ? wording.what() + ": " + problem + wording.hint()
                            : message(wording, problem, location.getByteOffset()),
                    e);
        } catch (IOException e) {
            throw new GuestFailureException(wording.what() + ": it cannot be read", e);
        }
    }

    private static boolean mayBegin(byte first) {
        return first == '{' || first == ' ' || first == '\n' || first == '\r' || first == '\t';
    }

    /** One for each text: a factory remembers the names that its parsers have seen. */
    private static JsonFactory factory(int longest) {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(
                        StreamReadConstraints.builder()
                                .maxNestingDepth(DEEPEST)
                                .maxStringLength(longest)
                                .build())
                .build();
    }

    /**
     * Reads the members of the object that is next.
     *
     * @param members who reads them
     * @throws IOException which is dealt with
     * @throws GuestFailureException if there is none, or one name is there twice
     */
    public void members(Members members) throws IOException {
        if (parser.currentToken() != JsonToken.START_OBJECT) {
            throw failure("no object begins");
        }
        Set<String> names = new HashSet<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
            String name = parser.currentName();
            if (!names.add(name)) {
                throw failure(shown(name) + " is there twice");
            }
            parser.nextToken();
            members.read(name, this);
        }
    }

    /**
     * Whether the value that is next is null.
     *
     * @return true if it is
     */
    public boolean isNull() {
        return parser.currentToken() == JsonToken.VALUE_NULL;
    }

    /**
     * Whether the value that is next is a string.
     *
     * @return true if it is
     */
    public boolean isString() {
        return parser.currentToken() == JsonToken.VALUE_STRING;
    }

    /**
     * The string that is next.
     *
     * @param most how many code points it may have, no more than may be {@linkplain #read read}
     * @return the string, which may hold surrogates that are not paired; empty if it is longer
     * @throws IOException which is dealt with
     */
    public Optional<String> string(int most) throws IOException {
        try {
            String text = parser.getText();
            return text.codePointCount(0, text.length()) > most
                    ? Optional.empty()
                    : Optional.of(text);
        } catch (StreamConstraintsException e) {
            return Optional.empty();
        }
    }

    /**
     * The value that is next, where it is no object and no array.
     *
     * @return the string, or the number or truth value as it is written; empty where it is neither,
     *     or null
     * @throws IOException which is dealt with
     */
    Optional<String> scalar() throws IOException {
        JsonToken token = parser.currentToken();
        return token.isScalarValue() && token != JsonToken.VALUE_NULL
                ? Optional.of(parser.getText())
                : Optional.empty();
    }

    /**
     * The characters of the string that is next, one byte each, and a question mark for every one
     * beyond Latin 1. Long ones are not copied where they need not be.
     *
     * @throws IOException which is dealt with
     */
    ByteBuffer latin1() throws IOException {
        long start = parser.currentTokenLocation().getByteOffset() + 1;
        if (start > 0 && start < utf8.length && utf8[(int) start - 1] == '"') {
            int from = (int) start;
            int end = ByteSearch.indexOf(utf8, (byte) '"', from, utf8.length);
            if (end != ByteSearch.NOT_FOUND
                    && ByteSearch.indexOf(utf8, (byte) '\\', from, end) == ByteSearch.NOT_FOUND) {
                return ByteBuffer.wrap(utf8, from, end - from);
            }
        }
        return ByteBuffer.wrap(parser.getText().getBytes(ISO_8859_1));
    }

    /**
     * A failure where the parser is.
     *
     * @param problem what is wrong there; names of the guest's in it are {@linkplain #shown shown}
     * @return the failure, to be thrown
     */
    public GuestFailureException failure(String problem) {
        // Where nothing but blanks came, there is no token.
        JsonLocation seen =
                parser.currentToken() == null
                        ? parser.currentLocation()
                        : parser.currentTokenLocation();
        long offset = seen.getByteOffset();
        return new GuestFailureException(message(wording, problem, offset));
    }

    /**
     * A name of the guest's, for a message.
     *
     * @param name the name
     * @return the name in quotes, escaped and cut
     */
    public static String shown(String name) {
        return "'" + GuestText.escape(name, SHOWN_CODE_POINTS) + "'";
    }

    private static String message(Wording wording, String problem, long offset) {
        return wording.what() + ": " + problem + " at byte " + offset + wording.hint();
    }
}
