package io.github.dagwasm.cli.inspect;

import io.github.dagwasm.text.JsonWriter;
import io.github.dagwasm.wasm.ModuleInspection;
import java.util.List;
import java.util.Optional;

/**
 * How a module differs from the one that it is to take the place of, and whether it asks for more.
 * Immutable.
 */
public final class ModuleComparison {

    private final ModuleInspection before;
    private final ModuleInspection after;
    private final List<Change> changes;

    /**
     * Compares two modules.
     *
     * @param before the module that is trusted with what it asks for
     * @param after the module that is to take its place
     */
    public ModuleComparison(ModuleInspection before, ModuleInspection after) {
        this.before = before;
        this.after = after;
        changes = new Changes(before, after).found();
    }

    /**
     * Whether the new module asks for more than the old one, or is refused altogether.
     *
     * @return true if somebody has to look at it
     */
    public boolean asksForMore() {
        return changes.stream().anyMatch(Change::more);
    }

    /**
     * The comparison as programs read it.
     *
     * @return a JSON object on one line
     */
    public String toJson() {
        JsonWriter json = new JsonWriter().beginObject();
        json.name("asks_for_more").value(asksForMore());
        json.name("changes").beginArray();
        for (Change change : changes) {
            json.beginObject().name("what").value(change.what());
            write("before", change.before(), json);
            write("after", change.after(), json);
            json.name("more").value(change.more()).endObject();
        }
        json.endArray().name("old");
        ModuleJson.write(before, json);
        json.name("new");
        ModuleJson.write(after, json);
        return json.endObject().toString();
    }

    /** The lines that people read, each of them ended. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(after.module());
        if (before.sha256().equals(after.sha256())) {
            out.append(" and ").append(before.module()).append(" are the same bytes");
        } else {
            out.append(asksForMore() ? " asks for more than " : " asks for no more than ");
            out.append(before.module());
        }
        out.append('\n');
        list("asks for more:", true, out);
        list("differs besides:", false, out);
        return out.toString();
    }

    private void list(String title, boolean more, StringBuilder out) {
        List<Change> listed = changes.stream().filter(c -> c.more() == more).toList();
        if (!listed.isEmpty()) {
            out.append('\n').append(title).append('\n');
            listed.stream()
                    .flatMap(change -> change.lines().stream())
                    .forEach(line -> out.append("  ").append(line).append('\n'));
        }
    }

    private static void write(String name, Optional<String> value, JsonWriter json) {
        json.name(name);
        value.ifPresentOrElse(json::value, json::nullValue);
    }
}
