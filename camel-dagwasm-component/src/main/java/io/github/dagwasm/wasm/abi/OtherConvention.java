package io.github.dagwasm.wasm.abi;

import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A calling convention that is not spoken here. The exports of its modules tell it. A remedy is
 * worth more than a list of functions.
 *
 * @param what a description of its modules, in a sentence about "it"
 * @param remedy another way to build the module
 * @param exports whether only its modules export a name. It takes time in proportion to the name,
 *     which may be long and hostile
 */
record OtherConvention(String what, String remedy, Predicate<String> exports) {

    private static final List<OtherConvention> ALL =
            List.of(
                    new OtherConvention(
                            "it is the inside of a WebAssembly component, whose functions take no"
                                    + " text as a plain function does",
                            "build it as a command for wasm32-wasip1, or export a function of a"
                                    + " convention that is spoken here",
                            OtherConvention::isOfComponent),
                    new OtherConvention(
                            "it needs the JavaScript that wasm-bindgen makes",
                            "build it without wasm-bindgen, with plain exported functions or as a"
                                    + " command for wasm32-wasip1",
                            name -> name.startsWith("__wbindgen_") || name.startsWith("__wbg_")),
                    new OtherConvention(
                            "it is a Proxy-Wasm filter, as Envoy takes them",
                            "export what it does to a text as a function of its own",
                            name ->
                                    name.startsWith("proxy_abi_version_")
                                            || name.startsWith("proxy_on_")));

    /** Functions of interfaces have names such as {@code wasi:http/handler@0.2.0#handle}. */
    private static boolean isOfComponent(String name) {
        int colon = name.indexOf(':');
        int slash = name.indexOf('/', colon + 1);
        int hash = name.indexOf('#');
        return (colon >= 0 && slash > colon && hash > slash)
                || name.equals("cabi_realloc")
                || name.startsWith("cabi_post_")
                || name.startsWith("cm32p2");
    }

    /**
     * Why a module of one of them is refused.
     *
     * @param module a module that speaks no convention of ours
     * @return the sentence about "it", empty where it speaks none of these either
     */
    static Optional<String> refusal(WasmModule module) {
        return ALL.stream()
                .flatMap(convention -> convention.exportedBy(module).stream())
                .findFirst();
    }

    private Optional<String> exportedBy(WasmModule module) {
        return module.functions().keySet().stream()
                .filter(exports)
                .findFirst()
                .map(name -> what + " (it exports '" + Exports.escaped(name) + "'); " + remedy);
    }
}
