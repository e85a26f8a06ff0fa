package io.github.dagwasm.pipeline;

import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * A scalar as it was found: after its placeholders, where it had some, were resolved.
 *
 * @param text its text
 * @param tag what YAML makes of it
 * @param origin what stands in the file, in the words of a fault; empty where that is the text
 */
record Found(String text, Tag tag, String origin) {

    /** Whether it is what YAML reads as a number or as true or false. */
    boolean isNumberOrTruth() {
        return isNumberOrTruth(tag);
    }

    /** How a fault calls it. */
    String describe() {
        return isHidden() ? "a value that is not shown" + origin : describe(text, tag);
    }

    /** What stands in the file instead of a value that came from placeholders, for a fault. */
    static String originOf(String written) {
        return " (from " + Phrases.quoted(written) + ")";
    }

    /** How a fault calls a value that came from placeholders. */
    static String hidden(String written) {
        return "a value that is not shown" + originOf(written);
    }

    /** Whether it came from a placeholder, so that nothing of it is told. */
    boolean isHidden() {
        return !origin.isEmpty();
    }

    /** How a fault calls it where it may hold a secret: by its beginning, up to the first colon. */
    String describeSecret() {
        int colon = text.indexOf(':');
        return isHidden() || colon < 0
                ? describe()
                : describe(text.substring(0, colon) + ":...", tag);
    }

    /** How a fault calls any node. */
    static String describe(Node node) {
        if (node instanceof ScalarNode scalar) {
            return describe(scalar.getValue(), scalar.getTag());
        }
        Tag usual = node instanceof SequenceNode ? Tag.SEQ : Tag.MAP;
        if (!node.getTag().equals(usual)) {
            return tag(node.getTag());
        }
        return node instanceof SequenceNode ? "a list" : "a block of keys";
    }

    private static String describe(String text, Tag tag) {
        if (tag.equals(Tag.NULL)) {
            return "nothing";
        }
        if (tag.equals(Tag.STR)) {
            return Phrases.quoted(text);
        }
        return isNumberOrTruth(tag) ? Phrases.bare(text) : tag(tag);
    }

    private static boolean isNumberOrTruth(Tag tag) {
        return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT) || tag.equals(Tag.BOOL);
    }

    private static String tag(Tag tag) {
        return "the tag " + Phrases.quoted(tag.getValue());
    }
}
