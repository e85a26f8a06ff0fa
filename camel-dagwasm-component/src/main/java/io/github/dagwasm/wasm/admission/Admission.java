package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.failure.ModuleRefusedException;
import io.github.dagwasm.wasm.engine.GuestLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One pass over a module's bytes, which decides whether an engine gets to see them. It makes no
 * objects in proportion to what the module claims. Stateless.
 */
public final class Admission {

    private Admission() {}

    /**
     * Admits a module or refuses it at the first reason.
     *
     * @param wasm the whole binary
     * @param budgets how much of what it may have
     * @param limits how large its memory and its tables may begin
     * @param provided the functions that it may import: {@code module.name} and the type, written
     *     as in {@code (i32, i32) -> ()}
     * @return what was found
     * @throws ModuleRefusedException if it is refused, in a sentence about "it", which calls an
     *     option by its path in a pipeline file
     */
    public static ModuleFacts scan(
            byte[] wasm, Budgets budgets, GuestLimits limits, Map<String, String> provided) {
        return scan(wasm, new Terms(budgets, limits, provided, heap()));
    }

    /**
     * Looks for every reason to refuse a module, as far as it can be read.
     *
     * @param wasm the whole binary
     * @param budgets how much of what it may have
     * @param limits how large its memory and its tables may begin
     * @param provided the functions that it may import, as for {@link #scan}
     * @return what was found, and the reasons
     */
    public static Examination examine(
            byte[] wasm, Budgets budgets, GuestLimits limits, Map<String, String> provided) {
        return examine(wasm, new Terms(budgets, limits, provided, heap()));
    }

    /**
     * Whether a file is WebAssembly of some version.
     *
     * @param beginning the first bytes of a file
     * @return true if it begins as modules and components do
     */
    public static boolean beginsAsWasm(byte[] beginning) {
        return BinaryHeader.isWasm(beginning);
    }

    /**
     * Why a file is no module, by its first bytes alone.
     *
     * @param beginning the first bytes of a file, at least 8 where it has as many
     * @return the sentence about "it", or nothing if it begins as a module does
     */
    public static Optional<String> noModule(byte[] beginning) {
        try {
            BinaryHeader.check(beginning);
            return Optional.empty();
        } catch (ModuleRefusedException e) {
            return Optional.of(e.getMessage());
        }
    }

    static ModuleFacts scan(byte[] wasm, Terms terms) {
        ModuleReader reader = new ModuleReader(wasm, new Findings(terms, false));
        reader.read();
        return reader.facts();
    }

    static Examination examine(byte[] wasm, Terms terms) {
        Findings findings = new Findings(terms, true);
        ModuleReader reader = new ModuleReader(wasm, findings);
        try {
            reader.read();
            return new Examination(reader.facts(), findings.refusals(), true);
        } catch (ModuleRefusedException e) {
            List<String> refusals = new ArrayList<>(findings.refusals());
            refusals.add(e.getMessage());
            return new Examination(reader.facts(), refusals, false);
        }
    }

    private static long heap() {
        return Runtime.getRuntime().maxMemory();
    }
}
