package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.engine.CodeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A folder with the code of modules, of one build of this library. Whoever may write there decides
 * what the JVM runs, as whoever may write the jars does; so it belongs beside those and nowhere
 * else. Safe for use by any number of processes. Where the folder is absent or read-only, nothing
 * is kept.
 */
record CodeFolder(Path folder) implements CodeStore {

    /** The modules of a developer, not those of a fuzzer. */
    static final int MOST_FILES = 200;

    private static final int MOST_BYTES = 16 << 20;

    @Override
    public Optional<byte[]> find(String key) {
        try {
            return Optional.of(Files.readAllBytes(folder.resolve(key)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    @Override
    public void keep(String key, byte[] code) {
        if (code.length > MOST_BYTES || !hasRoom()) {
            return;
        }
        try {
            // Others read while this one writes, and two may write at once.
            Path unfinished = Files.createTempFile(folder, "unfinished", null);
            try {
                Files.write(unfinished, code);
                Files.move(unfinished, folder.resolve(key), StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            // The next process compiles it again.
        }
    }

    private boolean hasRoom() {
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_FILES).count() < MOST_FILES;
        } catch (IOException e) {
            return false;
        }
    }
}
