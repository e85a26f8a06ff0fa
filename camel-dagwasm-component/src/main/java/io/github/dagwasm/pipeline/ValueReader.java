package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * Holds one value against its spec: placeholders first, then type, choice, format and range. Empty
 * results have their fault in the list. Used by one thread, for one file.
 */
final class ValueReader {

    /** Far more than a file without aliases can hold. */
    static final int MAX_VALUES = 1_000_000;

    private static final Map<String, String> OTHER_TRUTHS =
            Map.of("yes", "true", "on", "true", "no", "false", "off", "false");

    private final Faults faults;
    private final Suggestions suggestions;
    private final Placeholders placeholders;
    private int values;

    ValueReader(Faults faults, Suggestions suggestions, Placeholders placeholders) {
        this.faults = faults;
        this.suggestions = suggestions;
        this.placeholders = placeholders;
    }

    /** One string of a list. */
    record Item(int index, String text, Position at) {}

    /** Counts a value: aliases can make a small file stand for a great many. */
    void visit(Position at) {
        values++;
        if (values > MAX_VALUES) {
            throw faults.fatal(
                    at, "aliases make the file stand for more than " + MAX_VALUES + " values");
        }
    }

    /** A value of any type but a block. */
    Optional<Object> read(KeySpec spec, Node node, Position at, String where, boolean resolve) {
        if (spec.type() != KeySpec.Type.STRINGS) {
            return scalar(spec, node, at, where, resolve);
        }
        List<Item> items = items(spec, node, at, where, resolve);
        boolean whole = isNull(node) || sizeOf(node) == items.size();
        return whole ? Optional.of(items.stream().map(Item::text).toList()) : Optional.empty();
    }

    /** The items of a list that are strings as they should be; the others have their faults. */
    List<Item> items(KeySpec spec, Node node, Position at, String where, boolean resolve) {
        List<Item> items = new ArrayList<>();
        if (node instanceof SequenceNode sequence && sequence.getTag().equals(Tag.SEQ)) {
            KeySpec element = element(spec);
            List<Node> nodes = sequence.getValue();
            for (int i = 0; i < nodes.size(); i++) {
                Node item = nodes.get(i);
                Position itemAt = Position.of(item.getStartMark());
                int index = i;
                string(element, item, itemAt, where + "[" + i + "]", resolve)
                        .ifPresent(text -> items.add(new Item(index, text, itemAt)));
            }
        } else if (!isNull(node)) {
            mismatch(spec, node, at, where);
        }
        return items;
    }

    /** How many items a list has, -1 for anything else. */
    static int sizeOf(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue().size() : -1;
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** The fault of a node that is not of its spec's kind at all. */
    void mismatch(KeySpec spec, Node node, Position at, String where) {
        String hint = "";
        if (node instanceof MappingNode mapping && isPlaceholderWithoutQuotes(mapping)) {
            hint = ": write a placeholder in quotes, as in \"{{key}}\"";
        } else if (node instanceof ScalarNode scalar && spec.type() == KeySpec.Type.STRINGS) {
            hint = ": write [" + Phrases.quoted(scalar.getValue()) + "]";
        }
        wrong(spec, Found.describe(node), hint, at, where);
    }

    private Optional<Object> scalar(
            KeySpec spec, Node node, Position at, String where, boolean resolve) {
        return switch (spec.type()) {
            case INTEGER ->
                    found(spec, node, at, where, resolve).flatMap(f -> whole(spec, f, at, where));
            case NUMBER ->
                    found(spec, node, at, where, resolve).flatMap(f -> number(spec, f, at, where));
            case BOOLEAN ->
                    found(spec, node, at, where, resolve).flatMap(f -> truth(spec, f, at, where));
            case STRING, SOURCE_STRING -> string(spec, node, at, where, resolve).map(text -> text);
            case STRINGS, BLOCK ->
                    throw new IllegalArgumentException(spec.name() + " is no scalar");
        };
    }

    private Optional<Found> found(
            KeySpec spec, Node node, Position at, String where, boolean resolve) {
        visit(at);
        if (!(node instanceof ScalarNode scalar)) {
            mismatch(spec, node, at, where);
            return Optional.empty();
        }
        String text = scalar.getValue();
        if (!resolve || !Placeholders.isIn(text)) {
            return Optional.of(new Found(text, scalar.getTag(), ""));
        }
        Placeholders.Resolution resolution = placeholders.resolve(text);
        if (resolution instanceof Placeholders.Resolved resolved) {
            String origin = " (from " + Phrases.quoted(text) + ")";
            return Optional.of(new Found(resolved.text(), retyped(spec, resolved.text()), origin));
        }
        faults.add(at, where, ((Placeholders.Unresolved) resolution).problem());
        return Optional.empty();
    }

    /** What a placeholder stood for is read as if it were written there, unless it is a string. */
    private static Tag retyped(KeySpec spec, String text) {
        return switch (spec.type()) {
            case INTEGER, NUMBER, BOOLEAN -> CoreTags.resolve(text);
            default -> Tag.STR;
        };
    }

    private Optional<String> string(
            KeySpec spec, Node node, Position at, String where, boolean resolve) {
        return found(spec, node, at, where, resolve)
                .filter(found -> isString(spec, found, at, where))
                .filter(found -> isAllowed(spec, found, at, where))
                .map(Found::text);
    }

    private boolean isString(KeySpec spec, Found found, Position at, String where) {
        Tag tag = found.tag();
        boolean simple = tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL);
        if (tag.equals(Tag.STR) || (simple && spec.type() == KeySpec.Type.SOURCE_STRING)) {
            return true;
        }
        boolean any = spec.choices().isEmpty();
        String expected = any ? KeySpec.Type.STRING.noun() : Phrases.expected(spec);
        String hint =
                any && simple ? ": write \"" + Phrases.bare(found.text()) + "\" in quotes" : "";
        faults.add(at, where, "found " + found.describe() + "; expected " + expected + hint);
        return false;
    }

    private boolean isAllowed(KeySpec spec, Found found, Position at, String where) {
        String text = found.text();
        if (!spec.choices().isEmpty() && !spec.choices().containsKey(text)) {
            String hint =
                    Phrases.hint(
                            suggestions.nearest(text, spec.choices().keySet()),
                            spec.choices().keySet());
            faults.add(at, where, "no " + spec.name() + " " + found.describe() + hint);
            return false;
        }
        if (hasUnpairedSurrogate(text)) {
            faults.add(at, where, "an unpaired surrogate in " + found.describe());
            return false;
        }
        if (spec.format().isPresent() && !spec.format().get().pattern().matcher(text).matches()) {
            wrong(spec, found.describe(), "", at, where);
            return false;
        }
        return true;
    }

    private Optional<Object> whole(KeySpec spec, Found found, Position at, String where) {
        Optional<Long> value = Numbers.whole(found);
        if (value.isPresent() && inRange(spec, value.get())) {
            return Optional.of(value.get());
        }
        return wrong(spec, found.describe(), withoutQuotes(spec, found), at, where);
    }

    private Optional<Object> number(KeySpec spec, Found found, Position at, String where) {
        Optional<Double> value = Numbers.finite(found);
        if (value.isPresent() && inRange(spec, value.get())) {
            return Optional.of(value.get());
        }
        return wrong(spec, found.describe(), withoutQuotes(spec, found), at, where);
    }

    private Optional<Object> truth(KeySpec spec, Found found, Position at, String where) {
        String lower = found.text().toLowerCase(Locale.ROOT);
        if (found.tag().equals(Tag.BOOL) && (lower.equals("true") || lower.equals("false"))) {
            return Optional.of(Boolean.valueOf(lower));
        }
        String meant = OTHER_TRUTHS.get(lower);
        String hint =
                meant == null
                        ? withoutQuotes(spec, found)
                        : Phrases.hint(Optional.of(meant), List.of());
        return wrong(spec, found.describe(), hint, at, where);
    }

    /** YAML's escapes can write one; no text can hold it. */
    private static boolean hasUnpairedSurrogate(String text) {
        return text.codePoints().anyMatch(c -> Character.getType(c) == Character.SURROGATE);
    }

    /** What one string of a list must be. */
    private static KeySpec element(KeySpec spec) {
        KeySpec string = KeySpec.of(spec.name(), KeySpec.Type.STRING, spec.description());
        KeySpec chosen = spec.choices().isEmpty() ? string : string.choosing(spec.choices());
        return spec.format()
                .map(format -> chosen.matching(format.pattern().pattern(), format.description()))
                .orElse(chosen);
    }

    private static String withoutQuotes(KeySpec spec, Found found) {
        if (!found.tag().equals(Tag.STR)) {
            return "";
        }
        Found plain = new Found(found.text(), CoreTags.resolve(found.text()), "");
        boolean fits =
                switch (spec.type()) {
                    case INTEGER -> Numbers.whole(plain).filter(n -> inRange(spec, n)).isPresent();
                    case NUMBER -> Numbers.finite(plain).filter(n -> inRange(spec, n)).isPresent();
                    default -> plain.tag().equals(Tag.BOOL);
                };
        return fits ? ": write " + Phrases.bare(found.text()) + " without quotes" : "";
    }

    private static boolean inRange(KeySpec spec, double value) {
        return spec.range().map(r -> value >= r.minimum() && value <= r.maximum()).orElse(true);
    }

    private <T> Optional<T> wrong(
            KeySpec spec, String found, String hint, Position at, String where) {
        faults.add(at, where, "found " + found + "; expected " + Phrases.expected(spec) + hint);
        return Optional.empty();
    }

    private static boolean isPlaceholderWithoutQuotes(MappingNode node) {
        return node.getValue().size() == 1
                && node.getValue().get(0).getKeyNode() instanceof MappingNode;
    }
}
