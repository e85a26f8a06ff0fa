package io.github.dagwasm.wasm.engine.chicory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The list of what is expected of the suite: the lines of a {@link SpecTally} for each way in which
 * functions run. Lines with a number sign are remarks.
 */
final class SpecExpectations {

    /** Begins the lines of one way; what stands before is expected of each way. */
    private static final String HEADING = "== ";

    /** Ends a heading of lines that hold on this JDK alone. */
    private static final String JDK = " on JDK " + Runtime.version().feature();

    private static final Path LIST = Path.of("src/test/resources/conformance.txt");

    private SpecExpectations() {}

    /** The lines of one way, and those of all ways. */
    static Set<String> of(String way) throws IOException {
        Set<String> expected = new TreeSet<>();
        boolean here = true;
        for (String line : Files.readAllLines(LIST, StandardCharsets.UTF_8)) {
            if (line.startsWith(HEADING)) {
                here = line.equals(HEADING + way) || line.equals(HEADING + way + JDK);
            } else if (here && !line.isEmpty() && !line.startsWith("#")) {
                expected.add(line);
            }
        }
        return expected;
    }

    /** What is expected and did not happen, and what happened and is not expected. */
    static List<String> differences(String way, List<String> actual) throws IOException {
        Set<String> missing = of(way);
        Set<String> unexpected = new TreeSet<>(actual);
        unexpected.removeAll(missing);
        actual.forEach(missing::remove);
        List<String> differences = new ArrayList<>();
        missing.forEach(line -> differences.add("- " + line));
        unexpected.forEach(line -> differences.add("+ " + line));
        return differences;
    }
}
