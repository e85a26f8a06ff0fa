package io.github.dagwasm.examples;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Counts what arrives against what must arrive. A result is known by its message: the same one seen
 * twice is one result, two results of one input are duplicates. Thread-safe.
 */
public final class Tally {

    private final Set<String> expected = new HashSet<>();
    private final Map<String, Set<String>> results = new HashMap<>();
    private long duplicates;

    /** Tells of an input. */
    public synchronized void expect(String id) {
        expected.add(id);
    }

    /**
     * Tells of a result.
     *
     * @param id the input's
     * @param message the result's own
     */
    public synchronized void saw(String id, String message) {
        Set<String> seen = results.computeIfAbsent(id, unused -> new HashSet<>());
        if (seen.add(message) && seen.size() > 1) {
            duplicates++;
        }
    }

    /** How many inputs there are. */
    public synchronized int expected() {
        return expected.size();
    }

    /** How many of the inputs have a result. */
    public synchronized int processed() {
        return (int) expected.stream().filter(results::containsKey).count();
    }

    /** How many results there are beyond the first of each input. */
    public synchronized long duplicates() {
        return duplicates;
    }

    /** The inputs without a result. */
    public synchronized Set<String> missing() {
        Set<String> missing = new TreeSet<>(expected);
        missing.removeAll(results.keySet());
        return missing;
    }

    /** The results of inputs that there never were. */
    public synchronized List<String> unknown() {
        return results.keySet().stream().filter(id -> !expected.contains(id)).sorted().toList();
    }
}
