package io.github.dagwasm.benchmarks;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was found.
 *
 * @param rows what was measured
 * @param absent the contenders that could not be measured, and why
 */
record Outcome(List<Row> rows, Map<String, String> absent) {

    static final Outcome NONE = new Outcome(List.of(), Map.of());

    /** Both. */
    Outcome and(Outcome other) {
        List<Row> allRows = new ArrayList<>(rows);
        allRows.addAll(other.rows);
        Map<String, String> allAbsent = new LinkedHashMap<>(absent);
        allAbsent.putAll(other.absent);
        return new Outcome(allRows, allAbsent);
    }
}
