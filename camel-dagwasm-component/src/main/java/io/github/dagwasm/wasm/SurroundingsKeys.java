package io.github.dagwasm.wasm;

import io.github.dagwasm.spi.KeyFault;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ProcessorDefinition;
import io.github.dagwasm.text.GuestText;
import io.github.dagwasm.wasm.abi.AbiOptions;
import io.github.dagwasm.wasm.abi.GuestSurroundings;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The options that say what WASI shows a guest of the outside. Stateless. */
final class SurroundingsKeys {

    private static final String ENDING = ".wasm";
    private static final int SHOWN = 60;

    private SurroundingsKeys() {}

    /** What a processor's guest is shown. */
    static GuestSurroundings of(ProcessorDefinition definition) {
        KeyValues options = definition.options();
        List<String> arguments = new ArrayList<>();
        arguments.add(command(WasmKeys.shownModule(definition)));
        arguments.addAll(options.strings(AbiOptions.ARGS));
        Map<String, String> environment = new LinkedHashMap<>();
        for (String variable : options.strings(AbiOptions.ENV)) {
            environment.put(nameOf(variable), variable.substring(variable.indexOf('=') + 1));
        }
        List<String> grants = options.strings(AbiOptions.GRANT);
        return new GuestSurroundings(
                arguments,
                environment,
                grants.contains(Grants.CLOCK),
                grants.contains(Grants.RANDOM));
    }

    /** The name of the module's file without its ending. */
    private static String command(String module) {
        String file = module.substring(module.lastIndexOf('/') + 1);
        String name =
                file.endsWith(ENDING) ? file.substring(0, file.length() - ENDING.length()) : file;
        return name.isEmpty() ? "guest" : name;
    }

    private static String nameOf(String variable) {
        return variable.substring(0, variable.indexOf('='));
    }

    /** What is wrong with what it is to be shown. */
    static List<KeyFault> faults(KeyValues options) {
        List<KeyFault> faults = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> repeated = new LinkedHashSet<>();
        for (String variable : options.strings(AbiOptions.ENV)) {
            if (!names.add(nameOf(variable))) {
                repeated.add(nameOf(variable));
            }
        }
        for (String name : repeated) {
            faults.add(
                    new KeyFault(
                            "options." + AbiOptions.ENV,
                            "found '"
                                    + GuestText.escape(name, SHOWN)
                                    + "' more than once; expected each variable once"));
        }
        return faults;
    }
}
