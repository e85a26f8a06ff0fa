package io.github.dagwasm.examples.transport;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import org.apache.camel.component.file.FileConsumer;
import org.apache.camel.converter.stream.InputStreamCache;

/** The form in which a route has a text. */
enum BodyForm {
    STRING {
        @Override
        Object of(byte[] utf8, Path file) {
            return new String(utf8, UTF_8);
        }
    },
    BYTES {
        @Override
        Object of(byte[] utf8, Path file) {
            return utf8;
        }
    },
    STREAM {
        @Override
        Object of(byte[] utf8, Path file) {
            return new ByteArrayInputStream(utf8);
        }
    },
    STREAM_CACHE {
        @Override
        Object of(byte[] utf8, Path file) {
            return new InputStreamCache(utf8);
        }
    },
    READER {
        @Override
        Object of(byte[] utf8, Path file) {
            return new StringReader(new String(utf8, UTF_8));
        }
    },
    FILE {
        @Override
        Object of(byte[] utf8, Path file) throws IOException {
            return written(utf8, file);
        }
    },
    /** As the component {@code file} hands it to a route. */
    GENERIC_FILE {
        @Override
        Object of(byte[] utf8, Path file) throws IOException {
            return FileConsumer.asGenericFile(
                    file.getParent().toString(), written(utf8, file), null, false);
        }
    };

    /**
     * Makes a body.
     *
     * @param utf8 the text
     * @param file where to write the text, if the body is a file
     */
    abstract Object of(byte[] utf8, Path file) throws IOException;

    private static File written(byte[] utf8, Path file) throws IOException {
        return Files.write(file, utf8).toFile();
    }
}
