package io.github.dagwasm.wasm;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A module's bytes as they were found. They are read once: what is scanned, hashed, pinned and
 * parsed is this one array, which nobody changes.
 */
final class ModuleFile {

    private final String found;
    private final byte[] bytes;
    private final String sha256;

    private ModuleFile(String found, byte[] bytes) {
        this.found = found;
        this.bytes = bytes;
        sha256 = digest(bytes);
    }

    /**
     * What was found.
     *
     * @param found where, for the log
     * @param bytes the whole file, which belongs to the new object
     */
    static ModuleFile of(String found, byte[] bytes) {
        return new ModuleFile(found, bytes);
    }

    /** The whole file; not to be changed. */
    byte[] bytes() {
        return bytes;
    }

    /** The digest, in lower-case hexadecimal. */
    String sha256() {
        return sha256;
    }

    private static String digest(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Tells where it was found and its digest. */
    @Override
    public String toString() {
        return found + ", sha256 " + sha256;
    }
}
