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

    /** More than a stack of 256 KiB holds, and less than a guest may open. */
    private static final int DEEPEST = 1200;

    private static final int STEPS = 1000;

    private static final String OUTSIDE =
            "the guest trapped: host_log was called with a text outside of the memory";

    /** Made by its name. */
    public ColdStart() {}

    /** Lets the stack end at one place after the other; tells what is wrong, if anything is. */
    @Override
    public String apply(Path folder) {
        try (Sandbox sandbox = new Sandbox(folder, new Overshoots())) {
            String wrong = walked(sandbox);
            sandbox.worksAsBefore();
            return wrong;
        }
    }

    /** The host's own failure takes classes too, and is the first that is asked for. */
    String walked(Sandbox sandbox) {
        Code outside = code().i32(1).i32(-1).call(HOST_LOG);
        Code log = code().i32(TEXT).i32(1).call(HOST_LOG);
        return walked(sandbox, Recursions.deep(outside), OUTSIDE)
                + walked(sandbox, Recursions.deep(log), "");
    }

    static String walked(Sandbox sandbox, byte[] module, String expected) {
        try (Pipeline pipeline = load(sandbox, module)) {
            return walked(pipeline, expected);
        }
    }

    private static Pipeline load(Sandbox sandbox, byte[] module) {
        return sandbox.load(module, new Attack.Setting(5, "", "", "", ""));
    }

    /**
     * Steps back from where the thread's stack ends before the host is called to where it holds the
     * call. Whichever it is, the call ends as expected: the end of the stack is not the guest's.
     */
    private static String walked(Pipeline pipeline, String expected) {
        for (int calls = DEEPEST; calls > DEEPEST - STEPS; calls--) {
            RunResult result = Sandbox.run(pipeline, Recursions.times(calls));
            String ending = result.failure().map(Throwable::getMessage).orElse("");
            if (!as(ending, expected)) {
                return calls + " calls: " + ending;
            }
        }
        return "";
    }

    private static boolean as(String ending, String expected) {
        return ending.endsWith(expected) && ending.isEmpty() == expected.isEmpty();
    }
}
