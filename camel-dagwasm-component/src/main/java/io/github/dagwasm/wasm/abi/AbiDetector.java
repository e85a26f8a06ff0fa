package io.github.dagwasm.wasm.abi;

import static java.util.stream.Collectors.joining;

import io.github.dagwasm.spi.GuestText;
import io.github.dagwasm.spi.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.Signature;
import io.github.dagwasm.wasm.engine.WasmModule;
import java.util.List;
import java.util.Set;

/**
 * Decides which calling convention a module speaks, by the names of its exports <em>and</em> by
 * their types: the same names do not mean the same convention. Stateless.
 */
public final class AbiDetector {

    private static final String MEMORY = "memory";
    private static final int SHOWN_NAMES = 10;
    private static final int SHOWN_CODE_POINTS = 64;

    private static final Signature TEXT_TO_TEXT = Signature.ofI32(1, 1);

    private record Allocator(
            String allocate, Signature allocateType, String free, Signature freeType) {

        boolean namedIn(WasmModule module) {
            return module.function(allocate).isPresent() && module.function(free).isPresent();
        }
    }

    private static final List<Allocator> ALLOCATORS =
            List.of(
                    new Allocator(
                            "allocate", Signature.ofI32(1, 1), "deallocate", Signature.ofI32(2, 0)),
                    new Allocator("malloc", Signature.ofI32(1, 1), "free", Signature.ofI32(1, 0)));

    private static final Set<String> NOT_FOR_TEXT =
            Set.of("allocate", "deallocate", "malloc", "free", "_initialize");

    private AbiDetector() {}

    /**
     * The names of the conventions there are.
     *
     * @return what may stand after {@code abi:}
     */
    public static List<String> names() {
        return List.of(CStringAbi.NAME);
    }

    /**
     * Finds a module's convention.
     *
     * @param module the module
     * @param function the exported function that takes and returns the text
     * @return the convention, bound to the module's exports
     * @throws ModuleRefusedException if an export is missing or has another type than the
     *     convention needs
     */
    public static GuestAbi detect(WasmModule module, String function) {
        require(module, function, TEXT_TO_TEXT);
        if (!module.exportsMemory(MEMORY)) {
            throw new ModuleRefusedException("it exports no memory named '" + MEMORY + "'");
        }
        for (Allocator allocator : ALLOCATORS) {
            if (allocator.namedIn(module)) {
                require(module, allocator.allocate(), allocator.allocateType());
                require(module, allocator.free(), allocator.freeType());
                boolean freeTakesSize = allocator.freeType().parameters().size() > 1;
                return new CStringAbi(
                        function, allocator.allocate(), allocator.free(), freeTakesSize);
            }
        }
        throw new ModuleRefusedException(
                "it exports neither 'allocate' and 'deallocate' nor 'malloc' and 'free', which abi "
                        + CStringAbi.NAME
                        + " needs; exported functions: "
                        + shown(module.functions().keySet()));
    }

    private static void require(WasmModule module, String name, Signature expected) {
        Signature actual = module.function(name).orElseThrow(() -> missing(module, name));
        if (!actual.equals(expected)) {
            throw new ModuleRefusedException(
                    "exported function '"
                            + name
                            + "' has the type "
                            + actual
                            + "; abi "
                            + CStringAbi.NAME
                            + " needs "
                            + expected);
        }
    }

    private static ModuleRefusedException missing(WasmModule module, String name) {
        List<String> fitting =
                module.functions().entrySet().stream()
                        .filter(e -> e.getValue().equals(TEXT_TO_TEXT))
                        .map(e -> e.getKey())
                        .filter(n -> !NOT_FOR_TEXT.contains(n))
                        .toList();
        return new ModuleRefusedException(
                "it exports no function '"
                        + name
                        + "'; exported functions: "
                        + shown(module.functions().keySet())
                        + (fitting.isEmpty()
                                ? ""
                                : " (option function: did you mean "
                                        + fitting.stream()
                                                .limit(SHOWN_NAMES)
                                                .map(n -> "'" + escaped(n) + "'")
                                                .collect(joining(" or "))
                                        + "?)"));
    }

    private static String shown(Set<String> names) {
        if (names.isEmpty()) {
            return "none";
        }
        String first =
                names.stream().limit(SHOWN_NAMES).map(AbiDetector::escaped).collect(joining(", "));
        int more = names.size() - SHOWN_NAMES;
        return more > 0 ? first + " and " + more + " more" : first;
    }

    private static String escaped(String name) {
        return GuestText.escape(name, SHOWN_CODE_POINTS);
    }
}
