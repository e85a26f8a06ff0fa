package io.github.dagwasm.examples.kafka;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import org.apache.camel.CamelContext;
import org.apache.camel.CamelContextAware;
import org.apache.camel.support.LifecycleStrategySupport;

/**
 * A {@link Broker} in the process of the first worker, for trying things out: there before the
 * routes are and as long as they are, unless somebody listens there already.
 */
public final class EmbeddedBroker extends LifecycleStrategySupport implements CamelContextAware {

    /** What the broker warns of at each first start and each stop, though nothing is wrong. */
    private static final List<String> NEEDLESSLY_LOUD =
            List.of("org.apache.kafka.controller", "org.apache.kafka.clients.NetworkClient");

    private CamelContext context;
    private boolean wanted;
    private int port;
    private Path folder;
    private List<String> topics = List.of();
    private Broker broker;

    /**
     * Whether there is to be one where nobody listens. Where the broker is another process, none:
     * while that is down, an empty one must not take its place.
     *
     * @param wanted whether there is to be one
     */
    public void setWanted(boolean wanted) {
        this.wanted = wanted;
    }

    /**
     * Where it listens, or somebody else does.
     *
     * @param port the port on 127.0.0.1
     */
    public void setPort(int port) {
        this.port = port;
    }

    /**
     * Where it keeps its data.
     *
     * @param folder the folder
     */
    public void setFolder(String folder) {
        this.folder = Path.of(folder);
    }

    /**
     * What it keeps.
     *
     * @param topics the topics as {@link Broker#start} takes them, with commas between them
     */
    public void setTopics(String topics) {
        this.topics = List.of(topics.split(","));
    }

    @Override
    public void setCamelContext(CamelContext context) {
        // The context tells what joins it of itself, once more.
        if (this.context == null) {
            this.context = context;
            context.addLifecycleStrategy(this);
        }
    }

    @Override
    public CamelContext getCamelContext() {
        return context;
    }

    @Override
    public void onContextStarting(CamelContext starting) {
        if (!wanted || Broker.isListening(port)) {
            return;
        }
        for (String logger : NEEDLESSLY_LOUD) {
            System.setProperty("org.slf4j.simpleLogger.log." + logger, "error");
        }
        try {
            broker = Broker.start(port, folder, topics);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void onContextStopped(CamelContext stopped) {
        if (broker != null) {
            broker.close();
            broker = null;
        }
    }
}
