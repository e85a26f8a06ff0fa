package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.wasm.engine.WasmInstance;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** An instance of a script, with all that was done to it. */
final class SpecInstance {

    private final WasmModule module;
    private final WasmInstance instance;
    private final Optional<InstanceState> beginning;
    private final List<Action> actions = new ArrayList<>();
    private final List<SpecInstance> linked = new ArrayList<>();
    private boolean forsaken;

    /** An action, and how it came out the first time. */
    private record Action(SpecCommand command, SpecOutcome outcome) {}

    /** Takes an instance over, with the state that a reset leads back to. */
    SpecInstance(WasmModule module, WasmInstance instance) throws InterruptedException {
        this.module = module;
        this.instance = instance;
        if (module.freshBecause().isEmpty()) {
            instance.adopt(instance.image());
            beginning = Optional.of(Innards.of(instance).state());
        } else {
            beginning = Optional.empty();
        }
    }

    WasmModule module() {
        return module;
    }

    WasmInstance instance() {
        return instance;
    }

    /** Whether a module imports functions of this instance under a name. */
    boolean isImportedAs(String name, WasmModule by) {
        return module.functions().keySet().stream()
                .anyMatch(function -> by.importsFunction(name, function));
    }

    /** The one calls the other: their own actions are not all that changes them. */
    void link(SpecInstance other) {
        linked.add(other);
        other.linked.add(this);
    }

    /** It misses what a module would have done to its memory or tables that was refused. */
    void forsake() {
        forsaken = true;
    }

    private boolean isForsaken() {
        return forsaken || linked.stream().anyMatch(other -> other.forsaken);
    }

    /** What to say of an action of this instance in place of a verdict. */
    SpecVerdict judged(SpecVerdict verdict) {
        if (verdict.outcome() != SpecVerdict.Outcome.DIFFERS) {
            return verdict;
        }
        if (isForsaken()) {
            return SpecVerdict.refused("shares state with a refused module");
        }
        return !linked.isEmpty() && verdict.reason().endsWith(SpecJudge.UNCAUGHT)
                ? SpecVerdict.unjudged("exception out of another instance")
                : verdict;
    }

    /** Whether there is the export that a command is about. */
    boolean has(SpecCommand command) {
        return command.readsGlobal() || module.function(command.field()).isPresent();
    }

    SpecOutcome act(SpecCommand command) {
        SpecOutcome outcome = SpecOutcome.of(module, instance, command);
        actions.add(new Action(command, outcome));
        return outcome;
    }

    /**
     * Resets the instance and does the same again, if its module can be reset and no other instance
     * has a part in it.
     */
    void repeat(String script, SpecTally tally) throws InterruptedException {
        if (!linked.isEmpty() || beginning.isEmpty()) {
            return;
        }
        instance.reset();
        beginning
                .flatMap(state -> state.difference(Innards.of(instance).state()))
                .ifPresent(difference -> tally.differ(script, "after a reset " + difference, 0));
        for (Action action : actions) {
            SpecOutcome again = SpecOutcome.of(module, instance, action.command());
            if (again.isLike(action.outcome())) {
                tally.pass("repeated after a reset", 1);
            } else {
                String what = "first %s, after a reset %s".formatted(action.outcome(), again);
                tally.differ(script, what, action.command().line());
            }
        }
    }
}
