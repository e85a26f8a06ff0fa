package io.github.dagwasm.camel;

import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.spi.LimitExceededException;
import io.github.dagwasm.spi.MalformedTextException;
import io.github.dagwasm.spi.Text;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.PushbackReader;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.Charset;
import java.nio.charset.CoderResult;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.Exchange;
import org.apache.camel.ExchangePropertyKey;
import org.apache.camel.Message;
import org.apache.camel.StreamCache;
import org.apache.camel.WrappedFile;
import org.apache.camel.component.file.GenericFile;
import org.apache.camel.util.IOHelper;

/**
 * Takes the text from a message's body, strictly and up to a limit. The body stays what it was, but
 * for a stream or reader that can be read only once: that is replaced by what was read, followed by
 * the rest where not all of it was, so that whoever comes next, after a failure too, finds the same
 * text.
 */
final class BodyReader {

    private static final int CHUNK = 8192;

    private final Pipeline pipeline;
    private final long limit;

    /**
     * A reader for the bodies that one pipeline gets.
     *
     * @param pipeline says how large they may be, and what failures call it
     */
    BodyReader(Pipeline pipeline) {
        this.pipeline = pipeline;
        limit = pipeline.maxInputBytes();
    }

    /**
     * Reads the body.
     *
     * @throws UnreadableBodyException if it cannot be read, or is no text
     * @throws MalformedTextException if its bytes are not of the charset they should be of
     * @throws LimitExceededException if it is too large
     */
    Text read(Exchange exchange) {
        Object body = exchange.getMessage().getBody();
        if (body instanceof String string) {
            return Text.of(string);
        }
        if (body == null) {
            return Text.EMPTY;
        }
        try {
            return read(body, exchange, Optional.empty());
        } catch (IOException e) {
            throw unreadable("the body cannot be read: " + e, e);
        }
    }

    private Text read(Object body, Exchange exchange, Optional<String> charset) throws IOException {
        if (body instanceof byte[] bytes) {
            return decoded(bytes, exchange, charset);
        }
        if (body instanceof CharSequence || body instanceof Character) {
            return Text.of(body.toString());
        }
        if (body instanceof Number || body instanceof Boolean || body instanceof Enum<?>) {
            return Text.of(body.toString());
        }
        if (body instanceof WrappedFile<?> file) {
            Object content = file.getBody() == null ? file.getFile() : file.getBody();
            return read(content, exchange, charsetOf(file));
        }
        if (body instanceof File file) {
            return read(file.toPath(), exchange, charset);
        }
        if (body instanceof Path path) {
            try (InputStream in = Files.newInputStream(path)) {
                return decoded(in.readNBytes(mostBytes()), exchange, charset);
            }
        }
        if (body instanceof StreamCache cache) {
            return readCache(cache, exchange, charset);
        }
        if (body instanceof InputStream in) {
            return readOnce(in, exchange, charset);
        }
        if (body instanceof Reader reader) {
            return readOnce(reader, exchange.getMessage());
        }
        return readConverted(body, exchange, charset);
    }

    private static Optional<String> charsetOf(WrappedFile<?> file) {
        return file instanceof GenericFile<?> generic
                ? Optional.ofNullable(generic.getCharset())
                : Optional.empty();
    }

    private Text readCache(StreamCache cache, Exchange exchange, Optional<String> charset)
            throws IOException {
        cache.reset();
        try {
            if (cache instanceof Reader reader) {
                StringBuilder read = new StringBuilder();
                readUpToLimit(reader, read);
                return Text.of(withinLimit(read));
            }
            try (InputStream in = streamOf(cache, exchange)) {
                return decoded(in.readNBytes(mostBytes()), exchange, charset);
            }
        } finally {
            cache.reset();
        }
    }

    private InputStream streamOf(Object body, Exchange exchange) {
        if (body instanceof InputStream in) {
            return in;
        }
        InputStream in =
                exchange.getContext()
                        .getTypeConverter()
                        .tryConvertTo(InputStream.class, exchange, body);
        if (in == null) {
            throw unreadable(
                    "the body is a "
                            + body.getClass().getName()
                            + ", which is no text; convert it before, for instance with"
                            + " convertBodyTo or marshal",
                    null);
        }
        return in;
    }

    private Text readOnce(InputStream in, Exchange exchange, Optional<String> charset)
            throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        boolean ended = false;
        try {
            while (read.size() <= limit) {
                int room = Math.min(chunk.length, mostBytes() - read.size());
                int count = in.read(chunk, 0, room);
                if (count < 0) {
                    ended = true;
                    break;
                }
                read.write(chunk, 0, count);
            }
        } finally {
            byte[] bytes = read.toByteArray();
            exchange.getMessage()
                    .setBody(
                            ended
                                    ? bytes
                                    : new SequenceInputStream(new ByteArrayInputStream(bytes), in));
        }
        if (ended) {
            in.close();
        }
        return decoded(read.toByteArray(), exchange, charset);
    }

    private Text readOnce(Reader reader, Message message) throws IOException {
        StringBuilder read = new StringBuilder();
        boolean ended = false;
        try {
            ended = readUpToLimit(reader, read);
        } finally {
            message.setBody(ended ? read.toString() : again(read, reader));
        }
        if (ended) {
            reader.close();
        }
        return Text.of(withinLimit(read));
    }

    private static Reader again(StringBuilder read, Reader rest) throws IOException {
        PushbackReader whole = new PushbackReader(rest, Math.max(1, read.length()));
        whole.unread(read.toString().toCharArray());
        return whole;
    }

    /** True if the end was reached. A character has a byte at least. */
    private boolean readUpToLimit(Reader reader, StringBuilder read) throws IOException {
        char[] chunk = new char[CHUNK];
        while (read.length() <= limit) {
            int room = Math.min(chunk.length, mostBytes() - read.length());
            int count = reader.read(chunk, 0, room);
            if (count < 0) {
                return true;
            }
            read.append(chunk, 0, count);
        }
        return false;
    }

    private Text readConverted(Object body, Exchange exchange, Optional<String> charset)
            throws IOException {
        try (InputStream in = streamOf(body, exchange)) {
            return decoded(in.readNBytes(mostBytes()), exchange, charset);
        }
    }

    private int mostBytes() {
        return (int) Math.min(limit + 1, Integer.MAX_VALUE - 8);
    }

    private String withinLimit(StringBuilder read) {
        if (read.length() > limit) {
            throw pipeline.inputTooLarge();
        }
        return read.toString();
    }

    private Text decoded(byte[] bytes, Exchange exchange, Optional<String> ofFile) {
        if (bytes.length > limit) {
            throw pipeline.inputTooLarge();
        }
        Charset charset = charset(exchange, ofFile);
        return charset.equals(StandardCharsets.UTF_8)
                ? Text.ofUtf8(bytes)
                : Text.of(strictly(bytes, charset));
    }

    /** Never by a header, which the sender may have set. */
    private Charset charset(Exchange exchange, Optional<String> ofFile) {
        String name =
                ofFile.orElseGet(
                        () -> exchange.getProperty(ExchangePropertyKey.CHARSET_NAME, String.class));
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
        CharBuffer out =
                CharBuffer.allocate((int) Math.ceil(bytes.length * decoder.maxCharsPerByte()));
        CoderResult result = decoder.decode(in, out, true);
        if (result.isUnderflow()) {
            result = decoder.flush(out);
        }
        if (result.isError()) {
            throw new MalformedTextException(
                    "pipeline '%s': the input: malformed %s at byte %d (0x%02x)"
                            .formatted(name(), charset.name(), in.position(), in.get()),
                    in.position());
        }
        return out.flip().toString();
    }

    private UnreadableBodyException unreadable(String problem, Exception cause) {
        return new UnreadableBodyException("pipeline '" + name() + "': " + problem, cause);
    }

    private String name() {
        return pipeline.plan().name();
    }
}
