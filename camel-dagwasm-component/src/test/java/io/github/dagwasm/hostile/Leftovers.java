package io.github.dagwasm.hostile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.lang.management.ManagementFactory;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** What is left over in the JVM: objects that survive a full collection, and threads. */
final class Leftovers {

    /** One of each lives as long as an instance does, whatever holds it. */
    private static final Set<String> OF_AN_INSTANCE =
            Set.of(
                    "com.dylibso.chicory.runtime.Instance",
                    "io.github.dagwasm.wasm.engine.chicory.FlatMemory");

    private static final int THREAD_SECONDS = 600;

    private Leftovers() {}

    /** Bytes in use after a collection. */
    static long used() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }

    /** The instances of guests, and their memories, that something still holds. */
    static List<String> liveInstances() {
        return ofInstances().map(columns -> columns[1] + " of " + columns[3]).toList();
    }

    /** How many there are of what there is most of. */
    static int countLiveInstances() {
        return ofInstances().mapToInt(columns -> Integer.parseInt(columns[1])).max().orElse(0);
    }

    private static Stream<String[]> ofInstances() {
        return histogram()
                .lines()
                .map(line -> line.trim().split("\\s+", -1))
                .filter(columns -> columns.length >= 4 && OF_AN_INSTANCE.contains(columns[3]));
    }

    /** How many classes are loaded after a collection. */
    static int classes() {
        System.gc();
        return ManagementFactory.getClassLoadingMXBean().getLoadedClassCount();
    }

    /** The live threads, by number and name. */
    static Set<String> threads() {
        Set<String> names = new TreeSet<>();
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            names.add(thread.getId() + " " + thread.getName());
        }
        return names;
    }

    /** Waits until no thread is left that was not there before. */
    static void awaitNoThreadBeside(Set<String> before) {
        await().pollInSameThread()
                .atMost(THREAD_SECONDS, TimeUnit.SECONDS)
                .untilAsserted(() -> assertThat(threads()).isSubsetOf(before));
    }

    /** HotSpot's own count of live objects by class, which collects garbage first. */
    private static String histogram() {
        try {
            MBeanServer server = ManagementFactory.getPlatformMBeanServer();
            ObjectName diagnostics = new ObjectName("com.sun.management:type=DiagnosticCommand");
            Object[] arguments = {new String[0]};
            String[] signature = {String[].class.getName()};
            return (String) server.invoke(diagnostics, "gcClassHistogram", arguments, signature);
        } catch (JMException e) {
            throw new IllegalStateException("this JVM does not count its objects", e);
        }
    }
}
