package io.github.dagwasm.wasm.engine;

import java.io.InputStream;
import java.io.OutputStream;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * All that a guest can learn of the outside through WASI, and all that it can do to it. There are
 * no files and no sockets. For one thread at a time; what is returned here is asked for anew after
 * each {@link Wasi#renew}, and the streams throw what ends the call when it goes over a limit.
 */
public interface WasiWorld {

    /**
     * The arguments of a command.
     *
     * @return the command's own name first, then the others
     */
    List<String> arguments();

    /**
     * The environment of a command.
     *
     * @return names and values in their order
     */
    Map<String, String> environment();

    /**
     * Standard input.
     *
     * @return a stream that never waits
     */
    InputStream in();

    /**
     * Standard output.
     *
     * @return a stream that keeps no array it is given
     */
    OutputStream out();

    /**
     * Standard error.
     *
     * @return a stream that keeps no array it is given
     */
    OutputStream err();

    /**
     * The time that the guest sees.
     *
     * @return the clock
     */
    Clock clock();

    /**
     * Where the guest's random bytes come from.
     *
     * @return the generator
     */
    RandomGenerator random();
}
