package io.github.dagwasm.executor;

import io.github.dagwasm.text.Text;
import java.util.BitSet;

/**
 * A text on its way through a run.
 *
 * @param text the text
 * @param origin the node that made it, or {@link Origins#INPUT}
 * @param lineage the required transforms that all of its parts have passed through; never modified
 */
record FlowingText(Text text, int origin, BitSet lineage) {

    private static final BitSet NO_LINEAGE = new BitSet();

    static FlowingText input(Text text) {
        return new FlowingText(text, Origins.INPUT, NO_LINEAGE);
    }

    /** The text that a transform made of this one. */
    FlowingText transformed(Text made, int node, boolean required) {
        BitSet passed = lineage;
        if (required) {
            passed = (BitSet) lineage.clone();
            passed.set(node);
        }
        return new FlowingText(made, node, passed);
    }

    boolean passedThroughAll(BitSet required) {
        if (required.isEmpty()) {
            return true;
        }
        BitSet missing = (BitSet) required.clone();
        missing.andNot(lineage);
        return missing.isEmpty();
    }
}
