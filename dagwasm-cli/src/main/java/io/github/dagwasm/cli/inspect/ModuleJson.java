package io.github.dagwasm.cli.inspect;

import io.github.dagwasm.text.JsonWriter;
import io.github.dagwasm.wasm.ModuleInspection;
import io.github.dagwasm.wasm.ModuleInspection.Convention;
import io.github.dagwasm.wasm.ModuleInspection.ImportGrant;
import io.github.dagwasm.wasm.admission.Budget;
import io.github.dagwasm.wasm.admission.Feature;
import io.github.dagwasm.wasm.admission.ModuleFacts;
import io.github.dagwasm.wasm.admission.ModuleFacts.Export;
import io.github.dagwasm.wasm.admission.ModuleFacts.Extent;
import java.util.Collection;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Consumer;

/** An inspection as programs read it: one object, whose keys the README lists. */
public final class ModuleJson {

    private final ModuleInspection inspection;
    private final ModuleFacts facts;
    private final JsonWriter json;

    private ModuleJson(ModuleInspection inspection, JsonWriter json) {
        this.inspection = inspection;
        this.json = json;
        facts = inspection.facts();
    }

    /**
     * The object of an inspection.
     *
     * @param inspection what was found
     * @return JSON on one line
     */
    public static String of(ModuleInspection inspection) {
        JsonWriter json = new JsonWriter();
        write(inspection, json);
        return json.toString();
    }

    /** Writes the object as a value. */
    static void write(ModuleInspection inspection, JsonWriter json) {
        new ModuleJson(inspection, json).write();
    }

    private void write() {
        json.beginObject();
        json.name("module").value(inspection.module());
        json.name("verdict").value(Shown.verdict(inspection));
        array("reasons", inspection.reasons(), json::value);
        json.name("whole").value(inspection.examination().whole());
        json.name("size_bytes").value(facts.bytes());
        json.name("sha256").value(inspection.sha256());
        abi();
        array("imports", inspection.imports(), this::imported);
        array("exports", facts.exports(), this::exported);
        json.name("memory");
        facts.memory().ifPresentOrElse(m -> extent(m, "pages"), json::nullValue);
        array("tables", facts.tables(), table -> extent(table, "entries"));
        json.name("globals").value(facts.used(Budget.GLOBALS));
        json.name("start_function").value(facts.start());
        array("features", facts.features(), this::feature);
        array("custom_sections", facts.customSections(), json::value);
        interpreted();
        isolation();
        json.name("load_bytes").value(facts.loadBytes());
        budgets();
        json.name("limits").beginObject();
        json.name("memory_bytes").value(inspection.limits().memoryBytes());
        json.name("table_entries").value(inspection.limits().tableEntries());
        json.endObject();
        json.endObject();
    }

    private void abi() {
        Optional<Convention> convention =
                inspection.loaded().flatMap(ModuleInspection.Loaded::convention);
        json.name("abi");
        if (convention.isEmpty()) {
            json.nullValue();
            return;
        }
        json.beginObject().name("name").value(convention.get().abi());
        array(
                "functions",
                convention.get().functions().entrySet(),
                function -> {
                    json.beginObject().name("name").value(function.getKey());
                    json.name("type").value(function.getValue()).endObject();
                });
        json.endObject();
    }

    private void imported(ImportGrant grant) {
        json.beginObject().name("module").value(grant.found().module());
        json.name("name").value(grant.found().name());
        json.name("kind").value(Shown.kind(grant.found().kind()));
        json.name("type").value(grant.found().type());
        json.name("granted").value(grant.refusal().isEmpty());
        json.name("reason");
        grant.refusal().ifPresentOrElse(json::value, json::nullValue);
        json.endObject();
    }

    private void exported(Export export) {
        json.beginObject().name("name").value(export.name());
        json.name("kind").value(Shown.kind(export.kind()));
        json.name("type").value(export.type()).endObject();
    }

    private void extent(Extent extent, String unit) {
        OptionalLong maximum = extent.maximum();
        json.beginObject().name("initial_" + unit).value(extent.initial());
        json.name("maximum_" + unit);
        maximum.ifPresentOrElse(json::value, json::nullValue);
        json.endObject();
    }

    private void feature(Feature feature) {
        json.beginObject().name("name").value(feature.name().toLowerCase(Locale.ROOT));
        json.name("supported").value(feature.supported()).endObject();
    }

    private void interpreted() {
        if (inspection.loaded().isPresent()) {
            array(
                    "interpreted_functions",
                    inspection.loaded().get().interpretedFunctions(),
                    json::value);
        } else {
            json.name("interpreted_functions").nullValue();
        }
    }

    private void isolation() {
        json.name("isolation");
        if (inspection.loaded().isEmpty()) {
            json.nullValue();
            return;
        }
        Optional<String> freshBecause = inspection.loaded().get().freshBecause();
        json.beginObject().name("mode").value(freshBecause.isEmpty() ? "reset" : "fresh");
        json.name("reason");
        freshBecause.ifPresentOrElse(json::value, json::nullValue);
        json.endObject();
    }

    private void budgets() {
        json.name("budgets").beginObject();
        for (Budget budget : Budget.values()) {
            json.name(budget.key()).beginObject();
            json.name("used").value(facts.used(budget));
            json.name("budget").value(inspection.budgets().of(budget)).endObject();
        }
        json.endObject();
    }

    private <T> void array(String name, Collection<T> items, Consumer<T> write) {
        json.name(name).beginArray();
        items.forEach(write);
        json.endArray();
    }
}
