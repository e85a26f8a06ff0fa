package io.github.dagwasm.wasm.admission;

import io.github.dagwasm.spi.KeySpec;
import io.github.dagwasm.spi.KeyValues;
import io.github.dagwasm.spi.ModuleRefusedException;
import java.util.List;

/**
 * How much of a thing a module may have before it is refused.
 *
 * @param moduleBytes the binary's size, in bytes
 * @param locals local variables, summed over all functions
 */
public record Budgets(long moduleBytes, long locals) {

    /**
     * 2 MiB, 5 million locals. A local costs the parser 4 to 8 bytes; real modules of 25 MB have
     * some 2 million.
     */
    public static final Budgets DEFAULTS = new Budgets(2L << 20, 5_000_000);

    private static final String MODULE_BYTES = "module_bytes";
    private static final String LOCALS = "locals";

    /** More than this no budget can allow: the module has to fit into one array. */
    private static final double MOST_BYTES = 1 << 30;

    private static final double MOST_LOCALS = 100_000_000;

    /**
     * The keys that set budgets.
     *
     * @return the specs of the keys of an {@code admission:} block
     */
    public static List<KeySpec> specs() {
        return List.of(
                spec(MODULE_BYTES, DEFAULTS.moduleBytes, MOST_BYTES, "The module's size, in bytes"),
                spec(LOCALS, DEFAULTS.locals, MOST_LOCALS, "Locals, summed over all functions"));
    }

    /**
     * These budgets, with those that an author wrote in their place.
     *
     * @param admission the values of an {@code admission:} block
     * @return the budgets
     */
    public Budgets with(KeyValues admission) {
        return new Budgets(
                admission.integer(MODULE_BYTES).orElse(moduleBytes),
                admission.integer(LOCALS).orElse(locals));
    }

    /**
     * Refuses a module for its size.
     *
     * @param bytes the size
     * @throws ModuleRefusedException if it is over the budget
     */
    public void checkModuleBytes(long bytes) {
        if (bytes > moduleBytes) {
            throw new ModuleRefusedException(tooManyModuleBytes(bytes));
        }
    }

    /**
     * Why a module is refused for its size.
     *
     * @param bytes a size over the budget
     * @return the sentence, with the budget and the option that sets it
     */
    public String tooManyModuleBytes(long bytes) {
        return overBudget("module bytes", bytes, moduleBytes, MODULE_BYTES);
    }

    void checkLocals(long sum) {
        check("locals over all functions", sum, locals, LOCALS);
    }

    private static void check(String what, long value, long budget, String option) {
        if (value > budget) {
            throw new ModuleRefusedException(overBudget(what, value, budget, option));
        }
    }

    private static String overBudget(String what, long value, long budget, String option) {
        return over(what, value, "budget", budget, "wasm.admission." + option);
    }

    static String over(String what, long value, String bound, long allowed, String option) {
        return what
                + ": "
                + value
                + ", over the "
                + bound
                + " of "
                + allowed
                + " (option "
                + option
                + ")";
    }

    private static KeySpec spec(String name, long value, double most, String description) {
        return KeySpec.of(name, KeySpec.Type.INTEGER, description + "; more is refused.")
                .between(0, most)
                .defaultsTo(Long.toString(value));
    }
}
