package io.github.dagwasm.cli.serve;

import java.io.PrintStream;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.apache.camel.CamelContext;
import org.apache.camel.main.BaseMainSupport;
import org.apache.camel.main.MainListenerSupport;
import org.apache.camel.model.ModelCamelContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Serves a folder: starts its routes, says so, and stops them when it is told to. */
public final class FolderServer {

    private static final Logger LOG = LoggerFactory.getLogger(FolderServer.class);

    private static final int OK = 0;
    private static final int CUT_OFF = 1;
    private static final int UNUSABLE = 2;

    private static final Duration LIVE = Duration.ofMillis(500);
    private static final Duration LOGGED = Duration.ofSeconds(10);

    /** Set by the launcher: the JVM itself does not tell since JDK 22. */
    private static final String TERMINAL = "dagwasm.terminal";

    private static final String ERROR_HANDLER_LOG =
            "org.slf4j.simpleLogger.log.org.apache.camel.processor.errorhandler.DefaultErrorHandler";

    private final RouteFolder folder;
    private final Map<String, String> properties;
    private final boolean verbose;
    private final boolean terminal = Boolean.getBoolean(TERMINAL);
    private final PrintWriter out;
    private final PrintWriter err;

    /**
     * A server that does nothing yet.
     *
     * @param folder the folder
     * @param properties Camel's properties, which win over the folder's
     * @param verbose whether to let loggers say of failures what they like, stack traces too
     * @param out where to say what is served
     * @param err where to say what went wrong
     */
    public FolderServer(
            RouteFolder folder,
            Map<String, String> properties,
            boolean verbose,
            PrintWriter out,
            PrintWriter err) {
        this.folder = folder;
        this.properties = Map.copyOf(properties);
        this.verbose = verbose;
        this.out = out;
        this.err = err;
    }

    /**
     * Serves until a signal or the folder's own configuration says stop.
     *
     * @return the exit code
     */
    public int serve() {
        PrintStream before = System.err;
        StatusLine status = new StatusLine(err);
        configureLogging(status);
        try {
            return serve(status, new Tally(status::println));
        } finally {
            System.setErr(before);
        }
    }

    private int serve(StatusLine status, Tally tally) {
        FolderMain main = new FolderMain(folder, properties);
        StopSignals.call(main::completed);
        boolean live = terminal && !verbose;
        try (Progress progress = new Progress(tally, status, live, live ? LIVE : LOGGED)) {
            main.addMainListener(new Narrator(tally, progress));
            main.run();
        } catch (Exception e) {
            err.println(StartFailure.sentence(e, Optional.ofNullable(main.getCamelContext())));
            LOG.info("not served", e);
            main.shutdown();
            return UNUSABLE;
        }
        // There is no context where the signal came first.
        CamelContext context = main.getCamelContext();
        boolean cutOff = context != null && context.getShutdownStrategy().isTimeoutOccurred();
        out.println(
                "stopped: "
                        + tally.counts()
                        + (cutOff ? "; time was up, what was under way was cut off" : ""));
        out.flush();
        return cutOff ? CUT_OFF : Math.max(OK, main.getExitCode());
    }

    /** Unless asked to be verbose, a failure is one line, which the server says itself. */
    private void configureLogging(StatusLine status) {
        if (!verbose) {
            System.setProperty(ERROR_HANDLER_LOG, "off");
            System.setErr(new LogStream(status::println));
        }
    }

    private final class Narrator extends MainListenerSupport {

        private final Tally tally;
        private final Progress progress;

        Narrator(Tally tally, Progress progress) {
            this.tally = tally;
            this.progress = progress;
        }

        @Override
        public void afterConfigure(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            if (((ModelCamelContext) context).getRouteDefinitions().isEmpty()) {
                throw new UnservableException(
                        folder.directory() + ": no route; there is none in its files", null);
            }
            context.getManagementStrategy().addEventNotifier(new ExchangeLog(tally));
        }

        @Override
        public void afterStart(BaseMainSupport main) {
            CamelContext context = main.getCamelContext();
            out.println(new ContextSurvey(folder, context).banner());
            out.flush();
            progress.start();
        }
    }
}
