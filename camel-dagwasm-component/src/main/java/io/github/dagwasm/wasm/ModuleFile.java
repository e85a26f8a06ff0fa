package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.spi.ResourceFile;
import io.github.dagwasm.spi.ResourceRefusedException;
import io.github.dagwasm.spi.ResourceSearch;
import io.github.dagwasm.wasm.admission.Budgets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * A module's bytes as they were found. They are read once: what is scanned, hashed, pinned and
 * parsed is this one array, which nobody changes.
 */
final class ModuleFile {

    private final ResourceFile file;
    private final String sha256;

    private ModuleFile(ResourceFile file) {
        this.file = file;
        sha256 = digest(file.bytes());
    }

    /** The whole file; not to be changed. */
    byte[] bytes() {
        return file.bytes();
    }

    /** The digest, in lower-case hexadecimal. */
    String sha256() {
        return sha256;
    }

    /**
     * Finds a module and reads it: beside the pipeline file, in the working directory, on the class
     * path, in this order.
     *
     * @throws ModuleRefusedException if there is no such file, or none that is read
     */
    static ModuleFile find(String module, Optional<Path> directory, Budgets budgets) {
        ResourceSearch search =
                ResourceSearch.of("modules", budgets.moduleBytes(), budgets::tooManyModuleBytes)
                        .besideFileOf("pipeline", directory);
        try {
            return new ModuleFile(search.find(module));
        } catch (ResourceRefusedException e) {
            throw new ModuleRefusedException(e.getMessage(), e);
        }
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
        return file + ", sha256 " + sha256;
    }
}
