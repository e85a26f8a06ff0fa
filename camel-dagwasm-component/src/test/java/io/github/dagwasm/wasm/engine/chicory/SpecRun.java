package io.github.dagwasm.wasm.engine.chicory;

import io.github.dagwasm.failure.DagWasmException;
import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.WasmEngine;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/** Runs one script, and judges its commands one after the other. */
final class SpecRun {

    private final SpecScript script;
    private final SpecStore store;
    private final List<SpecInstance> instances = new ArrayList<>();
    private final Map<String, SpecDefinition> named = new HashMap<>();
    private SpecDefinition last = SpecDefinition.missing("the script begins without a module");

    SpecRun(SpecScript script, WasmEngine engine) {
        this.script = script;
        store = new SpecStore(engine);
    }

    /** The instances that the script made. */
    List<SpecInstance> instances() {
        return instances;
    }

    SpecVerdict judge(SpecCommand command) throws InterruptedException {
        return switch (command.kind()) {
            case "module" -> define(command);
            case "module_definition" -> load(command);
            case "module_missing" -> defined(command, SpecDefinition.missing("form not converted"));
            case "module_instance" ->
                    defined(command, SpecDefinition.missing("instance of a form not converted"));
            case "register" -> register(command);
            case "action" -> act(command, SpecJudge::requireReturn);
            case "assert_return" ->
                    act(command, o -> SpecJudge.requireResults(command.expected(), o));
            case "assert_trap" -> act(command, o -> SpecJudge.requireTrap(command.text("text"), o));
            case "assert_exhaustion" -> act(command, SpecJudge::requireExhaustion);
            case "assert_exception" -> act(command, SpecJudge::requireException);
            case "assert_invalid", "assert_malformed" -> requireRefusal(command);
            case "assert_unlinkable" -> requireUnlinkable(command);
            case "assert_uninstantiable" -> requireFailingStart(command);
            default -> SpecVerdict.differs("a command of an unknown kind: " + command.kind());
        };
    }

    private SpecVerdict define(SpecCommand command) throws InterruptedException {
        SpecDefinition definition;
        try {
            SpecInstance instance = store.instantiate(store.load(script.binary(command)));
            instances.add(instance);
            definition = SpecDefinition.as(instance);
        } catch (DagWasmException e) {
            definition = undefined(command, e.getMessage());
        }
        return defined(command, definition);
    }

    private SpecDefinition undefined(SpecCommand command, String message) {
        Optional<SpecVerdict> verdict =
                SpecRefusal.verdict(message).or(() -> store.absentImport(message));
        // It would have changed what it shares with the others. Tags have no state.
        verdict.filter(refused -> !refused.equals(SpecRefusal.TAG_IMPORT))
                .ifPresent(refused -> store.forsake());
        return verdict.map(SpecDefinition::unloaded)
                .orElseGet(() -> SpecDefinition.failed(command.line(), message));
    }

    private SpecVerdict defined(SpecCommand command, SpecDefinition definition) {
        last = definition;
        command.name().ifPresent(name -> named.put(name, definition));
        return definition.verdict();
    }

    private SpecVerdict load(SpecCommand command) {
        try {
            store.load(script.binary(command));
            return SpecVerdict.passed();
        } catch (ModuleRefusedException e) {
            return undefined(command, e.getMessage()).verdict();
        }
    }

    private SpecVerdict register(SpecCommand command) {
        SpecDefinition definition = command.name().map(this::named).orElse(last);
        store.register(command.text("as"), definition);
        return definition.knockOn();
    }

    private SpecDefinition named(String name) {
        return named.getOrDefault(name, SpecDefinition.missing("no module of this name"));
    }

    private SpecVerdict act(SpecCommand command, Function<SpecOutcome, SpecVerdict> judge) {
        SpecDefinition actor = command.actor().map(this::named).orElse(last);
        if (actor.instance().isEmpty()) {
            return actor.knockOn();
        }
        SpecInstance instance = actor.instance().get();
        return instance.has(command)
                ? instance.judged(judge.apply(instance.act(command)))
                : SpecVerdict.unjudged("export lost in the conversion");
    }

    private SpecVerdict requireRefusal(SpecCommand command) {
        if (command.isText()) {
            return SpecVerdict.unjudged("text format");
        }
        try {
            store.load(script.binary(command));
            return SpecVerdict.differs("expected " + command.text("text") + ", but was loaded");
        } catch (ModuleRefusedException e) {
            return SpecRefusal.verdict(e.getMessage())
                    .orElseGet(
                            () ->
                                    SpecVerdict.require(
                                            !SpecRefusal.isFailureOfTheEngine(e.getMessage()),
                                            "the engine failed instead of refusing it: "
                                                    + e.getMessage()));
        }
    }

    private SpecVerdict requireUnlinkable(SpecCommand command) throws InterruptedException {
        try {
            store.instantiate(store.load(script.binary(command)));
            return SpecVerdict.differs("expected " + command.text("text") + ", but was linked");
        } catch (ModuleRefusedException e) {
            return SpecRefusal.verdict(e.getMessage())
                    .orElseGet(
                            () ->
                                    SpecVerdict.require(
                                            SpecRefusal.isOfFunction(e.getMessage()),
                                            e.getMessage()));
        }
    }

    private SpecVerdict requireFailingStart(SpecCommand command) throws InterruptedException {
        try {
            store.instantiate(store.load(script.binary(command)));
            return SpecVerdict.differs("expected " + command.text("text") + ", but it started");
        } catch (ModuleRefusedException e) {
            return undefined(command, e.getMessage()).verdict();
        } catch (DagWasmException e) {
            return SpecVerdict.require(
                    SpecJudge.isTrap(command.text("text"), e),
                    "expected trap: " + command.text("text") + ", but was " + e.getMessage());
        }
    }
}
