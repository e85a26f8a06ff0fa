package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeySpec.Ceiling;
import io.github.dagwasm.spi.Written;
import io.github.dagwasm.text.Suggestions;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
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

    private final Faults faults;
    private final Suggestions suggestions;
    private final Placeholders placeholders;
    private final Wording wording;
    private final PlaceholderUses uses = new PlaceholderUses();
    private int values;

    ValueReader(
            Faults faults, Suggestions suggestions, Placeholders placeholders, Wording wording) {
        this.faults = faults;
        this.suggestions = suggestions;
        this.placeholders = placeholders;
        this.wording = wording;
    }

    /**
     * A value with its circumstances.
     *
     * @param node the value
     * @param at where it stands
     * @param where what faults call it
     * @param resolve whether its placeholders are resolved
     */
    record Value(Node node, Position at, String where, boolean resolve) {

        Value item(Node item, int index) {
            Position itemAt = Position.of(item.getStartMark());
            return new Value(item, itemAt, where + "[" + index + "]", resolve);
        }
    }

    /** One string of a list, and how it may be shown. */
    record Item(int index, String text, String shown, Position at) {}

    /** Which values of the file have placeholders. */
    PlaceholderUses uses() {
        return uses;
    }

    /** Counts a value: aliases can make a small file stand for a great many. */
    void visit(Position at) {
        values++;
        if (values > MAX_VALUES) {
            throw faults.fatal(
                    at, "aliases make the file stand for more than " + MAX_VALUES + " values");
        }
    }

    /** A value of any type but a block. */
    Optional<Object> read(KeySpec spec, Value value) {
        if (spec.type() != KeySpec.Type.STRINGS) {
            return scalar(spec, value);
        }
        List<Item> items = items(spec, value);
        boolean whole = isNull(value.node()) || sizeOf(value.node()) == items.size();
        return whole ? Optional.of(items.stream().map(Item::text).toList()) : Optional.empty();
    }

    /** The items of a list that are strings as they should be; the others have their faults. */
    List<Item> items(KeySpec spec, Value value) {
        List<Item> items = new ArrayList<>();
        if (value.node() instanceof SequenceNode sequence && sequence.getTag().equals(Tag.SEQ)) {
            KeySpec element = element(spec);
            for (int i = 0; i < sequence.getValue().size(); i++) {
                int index = i;
                Value item = value.item(sequence.getValue().get(index), index);
                string(element, item).ifPresent(text -> items.add(item(index, text, item)));
            }
        } else if (!isNull(value.node())) {
            mismatch(spec, value);
        }
        return items;
    }

    private Item item(int index, String text, Value value) {
        return new Item(index, text, uses.shown(value.where(), text), value.at());
    }

    /** How many items a list has, -1 for anything else. */
    static int sizeOf(Node node) {
        return node instanceof SequenceNode sequence ? sequence.getValue().size() : -1;
    }

    static boolean isNull(Node node) {
        return node instanceof ScalarNode && node.getTag().equals(Tag.NULL);
    }

    /** The fault of a node that is not of its spec's kind at all. */
    void mismatch(KeySpec spec, Value value) {
        wrong(spec, Found.describe(value.node()), Hints.otherKind(spec, value.node()), value);
    }

    private Optional<Object> scalar(KeySpec spec, Value value) {
        return switch (spec.type()) {
            case INTEGER -> found(spec, value).flatMap(found -> whole(spec, found, value));
            case NUMBER -> found(spec, value).flatMap(found -> number(spec, found, value));
            case BOOLEAN -> found(spec, value).flatMap(found -> truth(spec, found, value));
            case STRING, SOURCE_STRING -> string(spec, value).map(text -> text);
            case STRINGS, BLOCK ->
                    throw new IllegalArgumentException(spec.name() + " is no scalar");
        };
    }

    private Optional<Found> found(KeySpec spec, Value value) {
        visit(value.at());
        if (!(value.node() instanceof ScalarNode scalar)) {
            mismatch(spec, value);
            return Optional.empty();
        }
        String text = scalar.getValue();
        if (!value.resolve() || !placeholders.areIn(text)) {
            return Optional.of(new Found(text, scalar.getTag(), ""));
        }
        Placeholders.Resolution resolution = placeholders.resolve(text);
        if (resolution instanceof Placeholders.Resolved resolved) {
            Optional<String> problem =
                    RouteKeys.isEndpoint(spec)
                            ? resolved.folder().flatMap(FolderInUris::problem)
                            : Optional.empty();
            if (problem.isPresent()) {
                fault(value, problem.get());
                return Optional.empty();
            }
            uses.add(value.where(), new Written(text, resolved.values()));
            return Optional.of(
                    new Found(
                            resolved.text(), retyped(spec, resolved.text()), Found.originOf(text)));
        }
        fault(value, ((Placeholders.Unresolved) resolution).problem());
        return Optional.empty();
    }

    /** What a placeholder stood for is read as if it were written there, unless it is a string. */
    private static Tag retyped(KeySpec spec, String text) {
        return switch (spec.type()) {
            case INTEGER, NUMBER, BOOLEAN -> CoreTags.resolve(text);
            default -> Tag.STR;
        };
    }

    private Optional<String> string(KeySpec spec, Value value) {
        return found(spec, value)
                .filter(found -> isString(spec, found, value))
                .filter(found -> isAllowed(spec, found, value))
                .map(Found::text);
    }

    private boolean isString(KeySpec spec, Found found, Value value) {
        boolean bare = found.isNumberOrTruth();
        if (found.tag().equals(Tag.STR) || (bare && spec.type() == KeySpec.Type.SOURCE_STRING)) {
            return true;
        }
        if (spec.choices().isEmpty()) {
            String hint = bare ? Hints.inQuotes(found) : "";
            String expected = KeySpec.Type.STRING.noun();
            fault(value, "found " + found.describe() + "; expected " + expected + hint);
        } else {
            wrong(spec, found.describe(), "", value);
        }
        return false;
    }

    private boolean isAllowed(KeySpec spec, Found found, Value value) {
        String text = found.text();
        Set<String> choices = spec.choices().keySet();
        if (!choices.isEmpty() && !choices.contains(text)) {
            if (found.isHidden()) {
                wrong(spec, found.describe(), "", value);
                return false;
            }
            String hint = Phrases.hint(suggestions.nearest(text, choices), choices);
            String noun = wording.choice(spec, value.where());
            fault(value, "no " + noun + " " + found.describe() + hint);
            return false;
        }
        boolean secret = spec.format().map(KeySpec.Format::secret).orElse(false);
        String described = secret ? found.describeSecret() : found.describe();
        if (hasUnpairedSurrogate(text)) {
            fault(value, "an unpaired surrogate in " + described);
            return false;
        }
        if (spec.format().isPresent() && !spec.format().get().pattern().matcher(text).matches()) {
            wrong(spec, described, "", value);
            return false;
        }
        return true;
    }

    private Optional<Object> whole(KeySpec spec, Found found, Value value) {
        Optional<Long> number = Numbers.whole(found).filter(n -> Numbers.inRange(spec, n));
        if (number.isEmpty()) {
            wrong(spec, found.describe(), Hints.withoutQuotes(spec, found), value);
        }
        return number.filter(n -> isUnderCeiling(spec, n, found, value)).map(n -> n);
    }

    private Optional<Object> number(KeySpec spec, Found found, Value value) {
        Optional<Double> number = Numbers.finite(found).filter(n -> Numbers.inRange(spec, n));
        if (number.isEmpty()) {
            wrong(spec, found.describe(), Hints.withoutQuotes(spec, found), value);
        }
        return number.filter(n -> isUnderCeiling(spec, n, found, value)).map(n -> n);
    }

    private boolean isUnderCeiling(KeySpec spec, double number, Found found, Value value) {
        Optional<Ceiling> exceeded = Numbers.ceilingBelow(spec, number);
        exceeded.ifPresent(c -> fault(value, Phrases.aboveCeiling(found.describe(), "", c)));
        return exceeded.isEmpty();
    }

    private Optional<Object> truth(KeySpec spec, Found found, Value value) {
        String lower = found.text().toLowerCase(Locale.ROOT);
        if (found.tag().equals(Tag.BOOL) && (lower.equals("true") || lower.equals("false"))) {
            return Optional.of(Boolean.valueOf(lower));
        }
        wrong(spec, found.describe(), Hints.truth(spec, found), value);
        return Optional.empty();
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

    private void wrong(KeySpec spec, String found, String hint, Value value) {
        fault(value, "found " + found + "; expected " + Phrases.expected(spec) + hint);
    }

    private void fault(Value value, String problem) {
        faults.add(value.at(), value.where(), problem);
    }
}
