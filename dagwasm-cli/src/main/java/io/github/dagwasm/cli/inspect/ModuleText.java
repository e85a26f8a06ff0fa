package io.github.dagwasm.cli.inspect;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.wasm.ModuleInspection;
import io.github.dagwasm.wasm.ModuleInspection.Convention;
import io.github.dagwasm.wasm.ModuleInspection.Loaded;
import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Feature;
import io.github.dagwasm.wasm.admission.ModuleFacts;
import java.util.List;

/** An inspection as people read it: the verdict, why, what the module is, what it costs. */
public final class ModuleText {

    private static final int LABEL = 12;

    /** How reasons about imports begin. */
    private static final String IMPORT = "import ";

    private static final int SHOWN_IMPORTS = 3;
    private static final int SHOWN_INDICES = 8;
    private static final long MIB = 1L << 20;

    private final ModuleInspection inspection;
    private final ModuleFacts facts;
    private final StringBuilder out = new StringBuilder();

    /**
     * The text of an inspection.
     *
     * @param inspection what was found
     */
    public ModuleText(ModuleInspection inspection) {
        this.inspection = inspection;
        facts = inspection.facts();
    }

    /** The lines, each of them ended. */
    @Override
    public String toString() {
        out.setLength(0);
        line(inspection.module() + ": " + Shown.verdict(inspection));
        reasons();
        line("");
        if (!inspection.examination().whole()) {
            line("Only a part of it could be read, in which was found:");
            line("");
        }
        module();
        imports();
        exports();
        line("");
        out.append(new BudgetTable(facts, inspection.budgets()));
        return out.toString();
    }

    /** All but most of those about imports, which stand at the imports too. */
    private void reasons() {
        int imports = 0;
        for (String reason : inspection.reasons()) {
            imports += reason.startsWith(IMPORT) ? 1 : 0;
            if (!reason.startsWith(IMPORT) || imports <= SHOWN_IMPORTS) {
                line("  - " + reason);
            }
        }
        if (imports > SHOWN_IMPORTS) {
            line(
                    "  - "
                            + Shown.counted(imports - SHOWN_IMPORTS, "import")
                            + " more, which the list of imports marks as not granted");
        }
    }

    private void module() {
        row("size", Shown.bytes(facts.bytes()));
        row("sha256", inspection.sha256());
        row("abi", abi());
        row("memory", memory());
        for (int i = 0; i < facts.tables().size(); i++) {
            row("table " + i, Shown.table(facts.tables().get(i)));
        }
        long more = facts.used(Budget.TABLES) - facts.tables().size();
        if (more > 0) {
            row("", "and " + Shown.counted(more, "table") + " more");
        }
        row("globals", Shown.number(facts.used(Budget.GLOBALS)));
        row("start", facts.start() ? "a function, which runs when an instance is made" : "none");
        row("features", features());
        row("interpreted", inspection.loaded().map(ModuleText::interpreted).orElse("not known"));
        row("isolation", inspection.loaded().map(ModuleText::isolation).orElse("not known"));
        row("load", "about " + Shown.rounded(facts.loadBytes()) + " of heap");
        if (!facts.customSections().isEmpty()) {
            row(
                    "custom",
                    facts.customSections().stream().map(Shown::quoted).collect(joining(", ")));
        }
    }

    private String abi() {
        if (inspection.loaded().isEmpty()) {
            return "not known: the module was not loaded";
        }
        return inspection.loaded().get().convention().map(ModuleText::abi).orElse("none fits");
    }

    private static String abi(Convention convention) {
        return convention.functions().entrySet().stream()
                .map(f -> Shown.quoted(f.getKey()) + " " + f.getValue())
                .collect(joining(", ", convention.abi() + ": ", ""));
    }

    private String memory() {
        return facts.memory()
                .map(
                        memory ->
                                Shown.memory(memory)
                                        + "; limit "
                                        + Shown.number(inspection.limits().memoryBytes() / MIB)
                                        + " MiB")
                .orElse("none");
    }

    private String features() {
        return facts.features().isEmpty()
                ? "none beyond WebAssembly 1.0"
                : facts.features().stream().map(ModuleText::feature).collect(joining(", "));
    }

    private static String feature(Feature feature) {
        return feature + (feature.supported() ? "" : " (not supported)");
    }

    private static String interpreted(Loaded loaded) {
        List<Integer> indices = loaded.interpretedFunctions();
        if (indices.isEmpty()) {
            return "none";
        }
        return Shown.counted(indices.size(), "function")
                + ", too large for a JVM method, many times slower, fuel not countable: "
                + indices.stream().limit(SHOWN_INDICES).map(String::valueOf).collect(joining(", "))
                + (indices.size() > SHOWN_INDICES ? ", …" : "");
    }

    private static String isolation(Loaded loaded) {
        return loaded.freshBecause()
                .map(reason -> "a fresh instance for each message: " + reason)
                .orElse("reset of the instance after each message");
    }

    private void imports() {
        List<List<String>> rows =
                inspection.imports().stream()
                        .map(
                                i ->
                                        List.of(
                                                i.refusal().isEmpty() ? "granted" : "not granted",
                                                Shown.kind(i.found().kind()),
                                                Shown.name(i.found()),
                                                i.found().type(),
                                                i.refusal().orElse("")))
                        .toList();
        list("imports", facts.used(Budget.IMPORTS), rows);
    }

    private void exports() {
        List<List<String>> rows =
                facts.exports().stream()
                        .map(e -> List.of(Shown.kind(e.kind()), Shown.name(e), e.type()))
                        .toList();
        list("exports", facts.used(Budget.EXPORTS), rows);
    }

    private void list(String what, long count, List<List<String>> rows) {
        line("");
        line(what + ": " + (count == 0 ? "none" : Shown.number(count)));
        Columns.of(rows).forEach(this::line);
        if (count > rows.size() && !rows.isEmpty()) {
            line("  and " + Shown.number(count - rows.size()) + " more");
        }
    }

    /** A labelled value; a long one goes on below itself. */
    private void row(String label, String value) {
        String indent = " ".repeat(LABEL);
        List<String> lines = Columns.wrapped(List.of(value.split(" ")), LABEL);
        line(label + " ".repeat(Math.max(1, LABEL - label.length())) + lines.get(0));
        lines.stream().skip(1).forEach(rest -> line(indent + rest));
    }

    private void line(String line) {
        out.append(line).append('\n');
    }
}
