package io.github.dagwasm.pipeline;

import java.util.Map;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.api.ConstructNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.schema.Schema;

/**
 * What a plain scalar is by the core schema of YAML 1.2.2 (section 10.3.2), which editors follow
 * too. The engine's own resolver for it takes {@code ~} for a string, and knows environment
 * variables, which YAML does not. Merge keys, of YAML 1.1, are {@link MergeKeys}. Stateless.
 */
final class CoreTags implements ScalarResolver, Schema {

    static final CoreTags INSTANCE = new CoreTags();

    private static final Pattern NULL = Pattern.compile("null|Null|NULL|~|");
    private static final Pattern BOOL = Pattern.compile("true|True|TRUE|false|False|FALSE");
    private static final Pattern INT = Pattern.compile("[-+]?[0-9]+|0o[0-7]+|0x[0-9a-fA-F]+");
    private static final Pattern FLOAT =
            Pattern.compile(
                    "[-+]?(?:\\.[0-9]+|[0-9]+(?:\\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?"
                            + "|[-+]?\\.(?:inf|Inf|INF)|\\.(?:nan|NaN|NAN)");

    private CoreTags() {}

    @Override
    public Tag resolve(String value, Boolean implicit) {
        return implicit ? resolve(value) : Tag.STR;
    }

    static Tag resolve(String plain) {
        if (NULL.matcher(plain).matches()) {
            return Tag.NULL;
        }
        if (BOOL.matcher(plain).matches()) {
            return Tag.BOOL;
        }
        if (INT.matcher(plain).matches()) {
            return Tag.INT;
        }
        return FLOAT.matcher(plain).matches() ? Tag.FLOAT : Tag.STR;
    }

    @Override
    public ScalarResolver getScalarResolver() {
        return this;
    }

    @Override
    public Map<Tag, ConstructNode> getSchemaTagConstructors() {
        return Map.of();
    }
}
