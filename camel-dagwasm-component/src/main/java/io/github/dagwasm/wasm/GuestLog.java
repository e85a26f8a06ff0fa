package io.github.dagwasm.wasm;

import io.github.dagwasm.text.GuestText;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;

/**
 * Where a processor's guest logs, after it has returned: the logger {@code dagwasm.guest.<module>},
 * its text escaped and as a parameter, pipeline and processor in the MDC. Safe for use by any
 * number of threads.
 */
final class GuestLog {

    static final String MDC_PIPELINE = "dagwasm.pipeline";
    static final String MDC_PROCESSOR = "dagwasm.processor";

    private static final String LOGGER_PREFIX = "dagwasm.guest.";
    private static final int LINE_CODE_POINTS = 8192;

    private final Logger logger;
    private final Map<String, String> mdc;
    private final String option;
    private final LogRate rate;

    /**
     * Log of the guests of one processor.
     *
     * @param logger where it goes
     * @param mdc entries of the MDC while a line is written
     * @param option the user's name for the limit of the bytes that a call may log
     * @param rate the rate of the module's log
     */
    GuestLog(Logger logger, Map<String, String> mdc, String option, LogRate rate) {
        this.logger = logger;
        this.mdc = mdc;
        this.option = option;
        this.rate = rate;
    }

    /** Logger of a module. */
    static Logger logger(String module) {
        return LoggerFactory.getLogger(loggerName(module));
    }

    /** The module's file name without its ending, so that nothing in it makes a hierarchy. */
    static String loggerName(String module) {
        String file = module.substring(module.lastIndexOf('/') + 1);
        String name = file.endsWith(".wasm") ? file.substring(0, file.length() - 5) : file;
        return LOGGER_PREFIX + name.replaceAll("[^A-Za-z0-9_-]", "_");
    }

    /** Passes on what a call has logged. */
    void flush(CallLog.Logged log) {
        if (log.asked() == 0) {
            return;
        }
        inContext(
                () -> {
                    log.lines().forEach(this::tell);
                    rate.suppress(log.more());
                    if (log.asked() > log.limit() && rate.take(0)) {
                        logger.warn(
                                "the limit of {} log bytes is exceeded: {} asked for, the rest is"
                                        + " dropped (option {})",
                                log.limit(),
                                log.asked(),
                                option);
                    }
                    tellSuppressed(rate.takeSuppressed());
                });
    }

    private void tell(byte[] line) {
        // First, since what is not logged need not be escaped.
        if (rate.refuses()) {
            return;
        }
        String shown = GuestText.escape(line, LINE_CODE_POINTS);
        if (rate.take(shown.getBytes(StandardCharsets.UTF_8).length)) {
            logger.info("guest: {}", shown);
        }
    }

    /** Tells of the lines that were suppressed and not told of yet. */
    void close() {
        inContext(() -> tellSuppressed(rate.takeAllSuppressed()));
    }

    private void tellSuppressed(long lines) {
        if (lines > 0) {
            logger.warn(
                    "{} log lines of this module were suppressed: more than {} lines or {} bytes in a"
                            + " second",
                    lines,
                    rate.lines(),
                    rate.bytes());
        }
    }

    private void inContext(Runnable logging) {
        Map<String, String> before = new HashMap<>();
        for (String key : mdc.keySet()) {
            before.put(key, MDC.get(key));
        }
        try {
            mdc.forEach(MDC::put);
            logging.run();
        } finally {
            before.forEach(
                    (key, value) -> {
                        if (value == null) {
                            MDC.remove(key);
                        } else {
                            MDC.put(key, value);
                        }
                    });
        }
    }
}
