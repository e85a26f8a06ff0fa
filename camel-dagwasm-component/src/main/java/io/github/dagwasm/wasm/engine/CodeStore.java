package io.github.dagwasm.wasm.engine;

import java.util.Optional;

/**
 * Store of compiled code, for processes that end before compiling has paid. The JVM runs what is
 * found there, so a store finds only what it kept itself under the same key. Nothing about a store
 * is ever an error: what is not found is compiled, and what cannot be kept is not. Safe for use by
 * any number of threads.
 */
public interface CodeStore {

    /** Keeps nothing. */
    CodeStore NONE =
            new CodeStore() {
                @Override
                public Optional<byte[]> find(String key) {
                    return Optional.empty();
                }

                @Override
                public void keep(String key, byte[] code) {
                    // Nowhere to keep it.
                }
            };

    /**
     * Finds what was kept.
     *
     * @param key what the code follows from; of a module its digest, in lower-case hexadecimal
     * @return what was kept under the key last, whole and unchanged, or nothing
     */
    Optional<byte[]> find(String key);

    /**
     * Keeps code in place of what was kept under its key.
     *
     * @param key letters, digits and dashes
     * @param code what will be found
     */
    void keep(String key, byte[] code);
}
