package io.github.dagwasm.pipeline;

import io.github.dagwasm.spi.KeySpec;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * What to write instead, where a mistake is a common one: the ends of faults' sentences, each empty
 * where there is nothing to say. Stateless.
 */
final class Hints {

    /** YAML 1.1 had more words for it, and many still write them. */
    private static final Map<String, String> OTHER_TRUTHS =
            Map.of("yes", "true", "on", "true", "no", "false", "off", "false");

    private Hints() {}

    /** For a node that is not of its spec's kind at all. */
    static String otherKind(KeySpec spec, Node node) {
        if (node instanceof MappingNode mapping && isPlaceholder(mapping)) {
            return ": write a placeholder in quotes, as in \"{{key}}\"";
        }
        if (node instanceof ScalarNode scalar && spec.type() == KeySpec.Type.STRINGS) {
            return ": write [" + Phrases.quoted(scalar.getValue()) + "]";
        }
        return "";
    }

    /** For what is a string only in quotes. */
    static String inQuotes(Found found) {
        return found.isHidden() ? "" : ": write \"" + Phrases.bare(found.text()) + "\" in quotes";
    }

    /** For a string that would be right without its quotes. */
    static String withoutQuotes(KeySpec spec, Found found) {
        if (found.isHidden() || !found.tag().equals(Tag.STR)) {
            return "";
        }
        Found plain = new Found(found.text(), CoreTags.resolve(found.text()), "");
        Optional<? extends Number> number =
                spec.type() == KeySpec.Type.INTEGER ? Numbers.whole(plain) : Numbers.finite(plain);
        boolean fits =
                spec.type() == KeySpec.Type.BOOLEAN
                        ? plain.tag().equals(Tag.BOOL)
                        : number.filter(n -> Numbers.inRange(spec, n.doubleValue())).isPresent();
        return fits ? ": write " + Phrases.bare(found.text()) + " without quotes" : "";
    }

    /** For what is neither true nor false. */
    static String truth(KeySpec spec, Found found) {
        String meant = found.isHidden() ? null : OTHER_TRUTHS.get(found.text());
        return meant == null
                ? withoutQuotes(spec, found)
                : Phrases.hint(Optional.of(meant), List.of());
    }

    /** A placeholder without quotes is, for YAML, a block in a block. */
    private static boolean isPlaceholder(MappingNode node) {
        return node.getValue().size() == 1
                && node.getValue().get(0).getKeyNode() instanceof MappingNode;
    }
}
