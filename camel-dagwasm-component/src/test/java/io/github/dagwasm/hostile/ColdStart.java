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
public class ColdStart implements Function<Path, String> {

    private static final int MOST_CALLS = 64 * 64 * 64 - 1;
    private static final int STEPS = 1000;
    private static final String EXHAUSTED = "the guest trapped: call stack exhausted";

    private static final String OUTSIDE =
            "the guest trapped: host_log was called with a text outside of the memory";

    /** Made by its name. */
    public ColdStart() {}

    /** Lets the stack end at one place after the other; tells what is wrong, if anything is. */
    @Override
    public String apply(Path folder) {
        try (Sandbox sandbox = new Sandbox(folder, new Overshoots());
                Pipeline silent = load(sandbox, Recursions.deep(code()))) {
            String wrong = walked(sandbox, mostCalls(silent));
            sandbox.worksAsBefore();
            return wrong;
        }
    }

    /** The host's own failure takes classes too, and is the first that is asked for. */
    String walked(Sandbox sandbox, int end) {
        Code outside = code().i32(1).i32(-1).call(HOST_LOG);
        Code log = code().i32(TEXT).i32(1).call(HOST_LOG);
        return walked(sandbox, Recursions.deep(outside), end, OUTSIDE)
                + walked(sandbox, Recursions.deep(log), end, "");
    }

    static String walked(Sandbox sandbox, byte[] module, int end, String expected) {
        try (Pipeline pipeline = load(sandbox, module)) {
            return walked(pipeline, end, expected);
        }
    }

    private static Pipeline load(Sandbox sandbox, byte[] module) {
        Attack.Setting unlimited = new Attack.Setting(5, "call_depth: 1000000", "", "", "");
        return sandbox.load(module, unlimited);
    }

    /** Steps back from the end; every call ends the stack or as expected, the last one so. */
    private static String walked(Pipeline pipeline, int end, String expected) {
        String ending = "";
        for (int calls = end; calls > 0 && end - calls < STEPS; calls--) {
            RunResult result = Sandbox.run(pipeline, Recursions.times(calls));
            ending = result.failure().map(Throwable::getMessage).orElse("");
            if (!ending.endsWith(EXHAUSTED) && !as(ending, expected)) {
                return calls + " of " + end + " calls: " + ending;
            }
        }
        return as(ending, expected) ? "" : "at the last: " + ending;
    }

    private static boolean as(String ending, String expected) {
        return ending.endsWith(expected) && ending.isEmpty() == expected.isEmpty();
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
