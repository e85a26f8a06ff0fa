package io.github.dagwasm.wasm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;

/**
 * A file with random bytes that only one user of the operating system can read. A file that others
 * can read, or that is a link, of another length or another user's, is replaced. A folder that
 * others can write to holds no secret.
 */
final class UserSecret {

    static final int BYTES = 32;

    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE);

    private static final Set<PosixFilePermission> WRITE_OF_OTHERS =
            Set.of(PosixFilePermission.GROUP_WRITE, PosixFilePermission.OTHERS_WRITE);

    private UserSecret() {}

    /**
     * Reads the secret, and makes it where there is none.
     *
     * @param file an absolute path; the folders that are missing are made for their owner alone
     * @return the secret, or nothing where it cannot be kept or would be none
     */
    static Optional<byte[]> at(Path file) {
        if (!file.isAbsolute()) {
            return Optional.empty();
        }
        try {
            Path folder = file.getParent();
            if (Files.notExists(folder)) {
                Files.createDirectories(
                        folder,
                        PosixFilePermissions.asFileAttribute(
                                PosixFilePermissions.fromString("rwx------")));
            }
            if (!isKeptFromOthers(folder)) {
                return Optional.empty();
            }
            if (!isSecret(file)) {
                make(file);
            }
            // Two processes may make it at once, and the last one wins.
            byte[] secret = Files.readAllBytes(file);
            return secret.length == BYTES ? Optional.of(secret) : Optional.empty();
        } catch (IOException | UnsupportedOperationException e) {
            return Optional.empty();
        }
    }

    private static boolean isKeptFromOthers(Path folder) throws IOException {
        PosixFileAttributes attributes = attributes(folder);
        return attributes.isDirectory()
                && isOurs(attributes)
                && Collections.disjoint(attributes.permissions(), WRITE_OF_OTHERS);
    }

    private static boolean isSecret(Path file) throws IOException {
        if (!Files.exists(file, LinkOption.NOFOLLOW_LINKS)) {
            return false;
        }
        PosixFileAttributes attributes = attributes(file);
        return attributes.isRegularFile()
                && attributes.size() == BYTES
                && isOurs(attributes)
                && OWNERS.containsAll(attributes.permissions());
    }

    private static PosixFileAttributes attributes(Path path) throws IOException {
        return Files.readAttributes(path, PosixFileAttributes.class, LinkOption.NOFOLLOW_LINKS);
    }

    private static boolean isOurs(PosixFileAttributes attributes) {
        return attributes.owner().getName().equals(System.getProperty("user.name"));
    }

    private static void make(Path file) throws IOException {
        byte[] secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        // Made for its owner alone.
        Path unfinished = Files.createTempFile(file.getParent(), "unfinished", null);
        try {
            Files.write(unfinished, secret);
            Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(unfinished);
        }
    }
}
