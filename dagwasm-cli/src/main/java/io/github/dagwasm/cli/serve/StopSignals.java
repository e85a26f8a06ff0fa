package io.github.dagwasm.cli.serve;

import java.lang.reflect.Proxy;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What stops a server: SIGTERM, SIGINT, and SIGHUP where nobody ignores it. The JVM's own way, a
 * shutdown hook, ends the process as soon as all hooks are done, whatever is still to be said, and
 * with a code of its own.
 */
final class StopSignals {

    private static final Logger LOG = LoggerFactory.getLogger(StopSignals.class);

    private static final List<String> NAMES = List.of("TERM", "INT", "HUP");

    private StopSignals() {}

    /**
     * Calls an action on each of these signals. Where a JVM leaves them to others ({@code -Xrs}),
     * they stay with those.
     */
    static void call(Runnable stop) {
        for (String name : NAMES) {
            try {
                handle(name, stop);
            } catch (ReflectiveOperationException e) {
                LOG.info("SIG{} ends the process at once", name, e);
            }
        }
    }

    /** By name, since the compiler warns of {@code sun.misc} whatever the reason for its use. */
    private static void handle(String name, Runnable stop) throws ReflectiveOperationException {
        Class<?> signal = Class.forName("sun.misc.Signal");
        Class<?> handler = Class.forName("sun.misc.SignalHandler");
        Object calling =
                Proxy.newProxyInstance(
                        StopSignals.class.getClassLoader(),
                        new Class<?>[] {handler},
                        (proxy, method, arguments) -> {
                            if (method.getDeclaringClass() == handler) {
                                stop.run();
                            }
                            return null;
                        });
        signal.getMethod("handle", signal, handler)
                .invoke(null, signal.getConstructor(String.class).newInstance(name), calling);
    }
}
