package io.github.dagwasm.wasm.admission;

import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;

/**
 * How much of what a module may have before it is refused. Immutable.
 *
 * @param values a value for each budget
 */
public record Budgets(Map<Budget, Long> values) {

    /** The budgets where nobody says otherwise. */
    public static final Budgets DEFAULTS = defaults();

    /**
     * Copies the values.
     *
     * @throws NullPointerException if a budget has none
     */
    public Budgets {
        EnumMap<Budget, Long> all = new EnumMap<>(values);
        for (Budget budget : Budget.values()) {
            Objects.requireNonNull(all.get(budget), budget.key());
        }
        values = Collections.unmodifiableMap(all);
    }

    /**
     * The value of one budget.
     *
     * @param budget which
     * @return how much a module may have
     */
    public long of(Budget budget) {
        return values.get(budget);
    }

    /**
     * These budgets, but for one.
     *
     * @param budget which
     * @param value its new value
     * @return the budgets
     */
    public Budgets with(Budget budget, long value) {
        EnumMap<Budget, Long> all = new EnumMap<>(values);
        all.put(budget, value);
        return new Budgets(all);
    }

    /**
     * How large a binary may be.
     *
     * @return a size in bytes
     */
    public long moduleBytes() {
        return of(Budget.MODULE_BYTES);
    }

    /**
     * Why a file is refused that is over the budget for its size. If it is no module, the size is
     * not the reason.
     *
     * @param bytes a size over the budget
     * @param beginning the first bytes of the file
     * @return the sentence about "it", or with the budget and the option that sets it
     */
    public String tooLarge(long bytes, byte[] beginning) {
        return Admission.noModule(beginning).orElseGet(() -> tooManyModuleBytes(bytes));
    }

    /**
     * Why a module is refused for its size.
     *
     * @param bytes a size over the budget
     * @return the sentence, with the budget and the option that sets it
     */
    public String tooManyModuleBytes(long bytes) {
        Budget budget = Budget.MODULE_BYTES;
        return over(budget.noun(), bytes, "budget", of(budget), budget.option());
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

    private static Budgets defaults() {
        EnumMap<Budget, Long> all = new EnumMap<>(Budget.class);
        for (Budget budget : Budget.values()) {
            all.put(budget, budget.byDefault());
        }
        return new Budgets(all);
    }
}
