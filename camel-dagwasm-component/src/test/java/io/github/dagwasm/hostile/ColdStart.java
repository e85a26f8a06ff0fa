package io.github.dagwasm.hostile;

import static io.github.dagwasm.wasm.Code.code;
import static io.github.dagwasm.wasm.TestModules.HOST_LOG;
import static io.github.dagwasm.wasm.TestModules.TEXT;

import io.github.dagwasm.executor.RunResult;
import io.github.dagwasm.runtime.Pipeline;
import io.github.dagwasm.wasm.Code;
import java.nio.file.Path;
import java.util.function.Function;

/**
 * A sandbox whose very first call of {@code host_log} comes where the stack ends, and each further
 * one a step before that. Made by {@link ColdClasses}, so that nothing of the library is
 * initialised yet.
 */
public final class ColdStart implements Function<Path, String> {

    private static final int MOST_CALLS = 64 * 64 * 64 - 1;
    private static final int STEPS = 1000;
    private static final String EXHAUSTED = "the guest trapped: call stack exhausted";

    /** Made by its name. */
    public ColdStart() {}

    /** Lets the stack end at one place after the other; tells what is wrong, if anything is. */
    @Override
    public String apply(Path folder) {
        Attack.Setting unlimited = new Attack.Setting(5, "call_depth: 1000000", "", "", "");
        Code log = code().i32(TEXT).i32(1).call(HOST_LOG);
        try (Sandbox sandbox = new Sandbox(folder, new Overshoots());
                Pipeline silent = sandbox.load(Recursions.deep(code()), unlimited);
                Pipeline logging = sandbox.load(Recursions.deep(log), unlimited)) {
            int end = mostCalls(silent);
            for (int calls = end; calls > 0 && end - calls < STEPS; calls--) {
                RunResult result = Sandbox.run(logging, Recursions.times(calls));
                String failure = result.failure().map(Throwable::getMessage).orElse(EXHAUSTED);
                if (!failure.endsWith(EXHAUSTED)) {
                    return calls + " of " + end + " calls: " + failure;
                }
            }
            sandbox.worksAsBefore();
            return "";
        }
    }

    /** How many calls the stack holds: found without calling the host. */
    private static int mostCalls(Pipeline silent) {
        int borne = 0;
        int tooMany = MOST_CALLS;
        while (tooMany - borne > 1) {
            int middle = (borne + tooMany) / 2;
            if (Sandbox.run(silent, Recursions.times(middle)).failure().isPresent()) {
                tooMany = middle;
            } else {
                borne = middle;
            }
        }
        return tooMany;
    }
}
