package io.github.dagwasm.wasm.abi;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.wasm.abi.Fit.Likeness;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.ValueType;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The reason why no calling convention fits a module: the one that its author can mend first. */
final class NoConvention {

    private static final String NO_FUNCTION = "none; export the function that takes the text";

    private static final String TYPES =
            "abi cstring and assemblyscript take (i32) -> (i32), buffer (i32, i32, i32) -> (i32),"
                    + " camel-wasm (i32, i32) -> (i64)";

    private static final String START = "_start";
    private static final Signature OF_CAMEL =
            new Signature(List.of(ValueType.I32, ValueType.I32), List.of(ValueType.I64));

    private final WasmModule module;
    private final AbiOptions options;
    private final Meant meant;

    NoConvention(WasmModule module, AbiOptions options) {
        this.module = module;
        this.options = options;
        this.meant = new Meant(module, options);
    }

    /** The sentence about "it", with a guess at the function or convention that was meant. */
    String reason() {
        Map<String, Fit.Lacks> lacking = lacking(options);
        return alike(lacking, Likeness.MARKS)
                .or(() -> alike(lacking, Likeness.FUNCTION))
                .or(this::ofCamel)
                .or(this::missing)
                .or(this::ofAnotherType)
                .or(this::guessed)
                .or(this::otherFunction)
                .or(() -> alike(lacking, Likeness.PROGRAM))
                .orElseGet(this::unknown);
    }

    private Map<String, Fit.Lacks> lacking(AbiOptions told) {
        Map<String, Fit.Lacks> lacking = new LinkedHashMap<>();
        for (String name : Conventions.names()) {
            if (Conventions.fit(name, module, told) instanceof Fit.Lacks lacks) {
                lacking.put(name, lacks);
            }
        }
        return lacking;
    }

    /** The lacks of those conventions that the module is so much like. */
    private Optional<String> alike(Map<String, Fit.Lacks> lacking, Likeness likeness) {
        List<String> names =
                lacking.keySet().stream()
                        .filter(name -> lacking.get(name).likeness() == likeness)
                        .toList();
        return names.isEmpty()
                ? Optional.empty()
                : Optional.of(
                        names.stream()
                                        .map(name -> lacking.get(name).reason())
                                        .collect(joining("; "))
                                + meant.function(names));
    }

    /** A type that other languages hardly give a function; that one may have any name. */
    private Optional<String> ofCamel() {
        return options.function()
                .or(() -> Exports.ofType(module, OF_CAMEL).stream().findFirst())
                .filter(name -> module.function(name).equals(Optional.of(OF_CAMEL)))
                .map(name -> Conventions.fit(CamelWasmAbi.NAME, module, options.calling(name)))
                .map(fit -> ((Fit.Lacks) fit).reason());
    }

    private Optional<String> missing() {
        return options.function()
                .filter(name -> module.function(name).isEmpty())
                .map(
                        name ->
                                "it exports no function '"
                                        + Exports.escaped(name)
                                        + "'; exported functions: "
                                        + Exports.withTypes(module)
                                        + meant.function(Conventions.names()));
    }

    private Optional<String> ofAnotherType() {
        return Optional.of(meant.wanted())
                .filter(name -> !name.equals(START))
                .flatMap(module::function)
                .map(
                        type ->
                                "exported function '"
                                        + Exports.escaped(meant.wanted())
                                        + "' has the type "
                                        + type
                                        + ", and no calling convention takes that: "
                                        + TYPES
                                        + meant.function(Conventions.names()));
    }

    private Optional<String> guessed() {
        return Optional.of(meant.function(Conventions.names()))
                .filter(guess -> !guess.isEmpty())
                .map(guess -> none() + Exports.withTypes(module) + guess);
    }

    /** The next lack, if the function had the right name. */
    private Optional<String> otherFunction() {
        return module.functions().keySet().stream()
                .limit(Meant.mostTried(module))
                .filter(name -> !Exports.isOfRuntime(name))
                .flatMap(name -> otherFunction(name).stream())
                .findFirst();
    }

    private Optional<String> otherFunction(String name) {
        return alike(lacking(options.calling(name)), Likeness.FUNCTION)
                .map(
                        reason ->
                                "function '"
                                        + Exports.escaped(name)
                                        + "' could take the text (option function), but "
                                        + reason);
    }

    private String unknown() {
        return none()
                + (module.functions().isEmpty()
                        ? NO_FUNCTION
                        : Exports.withTypes(module) + "; " + TYPES);
    }

    private static String none() {
        List<String> names = Conventions.names();
        int last = names.size() - 1;
        return "it speaks none of the calling conventions "
                + String.join(", ", names.subList(0, last))
                + " and "
                + names.get(last)
                + "; exported functions: ";
    }
}
