package io.github.dagwasm.wasm;

import io.github.dagwasm.wasm.engine.CodeStore;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A folder with the code of modules. Each file begins with the seal of its code, so a file that
 * anybody else wrote, moved or changed is never used: its module is compiled again, and the new
 * code takes its place. Safe for use by any number of processes. Where the folder is absent or
 * read-only, nothing is kept.
 */
record CodeFolder(Path folder, CodeSeal seal) implements CodeStore {

    /** The modules of a developer, not those of a fuzzer. */
    static final int MOST_FILES = 200;

    private static final int MOST_BYTES = 16 << 20;

    private static final Logger LOG = LoggerFactory.getLogger(CodeFolder.class);

    /**
     * The code in a folder, as far as the user has a key to seal it with.
     *
     * @param folder the folder of the code
     * @param key the file of the key, outside of that folder; made where it is missing
     * @param build tells this build of the library from all others
     * @return the folder; {@link CodeStore#NONE} where no key can be kept
     */
    static CodeStore in(Path folder, Path key, String build) {
        return UserSecret.at(key)
                .<CodeStore>map(secret -> new CodeFolder(folder, new CodeSeal(secret, build)))
                .orElse(CodeStore.NONE);
    }

    @Override
    public Optional<byte[]> find(String key) {
        try {
            Path file = folder.resolve(key);
            // A pipe would be waited for, and a link to a device read for ever.
            if (!Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
                    || Files.size(file) > CodeSeal.BYTES + MOST_BYTES) {
                return Optional.empty();
            }
            return opened(key, Files.readAllBytes(file));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private Optional<byte[]> opened(String key, byte[] file) {
        if (!seal.isOn(key, file)) {
            LOG.debug("the code kept of {} was not sealed here; the module is compiled anew", key);
            return Optional.empty();
        }
        return Optional.of(Arrays.copyOfRange(file, CodeSeal.BYTES, file.length));
    }

    @Override
    public void keep(String key, byte[] code) {
        Path file = folder.resolve(key);
        if (code.length > MOST_BYTES || !hasRoom(file)) {
            return;
        }
        try {
            // Others read while this one writes, and two may write at once.
            Path unfinished = Files.createTempFile(folder, "unfinished", null);
            try {
                Files.write(unfinished, seal.on(key, code));
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
            } finally {
                Files.deleteIfExists(unfinished);
            }
        } catch (IOException e) {
            // The next process compiles it again.
        }
    }

    private boolean hasRoom(Path file) {
        if (Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)) {
            return true;
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.limit(MOST_FILES).count() < MOST_FILES;
        } catch (IOException e) {
            return false;
        }
    }
}
