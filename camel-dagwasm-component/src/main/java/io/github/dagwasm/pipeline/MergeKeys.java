package io.github.dagwasm.pipeline;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * Merges blocks that the key {@code <<} names into the block that has it, as YAML 1.1 does: what
 * the block says itself wins, then the first of several. Each key keeps the place at which it is
 * written. One object for each file; used by one thread.
 */
final class MergeKeys {

    private static final String MERGE = "<<";

    private final Faults faults;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final Set<Node> open = Collections.newSetFromMap(new IdentityHashMap<>());
    private int merged;

    private MergeKeys(Faults faults) {
        this.faults = faults;
    }

    /**
     * Merges within a tree, in place. An alias stands after its anchor, so that no path through the
     * tree is longer than the nesting of the file.
     */
    static void merge(Node root, Faults faults) {
        new MergeKeys(faults).visit(root, "");
    }

    private void visit(Node node, String where) {
        if (!seen.add(node)) {
            return;
        }
        open.add(node);
        if (node instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                visit(list.getValue().get(i), where + "[" + i + "]");
            }
        } else if (node instanceof MappingNode block) {
            for (NodeTuple tuple : block.getValue()) {
                visit(tuple.getValueNode(), inside(where, tuple));
            }
            if (block.getValue().stream().anyMatch(MergeKeys::isMerge)) {
                block.setValue(merged(block, where));
            }
        }
        open.remove(node);
    }

    private static String inside(String where, NodeTuple tuple) {
        return BlockReader.inside(where, BlockReader.word(tuple));
    }

    /** Quoted, it is a key like any other. */
    private static boolean isMerge(NodeTuple tuple) {
        return tuple.getKeyNode() instanceof ScalarNode key
                && key.isPlain()
                && key.getValue().equals(MERGE);
    }

    private List<NodeTuple> merged(MappingNode block, String where) {
        List<NodeTuple> tuples = new ArrayList<>();
        List<NodeTuple> merges = new ArrayList<>();
        block.getValue().forEach(tuple -> (isMerge(tuple) ? merges : tuples).add(tuple));
        Set<String> keys = new HashSet<>();
        tuples.forEach(tuple -> keys.add(BlockReader.word(tuple)));
        for (NodeTuple tuple : merges) {
            if (tuple == merges.get(0)) {
                add(tuple, inside(where, tuple), keys, tuples);
            } else {
                Position first = Position.of(merges.get(0).getKeyNode().getStartMark());
                faults.add(
                        Position.of(tuple.getKeyNode().getStartMark()),
                        where,
                        BlockReader.repeated(MERGE, first));
            }
        }
        return tuples;
    }

    /** An alias has the place of its anchor, so that faults are at the key. */
    private void add(NodeTuple merge, String where, Set<String> keys, List<NodeTuple> tuples) {
        Position at = Position.of(merge.getKeyNode().getStartMark());
        if (merge.getValueNode() instanceof SequenceNode list) {
            for (int i = 0; i < list.getValue().size(); i++) {
                addBlock(list.getValue().get(i), at, where + "[" + i + "]", keys, tuples);
            }
        } else {
            addBlock(merge.getValueNode(), at, where, keys, tuples);
        }
    }

    private void addBlock(
            Node value, Position at, String where, Set<String> keys, List<NodeTuple> tuples) {
        if (!(value instanceof MappingNode other)) {
            faults.add(
                    at,
                    where,
                    "found "
                            + Found.describe(value)
                            + "; expected a block of keys to merge, or a list of such blocks");
            return;
        }
        if (open.contains(other)) {
            faults.add(at, where, "a block cannot be merged into itself");
            return;
        }
        for (NodeTuple tuple : other.getValue()) {
            merged++;
            if (merged > ValueReader.MAX_VALUES) {
                throw faults.fatal(
                        at,
                        "merges make the file stand for more than "
                                + ValueReader.MAX_VALUES
                                + " keys");
            }
            if (keys.add(BlockReader.word(tuple))) {
                tuples.add(tuple);
            }
        }
    }
}
