package io.github.dagwasm.examples.jms;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * A broker in the process of the first worker that finds none on its port, so that one command is
 * enough to try the example. It starts before the routes and stops after them. Other workers use
 * it, and wait for its return once its process is gone.
 */
public final class BrokerBeside implements CamelContextAware {

    private static final int PATIENCE_MILLIS = 2000;

    private CamelContext context;
    private boolean wanted;
    private int port;
    private String folder;
    private Optional<Broker> broker = Optional.empty();

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void setCamelContext(CamelContext context) {
        this.context = context;
        context.addLifecycleStrategy(
                new LifecycleStrategySupport() {
                    @Override
                    public void onContextStarting(CamelContext starting) {
                        start();
                    }

                    @Override
                    public void onContextStopped(CamelContext stopped) {
                        stop();
                    }
                });
    }

    /**
     * Sets whether there is to be one where nobody listens. Where the broker is another process,
     * none: while that is down, an empty one must not take its place.
     *
     * @param wanted whether there is to be one
     */
    public void setWanted(boolean wanted) {
        this.wanted = wanted;
    }

    /**
     * Sets where a broker is looked for, and listens.
     *
     * @param port a port of 127.0.0.1
     */
    public void setPort(int port) {
        this.port = port;
    }

    /**
     * Sets where a broker that is started here keeps its messages.
     *
     * @param folder a folder, made where it is missing
     */
    public void setFolder(String folder) {
        this.folder = folder;
    }

    private void start() {
        if (wanted && !isListening()) {
            try {
                broker = Broker.start(port, Path.of(folder));
            } catch (IOException e) {
                throw new IllegalStateException(e.getMessage(), e);
            }
        }
    }

    private void stop() {
        broker.ifPresent(Broker::close);
        broker = Optional.empty();
    }

    private boolean isListening() {
        try (Socket socket = new Socket()) {
            socket.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), port), PATIENCE_MILLIS);
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
