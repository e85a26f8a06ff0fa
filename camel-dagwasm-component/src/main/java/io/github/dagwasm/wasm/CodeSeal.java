package io.github.dagwasm.wasm;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Seal on code that is kept: HMAC-SHA-256 (RFC 2104) over the build, the JVM's version, the key
 * that the code is kept under, and the code. Only an owner of the secret can make one. Safe for use
 * by any number of threads.
 *
 * <p>The JDK's own HMAC loads its cryptography first, which takes 20 ms of a run that ends after
 * 300.
 */
final class CodeSeal {

    /** The length of a seal. */
    static final int BYTES = 32;

    private static final int BLOCK = 64;

    private final byte[] inner;
    private final byte[] outer;
    private final byte[] build;

    /**
     * A seal.
     *
     * @param secret at most 64 bytes
     * @param build tells this build of the library from all others
     */
    CodeSeal(byte[] secret, String build) {
        inner = padded(secret, 0x36);
        outer = padded(secret, 0x5c);
        this.build = utf8(build + "\n" + Runtime.version());
    }

    private static byte[] padded(byte[] secret, int pad) {
        byte[] block = Arrays.copyOf(secret, BLOCK);
        for (int i = 0; i < BLOCK; i++) {
            block[i] ^= (byte) pad;
        }
        return block;
    }

    /** The code with its seal before it. */
    byte[] on(String key, byte[] code) {
        byte[] whole = new byte[BYTES + code.length];
        System.arraycopy(code, 0, whole, BYTES, code.length);
        System.arraycopy(seal(key, whole), 0, whole, 0, BYTES);
        return whole;
    }

    /** Whether bytes are code with its seal before it. */
    boolean isOn(String key, byte[] whole) {
        return whole.length >= BYTES
                && MessageDigest.isEqual(seal(key, whole), Arrays.copyOf(whole, BYTES));
    }

    private byte[] seal(String key, byte[] whole) {
        return hmac(
                lengthOf(build),
                build,
                lengthOf(utf8(key)),
                utf8(key),
                Arrays.copyOfRange(whole, BYTES, whole.length));
    }

    /** HMAC-SHA-256 of parts in a row. */
    byte[] hmac(byte[]... parts) {
        MessageDigest sha256 = sha256();
        sha256.update(inner);
        for (byte[] part : parts) {
            sha256.update(part);
        }
        byte[] digest = sha256.digest();
        sha256.update(outer);
        return sha256.digest(digest);
    }

    private static byte[] lengthOf(byte[] text) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(text.length).array();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
