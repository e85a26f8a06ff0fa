package io.github.dagwasm.wasm.abi;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.github.dagwasm.failure.GuestFailureException;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.text.JsonWriter;
import io.github.dagwasm.text.Text;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/**
 * The envelope of Camel's own component for WebAssembly, {@code
 * {"headers":{"name":"value"},"body":"base64"}}, there and back: for one call, of which the answer
 * is read with a view to what the guest was shown.
 */
final class CamelEnvelope {

    /** More than all headers can take that a guest is shown, however it spells them. */
    static final int HEADER_BYTES = 4 << 20;

    static final int MOST_HEADERS = 64;
    static final int LONGEST_VALUE = 1024;

    private static final GuestJson.Form FORM =
            new GuestJson.Form(
                    "the guest's answer is no envelope {\"headers\":{..},\"body\":\"base64\"}",
                    "; of a guest that answers with the text alone say so with option answer:"
                            + " text");

    private static final byte[] WITHOUT_HEADERS = "{\"headers\":{},\"body\":\"".getBytes(UTF_8);
    private static final byte[] END = "\"}".getBytes(UTF_8);

    private static final int BLOCK_BYTES = 3;
    private static final int BLOCK_CHARACTERS = 4;

    private final Map<String, String> shown = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    private final Map<String, String> handedOn = new LinkedHashMap<>();
    private final Function<String, Optional<String>> refusedName;
    private byte[] body = new byte[0];
    private int given;

    /**
     * An envelope of one call.
     *
     * @param names which of the attributes the guest is shown
     * @param attributes what there is, for this guest or another
     * @param refusedName tells of a name why the guest may not set it; empty if it may
     */
    CamelEnvelope(
            Set<String> names,
            Map<String, String> attributes,
            Function<String, Optional<String>> refusedName) {
        this.refusedName = refusedName;
        for (String name : names) {
            String value = attributes.get(name);
            if (value != null) {
                shown.put(name, value);
            }
        }
    }

    /** What comes before the body. */
    byte[] head() {
        if (shown.isEmpty()) {
            return WITHOUT_HEADERS;
        }
        JsonWriter json = new JsonWriter().beginObject().name("headers").beginObject();
        shown.forEach((name, value) -> json.name(name).value(value));
        return (json.endObject().name("body") + "\"").getBytes(UTF_8);
    }

    /** What comes after it. */
    static byte[] end() {
        return END;
    }

    /** How many bytes an envelope may have whose body is within a limit. */
    static long mostBytes(long outputBytes) {
        return bodyCharacters(outputBytes) + HEADER_BYTES;
    }

    /** How many characters a body may have in base64. */
    static long bodyCharacters(long bytes) {
        return (bytes / BLOCK_BYTES + 1) * BLOCK_CHARACTERS;
    }

    /**
     * Reads the guest's answer.
     *
     * @param json its bytes, no more than there may be
     * @param room how many bytes its body may have, and where its copies are
     * @throws GuestFailureException if it is no envelope, or has headers that no guest sets
     * @throws LimitExceededException if its body is too long
     */
    Answer answer(byte[] json, AnswerRoom room) {
        GuestJson.read(json, FORM, (member, value) -> read(member, value, room));
        return new Answer(Text.ofUtf8(body), handedOn);
    }

    private void read(String member, GuestJson value, AnswerRoom room) throws IOException {
        switch (member) {
            case "headers" -> {
                if (!value.isNull()) {
                    Set<String> names = new TreeSet<>(String.CASE_INSENSITIVE_ORDER);
                    value.members((name, header) -> header(name, header, names));
                }
            }
            case "body" -> {
                if (!value.isNull()) {
                    body = decoded(value, room);
                }
            }
            default -> throw value.failure("it has a member " + GuestJson.shown(member));
        }
    }

    /** A header of the answer; one that is as it was shown says nothing. */
    private void header(String name, GuestJson json, Set<String> names) throws IOException {
        if (!names.add(name)) {
            throw json.failure("the header " + GuestJson.shown(name) + " is there twice");
        }
        String before = shown.get(name);
        if (before == null && ++given > MOST_HEADERS) {
            throw new GuestFailureException("the guest set more than " + MOST_HEADERS + " headers");
        }
        if (json.isNull()) {
            return;
        }
        String value =
                json.scalar()
                        .orElseThrow(
                                () ->
                                        json.failure(
                                                "the value of the header "
                                                        + GuestJson.shown(name)
                                                        + " is no string"));
        if (!value.equals(before)) {
            handOn(name, value);
        }
    }

    private void handOn(String name, String value) {
        refusedName
                .apply(name)
                .ifPresent(
                        fault -> {
                            throw new GuestFailureException(
                                    "the guest set the header "
                                            + GuestJson.shown(name)
                                            + ": "
                                            + fault);
                        });
        if (value.length() > LONGEST_VALUE) {
            throw new GuestFailureException(
                    "the guest set the header "
                            + GuestJson.shown(name)
                            + " to "
                            + value.length()
                            + " characters, and "
                            + LONGEST_VALUE
                            + " are the most");
        }
        handedOn.put(name, GuestText.escape(value, LONGEST_VALUE));
    }

    private static byte[] decoded(GuestJson json, AnswerRoom room) throws IOException {
        if (!json.isString()) {
            throw json.failure("its body is no string");
        }
        ByteBuffer base64 = json.latin1();
        int characters = base64.remaining();
        if (characters % BLOCK_CHARACTERS != 0) {
            throw json.failure(
                    "its body is no base64: "
                            + characters
                            + " characters are no multiple of "
                            + BLOCK_CHARACTERS);
        }
        long length = (long) characters / BLOCK_CHARACTERS * BLOCK_BYTES - padding(base64);
        room.require(length);
        var unused = room.take(length);
        try {
            return bytes(Base64.getDecoder().decode(base64));
        } catch (IllegalArgumentException e) {
            throw json.failure("its body is no base64 of the standard alphabet");
        }
    }

    private static byte[] bytes(ByteBuffer decoded) {
        if (decoded.arrayOffset() == 0 && decoded.remaining() == decoded.array().length) {
            return decoded.array();
        }
        byte[] copy = new byte[decoded.remaining()];
        decoded.get(copy);
        return copy;
    }

    private static int padding(ByteBuffer base64) {
        int padding = 0;
        while (padding < Math.min(2, base64.remaining())
                && base64.get(base64.limit() - 1 - padding) == '=') {
            padding++;
        }
        return padding;
    }
}
