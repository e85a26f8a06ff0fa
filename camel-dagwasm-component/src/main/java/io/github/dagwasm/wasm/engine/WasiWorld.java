package io.github.dagwasm.wasm.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * All that a guest can learn of the outside through WASI, and all that it can do to it. There are
 * no files and no sockets. For one thread at a time. The arguments, the environment and the streams
 * are the same ones as long as the world is there, and what goes through the streams is the world's
 * own business: it begins anew by itself for another message.
 *
 * <p>All that is called while a guest runs is called with little stack left, perhaps: see {@link
 * HostFunction}.
 */
public interface WasiWorld {

    /**
     * The arguments of a command.
     *
     * @return the command's own name first, then the others; without NULs
     */
    List<String> arguments();

    /**
     * The environment of a command.
     *
     * @return names and values in their order; without NULs
     */
    Map<String, String> environment();

    /**
     * Standard input.
     *
     * @return a stream that never waits, and knows how much is available: nothing at its end alone
     */
    InputStream in();

    /**
     * Standard output.
     *
     * @return a stream that keeps no array it is given, and throws what ends the call when that
     *     goes over a limit
     */
    OutputStream out();

    /**
     * Standard error.
     *
     * @return likewise
     */
    OutputStream err();

    /**
     * The time that the guest sees.
     *
     * @return the clock
     */
    WasiClock clock();

    /**
     * Where the guest's random bytes come from; asked for each time that it wants some.
     *
     * @return the generator
     */
    RandomGenerator random();
}
