package io.github.dagwasm.wasm.engine.chicory;

import static java.util.stream.Collectors.joining;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/**
 * Counts verdicts, and shows them as lines of text: what passed by kind, what was refused or not
 * judged by reason and script, and what differs with each line of the script.
 */
final class SpecTally {

    private final Map<String, Integer> passed = new TreeMap<>();
    private final Map<String, Map<String, Integer>> others = new TreeMap<>();
    private final Map<String, List<Integer>> differences = new TreeMap<>();

    void add(String script, SpecCommand command, SpecVerdict verdict) {
        String kind = command.kind();
        switch (verdict.outcome()) {
            case PASSED -> count(passed, kind, 1);
            case DIFFERS ->
                    differences
                            .computeIfAbsent(
                                    script + " " + kind + ": " + verdict.reason(),
                                    difference -> new ArrayList<>())
                            .add(command.line());
            case REFUSED, UNJUDGED -> {
                String outcome = verdict.outcome().name().toLowerCase(Locale.ROOT);
                String which = outcome + " (" + verdict.reason() + ") " + script;
                count(others.computeIfAbsent(which, unseen -> new TreeMap<>()), kind, 1);
            }
        }
    }

    /** Counts something that no script has. */
    void pass(String what, int times) {
        count(passed, what, times);
    }

    /** Notes a difference that no expectation of a script has. */
    void differ(String script, String what, int line) {
        differences.computeIfAbsent(script + " " + what, unseen -> new ArrayList<>()).add(line);
    }

    private static void count(Map<String, Integer> counts, String what, int times) {
        counts.merge(what, times, Integer::sum);
    }

    List<String> lines() {
        List<String> lines = new ArrayList<>();
        passed.forEach((kind, count) -> lines.add("passed " + count + " " + kind));
        others.forEach((which, counts) -> lines.add(which + ": " + shown(counts)));
        differences.forEach((what, at) -> lines.add("differs " + what + shown(at)));
        return lines;
    }

    private static String shown(Map<String, Integer> counts) {
        return counts.entrySet().stream()
                .map(kind -> kind.getValue() + " " + kind.getKey())
                .collect(joining(", "));
    }

    private static String shown(List<Integer> at) {
        Collections.sort(at);
        return at.stream().map(String::valueOf).collect(joining(", ", " (line ", ")"));
    }
}
