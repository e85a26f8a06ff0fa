package io.github.dagwasm.camel;

import io.github.dagwasm.failure.IoReason;
import io.github.dagwasm.wasm.TextLease;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.SequenceInputStream;
import java.io.StringReader;
import java.util.function.Consumer;
import org.apache.camel.Exchange;

/**
 * A body that can be read only once. It is replaced by what was read of it, followed by the rest
 * where not all of it was: whoever comes next, after a failure too, finds the same text. A rest
 * that could not be read stays unreadable, since what broke off once may look as if it had ended.
 */
final class OneShot {

    private static final int CHUNK = 8192;

    private final Exchange exchange;
    private final Object body;
    private final int most;
    private final Consumer<Object> replacement;
    private final TextLease room;

    /**
     * A body to be read.
     *
     * @param exchange whose body it is
     * @param body the stream or reader
     * @param most how many bytes or characters to read at most
     * @param replacement told what stands for the body afterwards
     * @param room asked for room before more is read
     */
    OneShot(
            Exchange exchange,
            Object body,
            int most,
            Consumer<Object> replacement,
            TextLease room) {
        this.exchange = exchange;
        this.body = body;
        this.most = most;
        this.replacement = replacement;
        this.room = room;
    }

    /** What to read: the body, or what stands for it since it was read before. */
    Object source() {
        return ReplacedBody.orBody(exchange, body);
    }

    /** Has what was read before stand for the body again. */
    void replaceAgain(Object other) {
        replacement.accept(other);
    }

    private void replaceBy(Object other, long bytes) {
        replacement.accept(other);
        ReplacedBody.set(exchange, body, other, bytes);
    }

    /** Reads a stream, to its end or as much as there may be. */
    byte[] read(InputStream in) throws IOException {
        ByteArrayOutputStream read = new ByteArrayOutputStream();
        byte[] chunk = new byte[CHUNK];
        byte[] bytes;
        InputStream rest = in;
        long covered = 0;
        try {
            while (rest != null && read.size() < most) {
                if (read.size() >= covered) {
                    covered = room.coverMore(read.size(), most);
                }
                int count = in.read(chunk, 0, Math.min(chunk.length, most - read.size()));
                if (count < 0) {
                    rest = null;
                } else {
                    read.write(chunk, 0, count);
                }
            }
        } catch (IOException | RuntimeException | Error e) {
            rest = new BrokenStream(in, e);
            throw e;
        } finally {
            bytes = read.toByteArray();
            replaceBy(
                    rest == null
                            ? bytes
                            : new SequenceInputStream(new ByteArrayInputStream(bytes), rest),
                    bytes.length);
        }
        if (rest == null) {
            in.close();
        }
        return bytes;
    }

    /** Reads a reader, to its end or as much as there may be. */
    String read(Reader reader) throws IOException {
        StringBuilder read = new StringBuilder();
        String text;
        Reader rest = reader;
        try {
            if (readTo(reader, read, most, room)) {
                rest = null;
            }
        } catch (IOException | RuntimeException | Error e) {
            rest = new BrokenReader(reader, e);
            throw e;
        } finally {
            text = read.toString();
            replaceBy(
                    rest == null ? text : new JoinedReader(text, rest),
                    (long) Character.BYTES * text.length());
        }
        if (rest == null) {
            reader.close();
        }
        return text;
    }

    /** Reads so many characters at most; true if the end was reached. */
    static boolean readTo(Reader reader, StringBuilder read, int most, TextLease room)
            throws IOException {
        char[] chunk = new char[CHUNK];
        long covered = 0;
        while (read.length() < most) {
            if (read.length() >= covered) {
                covered = room.coverMore(read.length(), most);
            }
            int count = reader.read(chunk, 0, Math.min(chunk.length, most - read.length()));
            if (count < 0) {
                return true;
            }
            read.append(chunk, 0, count);
        }
        return false;
    }

    /** That reading broke off before. */
    static final class BrokenOffException extends IOException {

        private static final long serialVersionUID = 1L;

        private BrokenOffException(Throwable reason) {
            super("reading broke off before: " + IoReason.of(reason), reason);
        }

        static BrokenOffException after(Throwable reason) {
            return reason instanceof BrokenOffException known
                    ? known
                    : new BrokenOffException(reason);
        }
    }

    /** The rest of a stream that broke off. */
    private static final class BrokenStream extends InputStream {

        private final InputStream in;
        private final Throwable reason;

        BrokenStream(InputStream in, Throwable reason) {
            this.in = in;
            this.reason = reason;
        }

        @Override
        public int read(byte[] bytes, int offset, int length) throws IOException {
            throw BrokenOffException.after(reason);
        }

        @Override
        public int read() throws IOException {
            throw BrokenOffException.after(reason);
        }

        @Override
        public void close() throws IOException {
            in.close();
        }
    }

    /** The rest of a reader that broke off. */
    private static final class BrokenReader extends Reader {

        private final Reader reader;
        private final Throwable reason;

        BrokenReader(Reader reader, Throwable reason) {
            this.reader = reader;
            this.reason = reason;
        }

        @Override
        public int read(char[] chars, int offset, int length) throws IOException {
            throw BrokenOffException.after(reason);
        }

        @Override
        public void close() throws IOException {
            reader.close();
        }
    }

    /** What was read, and then the rest. */
    private static final class JoinedReader extends Reader {

        private final Reader read;
        private final Reader rest;

        JoinedReader(String read, Reader rest) {
            this.read = new StringReader(read);
            this.rest = rest;
        }

        @Override
        public int read(char[] chars, int offset, int length) throws IOException {
            int count = read.read(chars, offset, length);
            return count < 0 ? rest.read(chars, offset, length) : count;
        }

        @Override
        public void close() throws IOException {
            rest.close();
        }
    }
}
