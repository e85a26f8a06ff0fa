package io.github.dagwasm.hostile;

import java.nio.file.Path;
import java.util.function.Function;

/**
 * A sandbox whose very first guest recurses into {@code host_log} until the stack ends, at many
 * depths. Made by {@link ColdClasses}, so that nothing of the library is initialised yet.
 */
public final class ColdStart implements Function<Path, String> {

    private static final int DEPTHS = 24;

    /** Made by its name. */
    public ColdStart() {}

    /** Lets guest after guest end the stack; tells what is wrong then, if anything is. */
    @Override
    public String apply(Path folder) {
        try (Sandbox sandbox = new Sandbox(folder, new Overshoots())) {
            Attack.Setting unlimited = new Attack.Setting(5, "call_depth: 1000000", "", "", "abc");
            for (int locals = 0; locals < DEPTHS; locals++) {
                try (var deep = sandbox.load(Recursions.deepLog(locals), unlimited)) {
                    String failure = Sandbox.run(deep, "abc").failure().orElseThrow().getMessage();
                    if (!failure.endsWith("the guest trapped: call stack exhausted")) {
                        return failure;
                    }
                }
            }
            sandbox.worksAsBefore();
            return "";
        }
    }
}
