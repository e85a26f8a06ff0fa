package io.github.dagwasm.cli.inspect;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.wasm.ModuleInspection;
import io.github.dagwasm.wasm.ModuleInspection.Convention;
import io.github.dagwasm.wasm.ModuleInspection.Loaded;
import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Feature;
import io.github.dagwasm.wasm.admission.ModuleFacts;
import io.github.dagwasm.wasm.admission.ModuleFacts.Extent;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Finds the differences between two modules. What a reviewer has to grant is asked for: imports,
 * memory, tables, a start function, features, the interpreter, another calling convention; a new
 * module that is refused asks for more than there is. Sizes, exports and the use of budgets are
 * told only: the budgets bound them, and the function that is called is part of the verdict.
 */
final class Changes {

    private static final String NONE = "none";

    private final ModuleInspection before;
    private final ModuleInspection after;
    private final ModuleFacts old;
    private final ModuleFacts now;
    private final List<Change> found = new ArrayList<>();

    Changes(ModuleInspection before, ModuleInspection after) {
        this.before = before;
        this.after = after;
        old = before.facts();
        now = after.facts();
    }

    /** The differences, in the order of a report. */
    List<Change> found() {
        verdict();
        abi();
        imports();
        memory();
        tables();
        start();
        features();
        interpreted();
        named("export", exports(old), exports(now), false);
        measured("size", Shown.bytes(old.bytes()), Shown.bytes(now.bytes()));
        measured("sha256", before.sha256(), after.sha256());
        for (Budget budget : Budget.values()) {
            if (budget != Budget.MODULE_BYTES) {
                measured(
                        "use of " + budget.key(),
                        Shown.number(old.used(budget)),
                        Shown.number(now.used(budget)));
            }
        }
        return List.copyOf(found);
    }

    private void verdict() {
        if (!after.admitted() || !before.admitted()) {
            found.add(
                    Change.of(
                            "verdict",
                            Shown.verdict(before),
                            Shown.verdict(after),
                            !after.admitted()));
        }
        after.reasons().stream()
                .filter(reason -> !before.reasons().contains(reason))
                .forEach(reason -> found.add(Change.added("reason", reason, true)));
        before.reasons().stream()
                .filter(reason -> !after.reasons().contains(reason))
                .forEach(reason -> found.add(Change.removed("reason", reason)));
    }

    private void abi() {
        Optional<Convention> was = before.loaded().flatMap(Loaded::convention);
        Optional<Convention> is = after.loaded().flatMap(Loaded::convention);
        if (was.isPresent() && is.isPresent() && !was.equals(is)) {
            found.add(
                    Change.of(
                            "abi",
                            abi(was.get()),
                            abi(is.get()),
                            !was.get().abi().equals(is.get().abi())));
        }
    }

    private static String abi(Convention convention) {
        return convention.functions().entrySet().stream()
                .map(f -> Shown.quoted(f.getKey()) + " " + f.getValue())
                .collect(joining(", ", convention.abi() + ": ", ""));
    }

    private void imports() {
        named("import", imports(old), imports(now), true);
        // Where a list is cut, what is new may stand behind its end.
        long was = old.used(Budget.IMPORTS);
        long is = now.used(Budget.IMPORTS);
        if (is > was && is > now.imports().size()) {
            found.add(Change.of("imports", Shown.number(was), Shown.number(is), true));
        }
    }

    private void memory() {
        if (!old.memory().equals(now.memory())) {
            extent("memory", old.memory(), now.memory(), Shown::memory);
        }
    }

    private void tables() {
        int count = Math.max(old.tables().size(), now.tables().size());
        for (int i = 0; i < count; i++) {
            extent("table " + i, at(old.tables(), i), at(now.tables(), i), Shown::table);
        }
        long was = old.used(Budget.TABLES);
        long is = now.used(Budget.TABLES);
        if (is > was && is > now.tables().size()) {
            found.add(Change.of("tables", Shown.number(was), Shown.number(is), true));
        }
    }

    private static Optional<Extent> at(List<Extent> tables, int index) {
        return index < tables.size() ? Optional.of(tables.get(index)) : Optional.empty();
    }

    private void extent(
            String what, Optional<Extent> was, Optional<Extent> is, Function<Extent, String> text) {
        if (!was.equals(is)) {
            boolean more = is.isPresent() && (was.isEmpty() || greater(was.get(), is.get()));
            found.add(new Change(what, was.map(text), is.map(text), more));
        }
    }

    /** No maximum is more than any. */
    private static boolean greater(Extent was, Extent is) {
        OptionalLong most = was.maximum();
        return is.initial() > was.initial()
                || (most.isPresent()
                        && (is.maximum().isEmpty() || is.maximum().getAsLong() > most.getAsLong()));
    }

    private void start() {
        if (old.start() != now.start()) {
            found.add(
                    now.start()
                            ? Change.added("start", "function", true)
                            : Change.removed("start", "function"));
        }
    }

    private void features() {
        for (Feature feature : Feature.values()) {
            boolean was = old.features().contains(feature);
            if (was != now.features().contains(feature)) {
                found.add(
                        was
                                ? Change.removed("feature", feature.toString())
                                : Change.added("feature", feature.toString(), true));
            }
        }
    }

    private void interpreted() {
        if (before.loaded().isPresent() && after.loaded().isPresent()) {
            int was = before.loaded().get().interpretedFunctions().size();
            int is = after.loaded().get().interpretedFunctions().size();
            if (was != is) {
                found.add(
                        Change.of(
                                "interpreted functions",
                                was == 0 ? NONE : Shown.number(was),
                                is == 0 ? NONE : Shown.number(is),
                                was == 0));
            }
        }
    }

    /** What has a name and a type, the same of both as often as it occurs. */
    private void named(String what, Map<String, String> was, Map<String, String> is, boolean more) {
        is.forEach(
                (name, type) -> {
                    String oldType = was.get(name);
                    if (oldType == null) {
                        found.add(Change.added(what, name + " " + type, more));
                    } else if (!oldType.equals(type)) {
                        found.add(Change.of(what + " " + name, oldType, type, more));
                    }
                });
        was.forEach(
                (name, type) -> {
                    if (!is.containsKey(name)) {
                        found.add(Change.removed(what, name + " " + type));
                    }
                });
    }

    private static Map<String, String> imports(ModuleFacts facts) {
        return byName(
                facts.imports().stream(), Shown::name, i -> Shown.kind(i.kind()) + " " + i.type());
    }

    private static Map<String, String> exports(ModuleFacts facts) {
        return byName(
                facts.exports().stream(), Shown::name, e -> Shown.kind(e.kind()) + " " + e.type());
    }

    /** A name that stands several times has all its types. */
    private static <T> Map<String, String> byName(
            Stream<T> items, Function<T, String> name, Function<T, String> type) {
        return items.collect(
                Collectors.groupingBy(
                        name,
                        LinkedHashMap::new,
                        Collectors.mapping(type, Collectors.joining(" and "))));
    }

    private void measured(String what, String was, String is) {
        if (!was.equals(is)) {
            found.add(Change.of(what, was, is, false));
        }
    }
}
