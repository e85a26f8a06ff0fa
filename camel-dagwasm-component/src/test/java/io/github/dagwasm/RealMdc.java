package io.github.dagwasm;

import java.lang.reflect.Field;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.slf4j.LoggerFactory;
import org.slf4j.MDC;
import org.slf4j.helpers.BasicMDCAdapter;

/**
 * Gives the logging backend of the tests, which has no MDC, the one of SLF4J. New threads inherit
 * its entries, as with some backends. It keeps a copy for each entry that is put.
 */
public final class RealMdc implements BeforeEachCallback, AfterEachCallback {

    private final Queue<Map<String, String>> copies = new ConcurrentLinkedQueue<>();
    private Object before;

    /** Replaces the MDC of this class loader for good, in a JVM that has no other use. */
    public static void install() {
        new RealMdc().beforeEach(null);
    }

    /**
     * What the MDC held, each time that an entry with this key was put.
     *
     * @param key the key
     * @return the copies, oldest first
     */
    public List<Map<String, String>> whenPut(String key) {
        return copies.stream().filter(copy -> copy.get("put").equals(key)).toList();
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        // Whoever asks for the first logger sets the adapter.
        var unused = LoggerFactory.getILoggerFactory();
        try {
            before = adapter().get(null);
            adapter().set(null, new Recording(copies));
        } catch (ReflectiveOperationException e) {
            throw new LinkageError("SLF4J has its MDC elsewhere", e);
        }
    }

    @Override
    public void afterEach(ExtensionContext context) throws ReflectiveOperationException {
        MDC.clear();
        adapter().set(null, before);
    }

    private static Field adapter() throws ReflectiveOperationException {
        Field field = MDC.class.getDeclaredField("MDC_ADAPTER");
        field.setAccessible(true);
        return field;
    }

    private static final class Recording extends BasicMDCAdapter {

        private final Queue<Map<String, String>> copies;

        Recording(Queue<Map<String, String>> copies) {
            this.copies = copies;
        }

        @Override
        public void put(String key, String value) {
            super.put(key, value);
            Map<String, String> copy = getCopyOfContextMap();
            copy.put("put", key);
            copy.put("thread", Thread.currentThread().getName());
            copies.add(copy);
        }
    }
}
