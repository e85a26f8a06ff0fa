package io.github.dagwasm.wasm;

import java.util.Optional;

/** Owner of instances that no call uses, in a {@link Sandbox}; for any thread, without a lock. */
interface Tenant {

    /** Takes one out. */
    Optional<? extends Share> pollIdle();

    /** Puts one of the tenant's own in; false if there are enough. */
    boolean keepIdle(Share share);

    /** How many there are. */
    int idle();

    /**
     * Forgets what all its calls begin with; it is made again when one needs it. Called only while
     * none of the tenant's shares is in use.
     *
     * @return how many bytes of what it {@linkplain Sandbox#hold holds} that was
     */
    long forget();
}
