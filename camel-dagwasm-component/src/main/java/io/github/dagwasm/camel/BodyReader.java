package io.github.dagwasm.camel;

import io.github.dagwasm.failure.IoReason;
import io.github.dagwasm.failure.LimitExceededException;
import io.github.dagwasm.failure.MalformedTextException;
import io.github.dagwasm.failure.SandboxFullException;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.text.Text;
import io.github.dagwasm.wasm.TextLease;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.BaseStream;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.util.IOHelper;

/**
 * Takes the text from a message's body, strictly and up to a limit. The body stays what it was, but
 * for a stream or reader that can be read only once: that is replaced by what was read, followed by
 * the rest where not all of it was, so that whoever comes next, after a failure too, finds the same
 * text.
 */
final class BodyReader {

    /**
     * What failures call what is read.
     *
     * @param where what they begin with, as in {@code pipeline 'orders': }; may be empty
     * @param text the text, as in {@code the input}
     * @param body what holds it, as in {@code the body}
     */
    record Names(String where, String text, String body) {}

    /** What is read, and the room for it. */
    private record Reading(Exchange exchange, TextLease room) {}

    private final long limit;
    private final Names names;
    private final Supplier<LimitExceededException> tooLarge;

    /**
     * A reader for bodies that are larger than they may be as soon as they have a byte more than
     * the limit.
     *
     * @param limit how many bytes they may have
     * @param names what failures call it
     * @param tooLarge what is thrown where a body is larger
     */
    BodyReader(long limit, Names names, Supplier<LimitExceededException> tooLarge) {
        this.limit = limit;
        this.names = names;
        this.tooLarge = tooLarge;
    }

    /**
     * A reader for the bodies that one pipeline gets.
     *
     * @param pipeline says how large they may be, and what failures call it
     */
    static BodyReader of(Pipeline pipeline) {
        return new BodyReader(
                pipeline.maxInputBytes(),
                new Names("pipeline '" + pipeline.plan().name() + "': ", "the input", "the body"),
                pipeline::inputTooLarge);
    }

    /**
     * Reads the body.
     *
     * @param room asked for room before a large body is read
     * @throws SandboxFullException if there is none
     * @throws UnreadableBodyException if it cannot be read, or is no text
     * @throws MalformedTextException if its bytes are not of the charset they should be of
     * @throws LimitExceededException if it is too large
     */
    Text read(Exchange exchange, Message message, TextLease room) {
        Object body = message.getBody();
        if (body instanceof String string) {
            room.cover(Math.min(string.length(), limit));
            return Text.of(string);
        }
        if (body == null) {
            return Text.EMPTY;
        }
        try {
            return read(body, new Reading(exchange, room), message::setBody, Optional.empty());
        } catch (OneShot.BrokenOffException e) {
            throw unreadable(names.body() + " cannot be read: " + e.getMessage(), e);
        } catch (IOException e) {
            throw unreadable(names.body() + " cannot be read: " + IoReason.of(e), e);
        }
    }

    private Text read(
            Object body, Reading reading, Consumer<Object> replacement, Optional<String> charset)
            throws IOException {
        if (body instanceof byte[] bytes) {
            return covered(bytes, reading, charset);
        }
        if (body instanceof ByteBuffer buffer) {
            reading.room().cover(Math.min(buffer.remaining(), limit));
            return decoded(remaining(buffer), reading, charset);
        }
        if (body instanceof CharSequence || body instanceof Character) {
            return Text.of(body.toString());
        }
        if (body instanceof Number || body instanceof Boolean || body instanceof Enum<?>) {
            return Text.of(body.toString());
        }
        if (body instanceof WrappedFile<?> file) {
            Object content = file.getBody() == null ? file.getFile() : file.getBody();
            return read(
                    content,
                    reading,
                    CamelFiles.replacement(file).orElse(replacement),
                    CamelFiles.charset(file).or(() -> charset));
        }
        if (body instanceof File file) {
            return read(file.toPath(), reading, replacement, charset);
        }
        if (body instanceof Path path) {
            try (InputStream in = Files.newInputStream(path)) {
                reading.room().cover(Math.min(Files.size(path), limit));
                return decoded(bytes(in, reading.room()), reading, charset);
            }
        }
        if (body instanceof StreamCache cache) {
            return readCache(cache, reading, charset);
        }
        if (body instanceof InputStream || body instanceof Reader) {
            OneShot once =
                    new OneShot(reading.exchange(), body, mostBytes(), replacement, reading.room());
            return readOnce(once, reading, charset);
        }
        return readConverted(body, reading, charset);
    }

    private Text readOnce(OneShot once, Reading reading, Optional<String> charset)
            throws IOException {
        Object source = once.source();
        if (source instanceof Reader reader) {
            return withinLimit(once.read(reader));
        }
        if (source instanceof InputStream in) {
            return decoded(once.read(in), reading, charset);
        }
        once.replaceAgain(source);
        if (source instanceof byte[] bytes) {
            return covered(bytes, reading, charset);
        }
        String text = (String) source;
        reading.room().cover(Math.min(text.length(), limit));
        return withinLimit(text);
    }

    /** Bytes that are in the heap already, but not in the other of a text's two forms. */
    private Text covered(byte[] bytes, Reading reading, Optional<String> charset) {
        reading.room().cover(Math.min(bytes.length, limit));
        return decoded(bytes, reading, charset);
    }

    private Text readCache(StreamCache cache, Reading reading, Optional<String> charset)
            throws IOException {
        cache.reset();
        try {
            if (cache instanceof Reader reader) {
                StringBuilder read = new StringBuilder();
                var unused = OneShot.readTo(reader, read, mostBytes(), reading.room());
                return withinLimit(read.toString());
            }
            try (InputStream in = streamOf(cache, reading)) {
                return decoded(bytes(in, reading.room()), reading, charset);
            }
        } finally {
            cache.reset();
        }
    }

    private InputStream streamOf(Object body, Reading reading) {
        if (body instanceof InputStream in) {
            return in;
        }
        // Camel would take the elements of a stream of Java's, which nobody could read again.
        InputStream in =
                body instanceof BaseStream<?, ?>
                        ? null
                        : reading.exchange()
                                .getContext()
                                .getTypeConverter()
                                .tryConvertTo(InputStream.class, reading.exchange(), body);
        if (in == null) {
            throw unreadable(
                    names.body()
                            + " is a "
                            + body.getClass().getTypeName()
                            + ", which is no text; convert it before, for instance with"
                            + " convertBodyTo or marshal",
                    null);
        }
        return in;
    }

    private Text readConverted(Object body, Reading reading, Optional<String> charset)
            throws IOException {
        try (InputStream in = streamOf(body, reading)) {
            return decoded(bytes(in, reading.room()), reading, charset);
        }
    }

    /** Reads to the end or as much as there may be, after room was found for it. */
    private byte[] bytes(InputStream in, TextLease room) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream(0);
        while (true) {
            int covered = (int) room.coverMore(read.size(), mostBytes());
            byte[] part = in.readNBytes(covered - read.size());
            boolean over = read.size() + part.length < covered || covered == mostBytes();
            if (over && read.size() == 0) {
                return part;
            }
            read.writeBytes(part);
            if (over) {
                return read.toByteArray();
            }
        }
    }

    /** Leaves the buffer's position where it is; Camel's converter does not in every version. */
    private byte[] remaining(ByteBuffer buffer) {
        byte[] bytes = new byte[Math.min(buffer.remaining(), mostBytes())];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    private int mostBytes() {
        return (int) Math.min(limit + 1, Integer.MAX_VALUE - 8);
    }

    /** A character has a byte at least. */
    private Text withinLimit(String read) {
        if (read.length() > limit) {
            throw tooLarge.get();
        }
        return Text.of(read);
    }

    private Text decoded(byte[] bytes, Reading reading, Optional<String> ofFile) {
        if (bytes.length > limit) {
            throw tooLarge.get();
        }
        Charset charset = charset(reading, ofFile);
        return charset.equals(StandardCharsets.UTF_8)
                ? Text.ofUtf8(bytes)
                : Text.of(strictly(bytes, charset));
    }

    /** Never by a header, which the sender may have set. */
    private Charset charset(Reading reading, Optional<String> ofFile) {
        String name =
                ofFile.orElseGet(
                        () ->
                                reading.exchange()
                                        .getProperty(
                                                ExchangePropertyKey.CHARSET_NAME, String.class));
        if (name == null) {
            return StandardCharsets.UTF_8;
        }
        try {
            return Charset.forName(IOHelper.normalizeCharset(name));
        } catch (IllegalArgumentException e) {
            throw unreadable("there is no charset '" + name + "'", e);
        }
    }

    private String strictly(byte[] bytes, Charset charset) {
        ByteBuffer in = ByteBuffer.wrap(bytes);
        var decoder = charset.newDecoder();
        // A float is not exact beyond 16 MiB: what has no room would be left out.
        double mostChars = Math.ceil((double) bytes.length * decoder.maxCharsPerByte());
        CharBuffer out = CharBuffer.allocate((int) mostChars);
        CoderResult result = decoder.decode(in, out, true);
        if (result.isUnderflow()) {
            result = decoder.flush(out);
        }
        if (result.isError()) {
            int at = in.position();
            throw new MalformedTextException(
                    "%s%s: malformed %s at byte %d (0x%02x)"
                            .formatted(names.where(), names.text(), charset.name(), at, in.get(at)),
                    at);
        }
        return out.flip().toString();
    }

    private UnreadableBodyException unreadable(String problem, Exception cause) {
        return new UnreadableBodyException(names.where() + problem, cause);
    }
}
