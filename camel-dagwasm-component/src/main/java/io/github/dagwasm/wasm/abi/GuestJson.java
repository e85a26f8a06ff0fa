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
import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.engine.ByteSearch;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;

/**
 * An object of JSON that a guest made. It is read once from front to end and never built as a
 * whole: its reader looks at each member as it comes, and refuses too much before it costs
 * anything. A fault in it is the guest's failure, told with the byte where the fault was seen. For
 * one thread.
 */
public final class GuestJson {

    private static final int SHOWN_CODE_POINTS = 64;

    /** Deeper than any reader goes: a value that is not read is refused before its members are. */
    private static final int DEEPEST = 3;

    /** What one kind of object is held to, and how its failures are told. Immutable. */
    public static final class Form {

        private final String what;
        private final String hint;
        private final StreamReadConstraints constraints;

        /**
         * Strings of any length: the bytes alone bound them.
         *
         * @param what what the object is and was to be, as in "the guest's answer is no envelope"
         * @param hint what follows a failure, or empty
         */
        public Form(String what, String hint) {
            this(what, hint, Integer.MAX_VALUE);
        }

        /**
         * Strings of a bounded length.
         *
         * @param what what the object is and was to be
         * @param hint what follows a failure, or empty
         * @param longest how many UTF-16 units of a string are read; a longer one is never copied
         *     whole
         */
        public Form(String what, String hint, int longest) {
            this.what = what;
            this.hint = hint;
            constraints =
                    StreamReadConstraints.builder()
                            .maxNestingDepth(DEEPEST)
                            .maxStringLength(longest)
                            .build();
        }

        private String message(String problem) {
            return what + ": " + problem + hint;
        }

        private String message(String problem, long offset) {
            return message(problem + " at byte " + offset);
        }
    }

    /** Reads members. */
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
    private final Form form;
    private final JsonParser parser;

    private GuestJson(byte[] utf8, Form form, JsonParser parser) {
        this.utf8 = utf8;
        this.form = form;
        this.parser = parser;
    }

    /**
     * Reads bytes that are to be one object and nothing else.
     *
     * @param utf8 the bytes, which the guest made
     * @param form what the object is held to
     * @param members reads the members, in their order
     * @throws GuestFailureException if they are anything else
     */
    public static void read(byte[] utf8, Form form, Members members) {
        // Else the parser may find a byte order mark, or take the bytes for UTF-16.
        if (utf8.length < 2 || utf8[1] == 0 || !mayBegin(utf8[0])) {
            throw new GuestFailureException(form.message("no object begins", 0));
        }
        try (JsonParser parser = factory(form).createParser(utf8)) {
            GuestJson json = new GuestJson(utf8, form, parser);
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
                            ? form.message(problem)
                            : form.message(problem, location.getByteOffset()),
                    e);
        } catch (IOException e) {
            throw new GuestFailureException(form.message("it cannot be read"), e);
        }
    }

    private static boolean mayBegin(byte first) {
        return first == '{' || first == ' ' || first == '\n' || first == '\r' || first == '\t';
    }

    /** One for each text: a factory remembers the names that its parsers have seen. */
    private static JsonFactory factory(Form form) {
        return new JsonFactoryBuilder()
                .disable(JsonFactory.Feature.INTERN_FIELD_NAMES)
                .recyclerPool(JsonRecyclerPools.nonRecyclingPool())
                .streamReadConstraints(form.constraints)
                .build();
    }

    /**
     * Reads the members of the object that is next.
     *
     * @param members reads them
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
        return new GuestFailureException(form.message(problem, seen.getByteOffset()));
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
}
