package io.github.dagwasm.camel;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.LoggerFactory;
import org.slf4j.helpers.NOPLoggerFactory;

/** Tells an operator on standard error that the log goes nowhere: a log cannot say so itself. */
final class LogNotice {

    private static final String TEXT =
            "dagwasm: there is no SLF4J provider on the class path, so warnings and the logs of guests"
                    + " are lost; add one, for instance org.slf4j:slf4j-simple, or"
                    + " org.slf4j:slf4j-nop if you want no log";

    private static final AtomicBoolean GIVEN = new AtomicBoolean();

    private LogNotice() {}

    /** Tells it, if it is so and was not told yet. */
    static void give() {
        if (LoggerFactory.getILoggerFactory() instanceof NOPLoggerFactory
                && !wanted()
                && GIVEN.compareAndSet(false, true)) {
            System.err.println(TEXT);
        }
    }

    /** By {@code slf4j-nop}. SLF4J 1.7 found a provider by its class, SLF4J 2 takes no such one. */
    private static boolean wanted() {
        return isThere("org/slf4j/spi/SLF4JServiceProvider.class")
                ? isThere("META-INF/services/org.slf4j.spi.SLF4JServiceProvider")
                        || System.getProperty("slf4j.provider") != null
                : isThere("org/slf4j/impl/StaticLoggerBinder.class");
    }

    private static boolean isThere(String resource) {
        return LoggerFactory.class.getClassLoader().getResource(resource) != null;
    }
}
