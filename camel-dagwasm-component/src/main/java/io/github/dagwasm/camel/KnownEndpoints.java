package io.github.dagwasm.camel;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Knows which parts of Camel's endpoints are data, and safe in the hands of a restricted author as
 * long as they are literal. Two things make an option safe. Either its type does: Camel converts
 * numbers, truth values, durations and constants, and does nothing else with them. Or the option
 * stands in the tables below: its text is a name, a pattern, an address or a credential. Options
 * that hold expressions, scripts, commands or names of classes stand in no table, nor do the paths
 * of files that the JVM would open for itself. Stateless.
 */
final class KnownEndpoints {

    private static final Set<String> NONE = Set.of();

    /** Without a function such a text is constant: Camel asks no language then. */
    private static final Set<String> FILE =
            Set.of(
                    "antExclude",
                    "antInclude",
                    "appendChars",
                    "charset",
                    "checksumFileAlgorithm",
                    "chmod",
                    "chmodDirectory",
                    "doneFileName",
                    "exclude",
                    "excludeExt",
                    "extendedAttributes",
                    "fileExist",
                    "fileName",
                    "include",
                    "includeExt",
                    "moveExisting",
                    "preMove",
                    "readLock",
                    "readLockLoggingLevel",
                    "runLoggingLevel",
                    "tempPrefix",
                    "timeUnit");

    /** Options of files whose text may also have the three functions that name the file. */
    private static final Set<String> FILE_NAMES = Set.of("move", "moveFailed", "tempFileName");

    private static final Set<String> REMOTE_FILE =
            union(FILE, Set.of("account", "password", "username", "separator"));

    private static final Set<String> JMS =
            Set.of(
                    "acknowledgementModeName",
                    "cacheLevelName",
                    "clientId",
                    "deliveryMode",
                    "durableSubscriptionName",
                    "jmsMessageType",
                    "password",
                    "replyTo",
                    "replyToCacheLevelName",
                    "replyToDeliveryPersistent",
                    "replyToType",
                    "selector",
                    "subscriptionName",
                    "transactionName",
                    "username");

    private static final Set<String> KAFKA =
            Set.of(
                    "autoOffsetReset",
                    "brokers",
                    "clientId",
                    "compressionCodec",
                    "groupId",
                    "groupInstanceId",
                    "isolationLevel",
                    "key",
                    "requestRequiredAcks",
                    "saslMechanism",
                    "saslPassword",
                    "saslUsername",
                    "securityProtocol",
                    "transactionalId");

    private static final Set<String> HTTP =
            Set.of(
                    "authBearerToken",
                    "authHost",
                    "authMethod",
                    "authPassword",
                    "authUsername",
                    "customHostHeader",
                    "httpMethod",
                    "httpMethodRestrict",
                    "okStatusCodeRange",
                    "proxyHost",
                    "proxyPort",
                    "userAgent");

    private static final Set<String> DAGWASM =
            Set.of("abi", "function", "isolation", "resultType", "sha256");

    /** Truth values with the name of a permission that give none to a message. */
    private static final Set<String> HARMLESS =
            Set.of("allowManualCommit", "allowNullBody", "allowReplyManagerQuickStop");

    private static final Map<String, Set<String>> TEXTS = texts();

    private KnownEndpoints() {}

    /** What follows the colon of these schemes is a name, a folder or an address. */
    private static Map<String, Set<String>> texts() {
        Map<String, Set<String>> texts = new HashMap<>();
        put(texts, FILE, "file");
        put(texts, REMOTE_FILE, "ftp", "ftps", "sftp");
        put(texts, NONE, "direct", "seda", "disruptor", "stub", "mock", "browse", "scheduler");
        put(texts, Set.of("level", "marker"), "log");
        put(texts, Set.of("pattern", "time"), "timer");
        put(texts, JMS, "jms", "sjms2", "amqp", "activemq", "activemq6");
        put(texts, KAFKA, "kafka");
        put(texts, HTTP, "http", "https", "jetty");
        put(texts, NONE, "netty-http", "platform-http", "servlet", "undertow", "vertx-http");
        put(texts, NONE, "paho-mqtt5", "nats", "spring-rabbitmq");
        put(texts, NONE, "aws2-sqs", "aws2-sns", "google-pubsub");
        put(texts, DAGWASM, "dagwasm");
        return Map.copyOf(texts);
    }

    private static void put(
            Map<String, Set<String>> texts, Set<String> options, String... schemes) {
        for (String scheme : schemes) {
            texts.put(scheme, options);
        }
    }

    private static Set<String> union(Set<String> one, Set<String> other) {
        Set<String> both = new TreeSet<>(one);
        both.addAll(other);
        return Set.copyOf(both);
    }

    /** Whether the path of such endpoints is data. */
    static boolean hasPlainPath(String scheme) {
        return TEXTS.containsKey(scheme);
    }

    /** Whether an option takes literal text. */
    static boolean isText(String scheme, String option) {
        return TEXTS.getOrDefault(scheme, NONE).contains(option)
                || (scheme.equals("dagwasm") && option.startsWith("option."));
    }

    /** Whether an option takes literal text with the functions that name a file. */
    static boolean isFileName(String scheme, String option) {
        return FILE_NAMES.contains(option) && TEXTS.getOrDefault(scheme, NONE).containsAll(FILE);
    }

    /** Whether an option is safe by its type. */
    static boolean isPlain(String option, Class<?> type) {
        boolean plain =
                type.isEnum()
                        || (type.isPrimitive() && type != void.class)
                        || Number.class.isAssignableFrom(type)
                        || type == Boolean.class
                        || type == Duration.class;
        return plain && !isPermission(option, type);
    }

    /**
     * A truth value with such a name lets a message do more, for instance have its Java objects
     * read.
     */
    private static boolean isPermission(String option, Class<?> type) {
        boolean truth = type == boolean.class || type == Boolean.class;
        return truth
                && (option.startsWith("allow") || option.startsWith("transfer"))
                && !HARMLESS.contains(option);
    }
}
